import type { Image } from '../../core/image.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { read, type Schema } from '../../core/schemas.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ImagesById } from '../imagesById.ts';
import type { WatchRecord } from './watchRecord.ts';

/** One kind of what takes minutes. `S`: what is known of one; `O`: what may become of it. */
export interface WatchKind<S, O> {
  /** Stands in the records on disk. */
  readonly name: string;
  /** What is stored of one, maybe by another version. */
  readonly subject: Schema<S>;
  /**
   * One look at those of a region, told of as the answers arrive; one that is not told of is looked at again. Rejects with
   * AmiError where nothing can be said: none of them is concerned by that.
   */
  look(place: WatchPlace, records: readonly WatchRecord<S>[], signal: AbortSignal): AsyncIterable<Sighting<O>>;
}

/** Where a look is taken. */
export interface WatchPlace {
  readonly connection: Connection;
  readonly region: string;
  /** The images of the connection: kinds that look at the same image at the same time ask EC2 once. */
  readonly images: ImagesById;
}

/** How one was found. */
export interface Sighting<O> {
  /** Of the record. */
  readonly id: string;
  /** The image concerned, as EC2 shows it now. */
  readonly image?: Image | undefined;
  /** The image concerned, where EC2 has it no longer. */
  readonly gone?: ImageRef | undefined;
  /** Percent; undefined where nothing new was said. */
  readonly progress?: number | undefined;
  /** Why nothing was said of it. */
  readonly error?: unknown;
  /** It need not be looked at any more. */
  readonly over?: Over<O> | undefined;
}

export interface Over<O> {
  readonly outcome: O;
  /** What is watched from now on in its place. */
  readonly next?: WatchStart<unknown> | undefined;
}

/** What a watch begins with. */
export interface WatchStart<S> extends Pick<WatchRecord<S>, 'id' | 'region' | 'subject'> {
  readonly kind: WatchKind<S, unknown>;
  /** When it began, in milliseconds since 1970; now unless given. */
  readonly since?: number | undefined;
  /** As long (ms) this window looks after it itself, and others leave it alone. */
  readonly heldFor?: number | undefined;
}

/** A kind among others: what is handed to it is what it has read itself. */
export type AnyWatchKind = WatchKind<unknown, unknown>;

/** Those of a kind among records, as far as they are understood. */
export function ofKind<S>(
  { name, subject: schema }: WatchKind<S, unknown>,
  records: readonly WatchRecord[],
): readonly WatchRecord<S>[] {
  return records.flatMap((record) => {
    const subject = record.kind === name ? read(schema, record.subject) : undefined;
    return subject === undefined ? [] : [{ ...record, subject }];
  });
}
