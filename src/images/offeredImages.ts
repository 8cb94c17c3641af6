import type { ImageSummary } from '../core/image.ts';
import { refKey } from '../core/imageRef.ts';
import { type Pin, pinsOf } from '../core/pins.ts';
import { type PinnedImagesParts, pinnedImages } from './pinnedImages.ts';
import type { NamedRef } from './recentImages.ts';

export interface OfferedImagesParts extends PinnedImagesParts {
  readonly regions: readonly string[];
  readonly pins: readonly Pin[];
  readonly recent: readonly NamedRef[];
  /** Images that are known already. */
  readonly loaded: readonly ImageSummary[];
}

/** What is offered before anything is searched: the pinned images, the newest of pinned families, and recent images. */
export class OfferedImages {
  readonly #parts: OfferedImagesParts;
  readonly #known: Map<string, ImageSummary>;
  /** By region. */
  readonly #pinned = new Map<string, readonly ImageSummary[]>();

  constructor(parts: OfferedImagesParts) {
    this.#parts = parts;
    this.#known = new Map(parts.loaded.map((image) => [refKey(image), image]));
  }

  /** In the order of pinning. Families are there once they were looked up. */
  get pinned(): readonly NamedRef[] {
    const { pins, regions } = this.#parts;
    return unique(
      pins.flatMap((pin): readonly NamedRef[] =>
        pin.kind === 'image'
          ? regions.includes(pin.region)
            ? [pin]
            : []
          : regions.flatMap((region) => {
              const images = this.#pinned.get(region) ?? [];
              return images.filter((image) => pinsOf({ pins, images, complete: true }, image).includes(pin));
            }),
      ),
    );
  }

  /** Those in the regions that are shown, the last one first, without pinned ones. */
  get recent(): readonly NamedRef[] {
    const { recent, regions } = this.#parts;
    const pinned = new Set(this.pinned.map(refKey));
    return recent.filter((image) => regions.includes(image.region) && !pinned.has(refKey(image)));
  }

  known(ref: NamedRef): ImageSummary | undefined {
    return this.#known.get(refKey(ref));
  }

  /** Looks all of them up. What fails stays unknown: the call is in the log. */
  async lookUp(signal: AbortSignal, changed: () => void): Promise<void> {
    const { regions, pins, byId } = this.#parts;
    const learn = (images: readonly ImageSummary[]) => {
      for (const image of images) {
        this.#known.set(refKey(image), image);
      }
      if (!signal.aborted) {
        changed();
      }
    };
    const lookUps = [
      byId.getAll(this.recent, signal).then(learn),
      ...regions.map(async (region) => {
        const found = new Map<string, ImageSummary>();
        for await (const page of pinnedImages(this.#parts, region, pins, false, signal)) {
          for (const image of page) {
            found.set(image.id, image);
          }
          this.#pinned.set(region, [...found.values()]);
          learn(page);
        }
      }),
    ];
    await Promise.allSettled(lookUps);
  }
}

function unique(refs: readonly NamedRef[]): readonly NamedRef[] {
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}
