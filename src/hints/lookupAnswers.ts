import type { LookupFilter, LookupReference } from '../code/reference.ts';
import { type Image, isAvailable } from '../core/image.ts';
import { sortedNewestFirst } from '../core/imageAge.ts';
import type { ImageFilter, ImageQuery, ImageReader } from '../ec2/port.ts';
import { CachedAnswers } from '../images/cachedAnswers.ts';
import { withTimeout } from '../images/withTimeout.ts';

/** In ms: the hover waits for it. */
const timeout = 15_000;
const lifetime = 5 * 60_000;

/** Listings are expensive: of more regions the first ones are asked. */
const maxRegions = 3;

/** Pages of 500 images: a lookup that finds more is read no further. */
const maxPages = 10;

/** Where that is not the end, the newest are found by their date: so many months, this one among them. */
const recentMonths = 3;

/** How many images are kept, and the newest of how many other owners. */
const maxImages = 20;
const maxOwners = 100;

/** EC2's limit for the values of a filter. */
const maxValues = 200;

/** The form of the filters of DescribeImages; others are a tool's own. */
const filterName = /^(?:[a-z]+(?:[-.][a-z]+)*|tag:.{1,127})$/;

/** What a lookup finds now, in one region. */
export interface LookupAnswer {
  readonly region: string;
  /** What it picks; undefined where it finds nothing, picks none, or the text does not tell which. */
  readonly picked: Image | undefined;
  /** Newest first; the newest 20. */
  readonly images: readonly Image[];
  /** The newest image of each owner, newest first: who could take the place of the picked one. */
  readonly byOwner: readonly Image[];
  /** Whether EC2 has listed all that it finds: else there may be images newer than these. */
  readonly isWhole: boolean;
  /** Whether `byOwner` has the owners of all that it finds. */
  readonly hasAllOwners: boolean;
  /** Names of filters, and `owners`, that are computed when the code runs, or not EC2's: what is found is more than it is. */
  readonly leftOut: readonly string[];
}

interface Question {
  readonly region: string;
  readonly query: ImageQuery;
  readonly needsAvailable: boolean;
}

interface Found {
  readonly images: readonly Image[];
  readonly byOwner: readonly Image[];
  readonly first: Image | undefined;
  readonly isWhole: boolean;
  readonly hasAllOwners: boolean;
}

/** Asks EC2 what lookups in code find, on one connection and on demand alone. */
export class LookupAnswers {
  readonly #ec2: Pick<ImageReader, 'listImages'>;
  readonly #now: () => number;
  readonly #found: CachedAnswers<Found, Question>;

  /** @param now milliseconds since 1970 */
  constructor(ec2: Pick<ImageReader, 'listImages'>, now: () => number = Date.now) {
    this.#ec2 = ec2;
    this.#now = now;
    this.#found = new CachedAnswers({
      operation: 'DescribeImages',
      ask: (question, signal) =>
        withTimeout(timeout, { operation: 'DescribeImages', region: question.region }, signal, (limited) =>
          this.#ask(question, limited),
        ),
      keyOf: (question) => JSON.stringify(question),
      lifetimeOf: () => lifetime,
      now,
    });
  }

  /** An image has changed, so that any lookup may find something else: also what is under way is not cached. */
  forget(): void {
    this.#found.clear();
  }

  /** @throws AmiError of the call; `cancelled` when the signal is aborted */
  async ask(reference: LookupReference, region: string, signal: AbortSignal): Promise<LookupAnswer> {
    const { value } = await this.#found.get(questionOf(reference, region), signal);
    return answerOf(reference, region, value);
  }

  /** What is in memory of a lookup, without a call. */
  cachedNow(reference: LookupReference, region: string): LookupAnswer | undefined {
    const found = this.#found.cached(questionOf(reference, region));
    return found && answerOf(reference, region, found.value);
  }

  async #ask({ region, query, needsAvailable }: Question, signal: AbortSignal): Promise<Found> {
    const all = await this.#read(region, query, signal);
    const isDated = query.filters?.some(({ name }) => name === 'creation-date');
    if (!all.isWhole && !isDated) {
      const filters = [...(query.filters ?? []), { name: 'creation-date', values: monthsUntil(this.#now()) }];
      const recent = await this.#read(region, { ...query, filters }, signal);
      all.images.push(...recent.images);
    }
    const distinct = [...new Map(all.images.map((image) => [image.id, image])).values()];
    const usable = needsAvailable ? distinct.filter(isAvailable) : distinct;
    const images = sortedNewestFirst(usable);
    const owners = new Map(images.toReversed().map((image) => [image.ownerId, image]));
    return {
      images: images.slice(0, maxImages),
      byOwner: sortedNewestFirst([...owners.values()]).slice(0, maxOwners),
      first: usable[0],
      isWhole: all.isWhole,
      hasAllOwners: all.isWhole && owners.size <= maxOwners,
    };
  }

  async #read(
    region: string,
    query: ImageQuery,
    signal: AbortSignal,
  ): Promise<{ readonly images: Image[]; readonly isWhole: boolean }> {
    const images: Image[] = [];
    let pages = 0;
    for await (const page of this.#ec2.listImages(region, query, signal)) {
      images.push(...page);
      pages += 1;
      if (pages === maxPages) return { images, isWhole: false };
    }
    return { images, isWhole: true };
  }
}

function answerOf(reference: LookupReference, region: string, { first, ...found }: Found): LookupAnswer {
  const { chooses } = reference;
  const picked = chooses === 'newest' ? found.images[0] : chooses === 'first' ? first : undefined;
  return { region, picked, ...found, leftOut: leftOutOf(reference) };
}

function questionOf(reference: LookupReference, region: string): Question {
  const { owners, executableUsers, imageIds, includesDeprecated, tool } = reference;
  const filters: readonly ImageFilter[] = [
    ...reference.filters.flatMap(({ name, values }) => (values && isAsked({ name, values }) ? [{ name, values }] : [])),
    ...(imageIds.length > 0 ? [{ name: 'image-id', values: imageIds.slice(0, maxValues) }] : []),
  ];
  const query: ImageQuery = {
    ...(owners.kind === 'literal' && owners.values.length > 0 ? { owners: owners.values } : {}),
    ...(executableUsers.length > 0 ? { executableUsers } : {}),
    ...(filters.length > 0 ? { filters } : {}),
    ...(includesDeprecated ? { includeDeprecated: true } : {}),
  };
  // Only the CDK leaves out pending and failed images by itself.
  return { region, query, needsAvailable: tool === 'cdk' };
}

/** The regions to ask: those in force, or of the chosen ones where none is known. */
export function lookupRegions({ region: { regions } }: LookupReference, chosen: readonly string[]): readonly string[] {
  return (regions.length > 0 ? regions : chosen).slice(0, maxRegions);
}

/** Whether enough of what it looks for is known: else EC2 would be asked for all images of a region, or of Amazon. */
export function isAskable({ filters, owners, imageIds }: LookupReference): boolean {
  const isNameComputed = filters.some(({ name, values }) => name === 'name' && values === undefined);
  if (isNameComputed && imageIds.length === 0) return false;
  return owners.kind === 'literal' || imageIds.length > 0 || filters.some(isAsked);
}

function isAsked({ name, values }: Pick<LookupFilter, 'name' | 'values'>): boolean {
  return values !== undefined && values.length > 0 && values.length <= maxValues && filterName.test(name);
}

function leftOutOf({ filters, owners }: LookupReference): readonly string[] {
  const names = filters.filter((filter) => !isAsked(filter)).map(({ name }) => name);
  return [...new Set([...names, ...(owners.kind === 'computed' ? ['owners'] : [])])];
}

/** Values of the filter `creation-date`: `2026-11-*`. */
function monthsUntil(now: number): readonly string[] {
  const date = new Date(now);
  return Array.from({ length: recentMonths }, (_, index) => {
    const month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - index, 1));
    return `${month.toISOString().slice(0, 8)}*`;
  });
}
