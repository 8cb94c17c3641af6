import type { Image } from '../../core/image.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import type { Sighting } from './watchKind.ts';

interface Seen {
  readonly image: Image;
  readonly progress: number | undefined;
}

/** The watched images as they were last seen through one connection, by the ids of their records. */
export class SeenImages {
  readonly #seen = new Map<string, Seen>();

  /** Percent; undefined where EC2 has not said. */
  progressOf(recordId: string): number | undefined {
    return this.#seen.get(recordId)?.progress;
  }

  progressOfImage(imageId: string): number | undefined {
    return [...this.#seen.values()].find(({ image }) => image.id === imageId)?.progress;
  }

  /** Returns the image where the sighting is news: the first one, one with more progress, or the last one. */
  take({ id, image, progress, over }: Sighting<unknown>): Image | undefined {
    const before = this.#seen.get(id);
    if (over) {
      this.#seen.delete(id);
      return image;
    }
    if (image) {
      this.#seen.set(id, { image, progress: progress ?? before?.progress });
    }
    const hasMoved = progress !== undefined && progress !== before?.progress;
    return hasMoved || !before ? image : undefined;
  }

  /** Images of a region whose records another window has removed, by the records' ids. */
  endedElsewhere(region: string, isWatched: (id: string) => boolean): readonly (readonly [string, ImageRef])[] {
    return [...this.#seen].flatMap(([id, { image }]) =>
      image.region === region && !isWatched(id) ? [[id, image] as const] : [],
    );
  }

  remove(recordId: string): void {
    this.#seen.delete(recordId);
  }

  clear(): void {
    this.#seen.clear();
  }
}
