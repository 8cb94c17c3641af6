import { lineEnd } from '../segment.ts';
import type { ShardKind } from '../store/shard.ts';

/** The rows of one segment in an index, and their text: `id NUL name NUL description LF` of each row, in lower case. */
export interface TextPart {
  /** The segment's id in the store. */
  readonly segment: number;
  readonly kind: ShardKind;
  /** When EC2 answered the page: milliseconds since 1970. */
  readonly seen: number;
  readonly firstRow: number;
  readonly count: number;
  readonly text: string;
  /** Where each row begins in `text`, and where the last one ends. */
  readonly starts: Uint32Array;
  /** The places of the text's capitals, see `originalCase`. */
  readonly capitals: Uint8Array;
  /** False once the segment is deleted from the store. */
  alive: boolean;
}

/** Where each of `count` lines begins, and where the last one ends. */
export function lineStarts(text: string, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (let row = 0, at = 0; row < count; row += 1) {
    at = text.indexOf(lineEnd, at) + 1;
    starts[row + 1] = at;
  }
  return starts;
}
