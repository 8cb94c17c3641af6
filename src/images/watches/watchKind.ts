import type { Image } from '../../core/image.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { read, type Schema } from '../../core/schemas.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ImagesById } from '../imagesById.ts';
import type { WatchRecord } from './watchRecord.ts';

/** A kind of watch. `S`: its subject; `O`: its outcome. */
export interface WatchKind<S, O> {
  /** As the records on disk have it. */
  readonly name: string;
  /** Reads a stored subject, which another version may have written. */
  readonly subject: Schema<S>;
  /**
   * One look at the records of a region. Yields sightings as the answers arrive; a record without one is looked at
   * again. Rejects with AmiError where EC2 cannot be asked, which ends no watch.
   */
  look(place: WatchPlace, records: readonly WatchRecord<S>[], signal: AbortSignal): AsyncIterable<Sighting<O>>;
}

/** Where to look. */
export interface WatchPlace {
  readonly connection: Connection;
  readonly region: string;
  /** The images of the connection. Kinds that look at the same image at the same time make one call. */
  readonly images: ImagesById;
}

/** What one look has shown of a record. */
export interface Sighting<O> {
  /** The record's. */
  readonly id: string;
  /** The image, as EC2 shows it now. */
  readonly image?: Image | undefined;
  /** The image, where EC2 no longer has it. */
  readonly gone?: ImageRef | undefined;
  /** Percent; undefined where EC2 has not said. */
  readonly progress?: number | undefined;
  /** Why the look has shown nothing. */
  readonly error?: unknown;
  /** Ends the watch. */
  readonly over?: Over<O> | undefined;
}

export interface Over<O> {
  readonly outcome: O;
  /** A watch that takes its place. */
  readonly next?: WatchStart<unknown> | undefined;
}

/** A watch to begin. */
export interface WatchStart<S> extends Pick<WatchRecord<S>, 'id' | 'region' | 'batch' | 'subject'> {
  readonly kind: WatchKind<S, unknown>;
  /** When it began, in milliseconds since 1970; now unless given. */
  readonly since?: number | undefined;
  /** How long (ms) this window holds the record: nobody looks at it meanwhile. */
  readonly heldFor?: number | undefined;
}

/** A kind in a list. It is only given subjects that its own schema has read. */
export type AnyWatchKind = WatchKind<unknown, unknown>;

/** The records of a kind whose subject its schema can read. */
export function ofKind<S>(
  { name, subject: schema }: WatchKind<S, unknown>,
  records: readonly WatchRecord[],
): readonly WatchRecord<S>[] {
  return records.flatMap((record) => {
    const subject = record.kind === name ? read(schema, record.subject) : undefined;
    return subject === undefined ? [] : [{ ...record, subject }];
  });
}
