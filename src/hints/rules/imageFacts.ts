import type { ImageSummary } from '../../core/image.ts';
import type { Publisher } from '../../core/publishers.ts';

/** What rules about an image ask for. */
export interface ImageFacts {
  /** The newest image of its family that can take its place; undefined where there is none, or it is not known yet. */
  readonly newer: (image: ImageSummary) => ImageSummary | undefined;
  /** The account of the connection; undefined where it is not known. */
  readonly account: string | undefined;
  /** Those of the user's settings. */
  readonly publishers: readonly Publisher[];
  /** Milliseconds since 1970. */
  readonly now: number;
}
