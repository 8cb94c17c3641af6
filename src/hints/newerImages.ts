import { familyOf } from '../core/family.ts';
import type { Image, ImageSummary } from '../core/image.ts';
import { isAvailable } from '../core/image.ts';
import { newestFirst } from '../core/imageAge.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import { inEachRegion } from '../core/inEachRegion.ts';
import { isDeprecated } from '../core/lifecycle.ts';
import { namePatternOf } from '../core/namePattern.ts';
import { unlessAborted } from '../core/unlessAborted.ts';
import type { ImageReader } from '../ec2/port.ts';
import { setBounded } from '../images/setBounded.ts';
import { withTimeout } from '../images/withTimeout.ts';

/** In ms. */
const lifetime = 30 * 60_000;
const lifetimeOfFailure = 60_000;
const timeout = 60_000;

/** EC2's limit for the values of a filter. */
const maxPatterns = 200;

/** Pages of 500 images that a question reads at most. */
const maxPages = 20;

/** Images that may take each other's place, by the facts that a launch depends on. */
interface Series {
  readonly key: string;
  readonly region: string;
  /** One of the images. */
  readonly image: ImageSummary;
}

interface Known {
  readonly region: string;
  readonly newest: Image | undefined;
  /** Why the last question has failed. */
  readonly error: unknown;
  readonly until: number;
}

/**
 * The newest available image of the family, owner, architecture, virtualization type and root device type of images, on
 * one connection. Asks one question in each region for all of them.
 */
export class NewerImages {
  readonly #ec2: Pick<ImageReader, 'listImages'>;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  /** Of images that are asked about, which is at every change of any of them. */
  readonly #series = new WeakMap<ImageSummary, { readonly series: Series | undefined }>();
  /** Questions under way, by the keys of their series. */
  readonly #asked = new Map<string, Promise<void>>();

  /** @param now milliseconds since 1970 */
  constructor(ec2: Pick<ImageReader, 'listImages'>, now: () => number = Date.now) {
    this.#ec2 = ec2;
    this.#now = now;
  }

  /**
   * Finds out what is newer, for `newerNow` to tell. Never rejects: of a region that fails nothing is told but its error.
   *
   * @param answered called when a region has answered
   * @returns why it is not known of some of the images, or was not asked again: the errors of questions that have failed now,
   *   or a moment ago
   */
  async find(
    images: readonly ImageSummary[],
    signal: AbortSignal,
    answered: () => void = () => {},
  ): Promise<readonly unknown[]> {
    const series = new Map(images.flatMap((image) => this.#seriesOf(image) ?? []).map((each) => [each.key, each]));
    const unknown = [...series.values()].filter(({ key }) => (this.#known.get(key)?.until ?? 0) <= this.#now());
    await inEachRegion(unknown, async (region, some) => {
      const fresh = some.filter(({ key }) => !this.#asked.has(key));
      for (let start = 0; start < fresh.length; start += maxPatterns) {
        this.#begin(region, fresh.slice(start, start + maxPatterns));
      }
      const underWay = new Set(some.flatMap(({ key }) => this.#asked.get(key) ?? []));
      await unlessAborted(Promise.all(underWay), signal).catch(() => undefined);
      if (!signal.aborted) answered();
    });
    const errors = [...series.keys()].flatMap((key) => this.#known.get(key)?.error ?? []);
    return [...new Set(errors)];
  }

  /** An image that can take the place of this one; undefined where there is none, or `find` has not found out. */
  newerNow(image: ImageSummary): Image | undefined {
    const series = this.#seriesOf(image);
    const newest = series && this.#known.get(series.key)?.newest;
    if (!newest || newestFirst(newest, image) >= 0) return undefined;
    return isDeprecated(newest, this.#now()) ? undefined : newest;
  }

  /**
   * An image has changed: its region is asked again by the next `find`, also where a question is under way, and the image
   * itself is not offered until then.
   */
  forget({ region, id }: ImageRef): void {
    for (const key of this.#asked.keys()) {
      if (key.startsWith(refKey({ region, id: '' }))) this.#asked.delete(key);
    }
    for (const [key, known] of this.#known) {
      if (known.region !== region) continue;
      const newest = known.newest?.id === id ? undefined : known.newest;
      this.#known.set(key, { region, newest, error: undefined, until: 0 });
    }
  }

  #seriesOf(image: ImageSummary): Series | undefined {
    const { series } = this.#series.get(image) ?? { series: seriesOf(image) };
    this.#series.set(image, { series });
    return series;
  }

  /** The question is not aborted with its first caller, since others may wait for it. */
  #begin(region: string, series: readonly Series[]): void {
    const place = { operation: 'DescribeImages', region };
    const asked = withTimeout(timeout, place, new AbortController().signal, (signal) =>
      this.#ask(region, series, signal),
    );
    const answer: Promise<void> = asked.then(
      (newest) => this.#end(series, answer, (key) => ({ newest: newest.get(key), error: undefined }), lifetime),
      // What was known before is not taken away.
      (error: unknown) =>
        this.#end(series, answer, (key) => ({ newest: this.#known.get(key)?.newest, error }), lifetimeOfFailure),
    );
    for (const { key } of series) this.#asked.set(key, answer);
  }

  /** Keeps the answer of a question unless an image has changed since it was asked. */
  #end(
    series: readonly Series[],
    answer: Promise<void>,
    known: (key: string) => Pick<Known, 'newest' | 'error'>,
    time: number,
  ): void {
    for (const { key, region } of series) {
      if (this.#asked.get(key) !== answer) continue;
      this.#asked.delete(key);
      setBounded(this.#known, key, { region, ...known(key), until: this.#now() + time });
    }
  }

  async #ask(region: string, series: readonly Series[], signal: AbortSignal): Promise<ReadonlyMap<string, Image>> {
    const patterns = series.flatMap(({ image }) => namePatternOf(image.name, image) ?? []);
    const query = {
      owners: [...new Set(series.map(({ image }) => image.ownerId))],
      filters: [{ name: 'name', values: [...new Set(patterns)] }],
    };
    const newest = new Map<string, Image>();
    let pages = 0;
    for await (const page of this.#ec2.listImages(region, query, signal)) {
      for (const image of page) {
        const { key } = seriesOf(image) ?? {};
        const before = key && newest.get(key);
        if (key === undefined || !isAvailable(image) || isDeprecated(image, this.#now())) continue;
        if (!before || newestFirst(image, before) < 0) newest.set(key, image);
      }
      pages += 1;
      if (pages === maxPages) break;
    }
    return newest;
  }
}

/** Undefined for an image whose name says nothing of a family. */
function seriesOf(image: ImageSummary): Series | undefined {
  const { ownerId, region, architecture, virtualizationType, rootDeviceType } = image;
  const { key: family, label } = familyOf(image);
  if (label === '' || ownerId === '') return undefined;
  const facts = [ownerId, family, architecture, virtualizationType, rootDeviceType, image.platform, image.public];
  return { key: refKey({ region, id: JSON.stringify(facts) }), region, image };
}
