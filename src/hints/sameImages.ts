import { type Image, type ImageSummary, isAvailable } from '../core/image.ts';
import { sortedNewestFirst } from '../core/imageAge.ts';
import { escapeWildcards } from '../core/wildcard.ts';
import type { ImageQuery, ImageReader } from '../ec2/port.ts';
import { CachedAnswers } from '../images/cachedAnswers.ts';

/** In ms. */
const lifetime = 10 * 60_000;

interface Question {
  readonly region: string;
  readonly query: ImageQuery;
}

/** Finds the image of a region that another region has under the same name, on one connection and on demand alone. */
export class SameImages {
  readonly #found: CachedAnswers<readonly Image[], Question>;

  /** @param now milliseconds since 1970 */
  constructor(ec2: Pick<ImageReader, 'listImages'>, now: () => number = Date.now) {
    this.#found = new CachedAnswers<readonly Image[], Question>({
      operation: 'DescribeImages',
      ask: async ({ region, query }, signal) => {
        const images: Image[] = [];
        for await (const page of ec2.listImages(region, query, signal)) images.push(...page);
        return images;
      },
      keyOf: (question) => JSON.stringify(question),
      lifetimeOf: () => lifetime,
      now,
    });
  }

  /**
   * The available image of the same owner, name and architecture in a region; the newest of several, undefined where
   * there is none.
   *
   * @throws AmiError of the call; `cancelled` when the signal is aborted
   */
  async find(image: ImageSummary, region: string, signal: AbortSignal): Promise<Image | undefined> {
    const { name, ownerId, ownerAlias, architecture } = image;
    if (name === '' || ownerId === '') return undefined;
    // Amazon has accounts of its own in opt-in regions.
    const owner = ownerAlias === 'amazon' || ownerAlias === 'aws-marketplace' ? ownerAlias : ownerId;
    const filters = [
      { name: 'name', values: [escapeWildcards(name)] },
      ...(architecture ? [{ name: 'architecture', values: [architecture] }] : []),
    ];
    const { value } = await this.#found.get({ region, query: { owners: [owner], filters } }, signal);
    return sortedNewestFirst(value.filter((found) => found.name === name && isAvailable(found)))[0];
  }
}
