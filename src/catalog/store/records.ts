import type { EncodedSegment } from '../segment.ts';
import type { DownloadProgress } from './downloadProgress.ts';
import type { Shard, ShardKind } from './shard.ts';

/** A shard as far as it has been listed. */
export interface ListedShard extends Shard {
  readonly done: boolean;
  /** The token of the next page; undefined before the listing has begun and after its end. */
  readonly token: string | undefined;
  /** When the last page was stored: milliseconds since 1970. */
  readonly asked: number | undefined;
  /** How many images its stored pages have. */
  readonly images: number;
}

/** A region in the store. All times are milliseconds since 1970. */
export interface RegionRecord {
  readonly name: string;
  /** The generation that is shown. */
  readonly live: number;
  /** The generation that is being downloaded to replace the live one. */
  readonly staged: number | undefined;
  /** When the whole region was last listed; undefined if it never was. */
  readonly completed: number | undefined;
  /** When its recent days were last listed. */
  readonly refreshed: number | undefined;
  /** Grows with every change of what is shown. */
  readonly version: number;
}

/** A region's download, by whichever window. */
export interface DownloadRecord extends DownloadProgress {
  readonly owner: string;
  /** The last heartbeat: milliseconds since 1970. */
  readonly beat: number;
}

/** Another window may take over a download after this time (ms) without a heartbeat. */
export const heartbeatTimeout = 15_000;

/** A page of images in the store, encoded. */
export interface StoredSegment {
  readonly id: number;
  readonly kind: ShardKind;
  readonly shard: string;
  readonly seen: number;
  readonly checksum: number;
  readonly data: Uint8Array;
}

/** A page that is stored. `now`: when EC2 answered it, milliseconds since 1970. */
export interface StoredPage {
  readonly images: number;
  readonly segment: EncodedSegment;
  readonly now: number;
}

/** A region's answer that is shown before its images are read, as JSON. */
export interface StoredAnswer {
  /** What the answer was made of: it is right as long as that is the same. */
  readonly basis: string;
  /** The hour in which it was made, counted from 1970: deprecation depends on the time. */
  readonly hour: number;
  readonly answer: string;
}

/** A region and the window that downloads it. A download cannot write after another window has taken it over. */
export interface Claim {
  readonly region: string;
  readonly owner: string;
}

/** Whether a download had a heartbeat lately. A clock may also be set back, so the time may be in the future. */
export function isAlive({ beat }: Pick<DownloadRecord, 'beat'>, now: number): boolean {
  return Math.abs(now - beat) < heartbeatTimeout;
}
