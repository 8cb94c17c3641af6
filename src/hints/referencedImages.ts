import type { IdReference } from '../code/reference.ts';
import type { Image, ImageSummary } from '../core/image.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import { inEachRegion } from '../core/inEachRegion.ts';
import type { ImagesById } from '../images/imagesById.ts';
import { RegionFailures } from './regionFailures.ts';

/** What EC2 has answered about an id in one region. */
export interface ImageAnswer {
  readonly region: string;
  /** Undefined where the region has no such image, or hides it from the account, or `error` says why it is not known. */
  readonly image: Image | undefined;
  /** Why there is no answer. An AmiError, as a rule. */
  readonly error: unknown;
}

export interface ResolvedReference {
  readonly reference: IdReference;
  /** One for each region in force, or for each chosen region where none is known; empty for what is not asked for. */
  readonly images: readonly ImageAnswer[];
  /** The image in chosen regions that are not in force, where no region in force has it. */
  readonly elsewhere: readonly Image[];
  /** What was last known of an image that no region in force has any more. */
  readonly was: ImageSummary | undefined;
}

export interface ReferencedImagesParts {
  readonly byId: ImagesById;
  /** The chosen regions of the connection, at least one. Regions of other partitions are never asked. */
  readonly regions: readonly string[];
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** The images behind ids in code, on one connection. */
export class ReferencedImages {
  readonly #parts: ReferencedImagesParts;
  readonly #failures: RegionFailures;

  constructor(parts: ReferencedImagesParts) {
    this.#parts = parts;
    this.#failures = new RegionFailures(parts.regions, parts.now ?? Date.now);
  }

  /**
   * Asks for all ids together: those whose region is known in it, the others in each chosen region, and those that are
   * missing in the chosen regions that are left. Never rejects.
   *
   * @param answered called when a region has answered or failed: `cachedNow` knows more by then
   */
  async resolve(
    references: readonly IdReference[],
    signal: AbortSignal,
    answered: () => void = () => {},
  ): Promise<readonly ResolvedReference[]> {
    const asked = references.filter(isAskedFor);
    const answers = new Map<string, ImageAnswer>();
    await this.#ask(
      asked.flatMap((reference) => this.#refsInForce(reference)),
      answers,
      signal,
      answered,
    );
    const missing = asked.filter((reference) =>
      this.#refsInForce(reference).every((ref) => {
        const answer = answers.get(refKey(ref));
        return answer && isMissing(answer);
      }),
    );
    await this.#ask(
      missing.flatMap((reference) => this.#refsElsewhere(reference)),
      answers,
      signal,
      answered,
    );
    await this.#parts.byId.recall(missing.flatMap((reference) => this.#refsInForce(reference)));
    return references.map((reference) => this.#resolved(reference, (ref) => answers.get(refKey(ref))));
  }

  /** What is in memory of an id, of any age, without a call; undefined where some region in force has not answered. */
  cachedNow(reference: IdReference): ResolvedReference | undefined {
    const cached = (ref: ImageRef): ImageAnswer | undefined => {
      const failure = this.#failures.of(ref.region, 'DescribeImages');
      return failure !== undefined || this.#parts.byId.cachedWithTime(ref) ? this.#cachedOr(failure, ref) : undefined;
    };
    const refs = isAskedFor(reference) ? this.#refsInForce(reference) : [];
    return refs.every((ref) => cached(ref) !== undefined) ? this.#resolved(reference, cached) : undefined;
  }

  #resolved(reference: IdReference, answerOf: (ref: ImageRef) => ImageAnswer | undefined): ResolvedReference {
    const given = (refs: readonly ImageRef[]) => refs.flatMap((ref) => answerOf(ref) ?? []);
    const images = isAskedFor(reference) ? given(this.#refsInForce(reference)) : [];
    if (images.length === 0 || !images.every(isMissing)) return { reference, images, elsewhere: [], was: undefined };
    const elsewhere = given(this.#refsElsewhere(reference)).flatMap(({ image }) => image ?? []);
    const [was] = images.flatMap(({ region }) => this.#parts.byId.lastKnown({ region, id: reference.value }) ?? []);
    return { reference, images, elsewhere, was };
  }

  #refsInForce({ value: id, region: { regions } }: IdReference): readonly ImageRef[] {
    return (regions.length > 0 ? regions : this.#parts.regions).map((region) => ({ region, id }));
  }

  #refsElsewhere(reference: IdReference): readonly ImageRef[] {
    const inForce = new Set(this.#refsInForce(reference).map(({ region }) => region));
    const others = this.#parts.regions.filter((region) => !inForce.has(region));
    return others.map((region) => ({ region, id: reference.value }));
  }

  /** Asks each region once for all its ids; what is in memory costs nothing. */
  async #ask(
    refs: readonly ImageRef[],
    answers: Map<string, ImageAnswer>,
    signal: AbortSignal,
    answered: () => void,
  ): Promise<void> {
    const distinct = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
    await inEachRegion(distinct, async (_, inRegion) => {
      await Promise.all(inRegion.map(async (ref) => answers.set(refKey(ref), await this.#answer(ref, signal))));
      if (!signal.aborted) answered();
    });
  }

  async #answer(ref: ImageRef, signal: AbortSignal): Promise<ImageAnswer> {
    const { region } = ref;
    const failure = this.#failures.of(region, 'DescribeImages');
    if (failure !== undefined) return this.#cachedOr(failure, ref);
    try {
      return { region, image: await this.#parts.byId.get(ref, signal), error: undefined };
    } catch (error) {
      this.#failures.note(region, error);
      return this.#cachedOr(error, ref);
    }
  }

  /** A region that fails takes nothing away that it has answered before. */
  #cachedOr(error: unknown, ref: ImageRef): ImageAnswer {
    const { region } = ref;
    const answer = this.#parts.byId.cachedWithTime(ref);
    return answer ? { region, image: answer.value, error: undefined } : { region, image: undefined, error };
  }
}

/** Placeholders and malformed ids ask nothing. */
export function isAskedFor({ isMalformed, isPlaceholder }: IdReference): boolean {
  return !isMalformed && !isPlaceholder;
}

/** Whether EC2 has said that there is no such image, or none that the account may see. */
function isMissing({ image, error }: ImageAnswer): boolean {
  return image === undefined && error === undefined;
}
