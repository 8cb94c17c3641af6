import type { Image, ImageSummary } from '../core/image.ts';
import { refKey } from '../core/imageRef.ts';
import type { ImageReader } from '../ec2/port.ts';
import { CachedAnswers } from './cachedAnswers.ts';
import { sameImagesIn } from './sameImages.ts';

/** In ms. */
const lifetime = 10 * 60_000;

interface Question {
  readonly region: string;
  readonly image: ImageSummary;
}

/** Finds one image in another region, on one connection and on demand alone. Answers are cached. */
export class SameImage {
  readonly #found: CachedAnswers<Image | undefined, Question>;

  /** @param now milliseconds since 1970 */
  constructor(ec2: Pick<ImageReader, 'listImages'>, now: () => number = Date.now) {
    this.#found = new CachedAnswers<Image | undefined, Question>({
      operation: 'DescribeImages',
      ask: async ({ region, image }, signal) => {
        const [answer] = await sameImagesIn([region], [image], ec2, signal);
        const same = answer?.found.get(image.id)?.image;
        if (!same && answer?.error !== undefined) {
          throw answer.error;
        }
        return same;
      },
      keyOf: ({ region, image }) => `${refKey(image)} ${region}`,
      lifetimeOf: () => lifetime,
      now,
    });
  }

  /** An image has changed, which may be the same as any: also what is under way is not cached. */
  forget(): void {
    this.#found.clear();
  }

  /**
   * The same image in a region, see `sameImagesIn`; undefined where there is none.
   *
   * @throws AmiError of the call; `cancelled` when the signal is aborted
   */
  async find(image: ImageSummary, region: string, signal: AbortSignal): Promise<Image | undefined> {
    return (await this.#found.get({ region, image }, signal)).value;
  }
}
