import { familyOf } from '../core/family.ts';
import { type Image, type ImageSummary, isAvailable } from '../core/image.ts';
import { sortedNewestFirst } from '../core/imageAge.ts';
import { refKey } from '../core/imageRef.ts';
import { isDeprecated } from '../core/lifecycle.ts';
import { namePatternOf } from '../core/namePattern.ts';
import type { ImageQuery, ImageReader } from '../ec2/port.ts';
import { CachedAnswers } from './cachedAnswers.ts';
import { withTimeout } from './withTimeout.ts';

/** In ms. */
const lifetime = 10 * 60_000;
const timeout = 20_000;

/** Pages of 500 images. */
const maxPages = 10;

/** An architecture, as names have it. */
const architectureInName = /(?<![a-z0-9])(?:aarch64|amd64|arm64|i386|x86_64|x64)(?![a-z0-9])/gi;

interface Question {
  readonly region: string;
  readonly image: ImageSummary;
  readonly architectures: readonly string[];
}

/** Finds the image that stands for another one on other processors, on one connection and on demand alone. Answers are cached. */
export class FittingImage {
  readonly #ec2: Pick<ImageReader, 'listImages'>;
  readonly #now: () => number;
  readonly #found: CachedAnswers<Image | undefined, Question>;

  /** @param now milliseconds since 1970 */
  constructor(ec2: Pick<ImageReader, 'listImages'>, now: () => number = Date.now) {
    this.#ec2 = ec2;
    this.#now = now;
    this.#found = new CachedAnswers<Image | undefined, Question>({
      operation: 'DescribeImages',
      ask: (question, signal) => this.#ask(question, signal),
      keyOf: ({ image, architectures }) => `${refKey(image)} ${architectures.join(' ')}`,
      lifetimeOf: () => lifetime,
      now,
    });
  }

  /** An image has changed, which may be the one for any: also what is under way is not cached. */
  forget(): void {
    this.#found.clear();
  }

  /**
   * The newest available image of the same region, owner, family and release for one of these architectures, the first of
   * them that has one; undefined where there is none.
   *
   * @param architectures EC2's values, `arm64`
   * @throws AmiError of the call; `cancelled` when the signal is aborted
   */
  async find(image: ImageSummary, architectures: readonly string[], signal: AbortSignal): Promise<Image | undefined> {
    return (await this.#found.get({ region: image.region, image, architectures }, signal)).value;
  }

  async #ask(question: Question, signal: AbortSignal): Promise<Image | undefined> {
    const { region, image, architectures } = question;
    const query = queryFor(question);
    if (!query) return undefined;
    const candidates: Image[] = [];
    await withTimeout(timeout, { operation: 'DescribeImages', region }, signal, async (limited) => {
      let pages = 0;
      for await (const page of this.#ec2.listImages(region, query, limited)) {
        candidates.push(...page.filter((other) => isSameSeries(other, image)));
        pages += 1;
        if (pages === maxPages) break;
      }
    });
    const usable = candidates.filter((other) => isAvailable(other) && !isDeprecated(other, this.#now()));
    const newest = sortedNewestFirst(usable);
    return architectures
      .flatMap((architecture) => newest.find((other) => other.architecture === architecture) ?? [])
      .at(0);
  }
}

/** Undefined for an image whose name says nothing of a family. */
function queryFor({ image, architectures }: Question): ImageQuery | undefined {
  const pattern = namePatternOf(image.name, image)
    ?.replaceAll(architectureInName, '*')
    .replaceAll(/\*{2,}/g, '*');
  if (pattern === undefined || familyOf(image).label === '' || image.ownerId === '') return undefined;
  return {
    owners: [image.ownerId],
    filters: [
      { name: 'name', values: [pattern] },
      { name: 'architecture', values: architectures },
    ],
  };
}

/** Whether two images of one owner differ in architecture and build alone. */
function isSameSeries(a: ImageSummary, b: ImageSummary): boolean {
  return (
    seriesOf(a) === seriesOf(b) &&
    (['platform', 'virtualizationType', 'rootDeviceType', 'public'] as const).every((fact) => a[fact] === b[fact])
  );
}

function seriesOf(image: ImageSummary): string {
  return familyOf(image).key.replaceAll(architectureInName, ' ').replaceAll(/\s+/g, ' ').trim();
}
