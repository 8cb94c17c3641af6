import type { IdReference } from '../code/reference.ts';
import type { Image, ImageSummary } from '../core/image.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import { inEachRegion } from '../core/inEachRegion.ts';
import type { Answer } from '../images/cachedAnswers.ts';
import type { ImagesById } from '../images/imagesById.ts';
import { OtherRegions } from './otherRegions.ts';
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
  /** The image in other regions, the chosen ones and those that other code states, where no region in force has it. */
  readonly elsewhere: readonly Image[];
  /** Why some of these other regions have not answered. AmiErrors, as a rule. */
  readonly elsewhereErrors: readonly unknown[];
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
  readonly #others: OtherRegions;
  /** How many questions for an id in a region are under way. */
  readonly #underWay = new Map<string, number>();

  constructor(parts: ReferencedImagesParts) {
    this.#parts = parts;
    this.#failures = new RegionFailures(parts.regions, parts.now ?? Date.now);
    this.#others = new OtherRegions(parts.regions);
  }

  /**
   * Asks for all ids together: those whose region is known in it, the others in each chosen region, and those that are
   * missing in the chosen regions that are left, and in those that other references are in. Never rejects.
   *
   * @param answered called when `cachedNow` knows more, as it does each time that a region has answered or failed
   */
  async resolve(
    references: readonly IdReference[],
    signal: AbortSignal,
    answered: () => void = () => {},
  ): Promise<readonly ResolvedReference[]> {
    const asked = references.filter(isAskedFor);
    this.#others.note(asked);
    const answers = new Map<string, ImageAnswer>();
    const elsewhere = asked.flatMap((reference) => this.#refsElsewhere(reference).map(refKey));
    this.#count(elsewhere, 1);
    try {
      await this.#answerAll(asked, answers, signal, answered);
    } finally {
      this.#count(elsewhere, -1);
    }
    return references.map((reference) => this.#resolved(reference, (ref) => answers.get(refKey(ref))));
  }

  async #answerAll(
    asked: readonly IdReference[],
    answers: Map<string, ImageAnswer>,
    signal: AbortSignal,
    answered: () => void,
  ): Promise<void> {
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
    const hasRecalled = await this.#parts.byId.recall(missing.flatMap((reference) => this.#refsInForce(reference)));
    if (hasRecalled && !signal.aborted) answered();
  }

  #count(keys: readonly string[], change: 1 | -1): void {
    for (const key of keys) {
      const count = (this.#underWay.get(key) ?? 0) + change;
      if (count > 0) this.#underWay.set(key, count);
      else this.#underWay.delete(key);
    }
  }

  /** Whether `resolve` asks nothing: all that it would ask for is in memory, or in regions that are left alone. */
  isResolved(reference: IdReference): boolean {
    if (!isAskedFor(reference)) return true;
    const isKnown = (ref: ImageRef) =>
      this.#parts.byId.isFresh(ref) || this.#failures.of(ref.region, 'DescribeImages') !== undefined;
    const inForce = this.#refsInForce(reference);
    if (!inForce.every(isKnown)) return false;
    const isMissingEverywhere = inForce.every((ref) => {
      const answer = this.#parts.byId.cachedWithTime(ref);
      return answer !== undefined && answer.value === undefined;
    });
    return !isMissingEverywhere || this.#refsElsewhere(reference).every(isKnown);
  }

  /**
   * What is in memory of an id, of any age, without a call; undefined where some region in force has not answered, or none has
   * it and the others, which may have it, are being asked for the first time.
   */
  cachedNow(reference: IdReference): ResolvedReference | undefined {
    const cached = (ref: ImageRef): ImageAnswer | undefined => {
      const { region } = ref;
      const answer = this.#parts.byId.cachedWithTime(ref);
      const error = answer ? undefined : this.#failures.of(region, 'DescribeImages');
      return answer || error !== undefined ? { region, image: answer?.value, error } : undefined;
    };
    const resolved = this.#resolved(reference, cached);
    const asked = isAskedFor(reference) ? this.#refsInForce(reference).length : 0;
    if (resolved.images.length < asked) return undefined;
    const isMissingSoFar = this.#underWay.size > 0 && resolved.images.length > 0 && resolved.images.every(isMissing);
    if (!isMissingSoFar || resolved.elsewhere.length > 0) return resolved;
    const isLookedFor = (ref: ImageRef) => this.#underWay.has(refKey(ref)) && cached(ref) === undefined;
    return this.#refsElsewhere(reference).some(isLookedFor) ? undefined : resolved;
  }

  #resolved(reference: IdReference, answerOf: (ref: ImageRef) => ImageAnswer | undefined): ResolvedReference {
    const given = (refs: readonly ImageRef[]) => refs.flatMap((ref) => answerOf(ref) ?? []);
    const images = isAskedFor(reference) ? given(this.#refsInForce(reference)) : [];
    if (images.length === 0 || !images.every(isMissing)) {
      return { reference, images, elsewhere: [], elsewhereErrors: [], was: undefined };
    }
    const others = given(this.#refsElsewhere(reference));
    const elsewhere = others.flatMap(({ image }) => image ?? []);
    const elsewhereErrors = others.flatMap(({ error }) => error ?? []);
    const [was] = images.flatMap(({ region }) => this.#parts.byId.lastKnown({ region, id: reference.value }) ?? []);
    return { reference, images, elsewhere, elsewhereErrors, was };
  }

  #refsInForce({ value: id, region: { regions } }: IdReference): readonly ImageRef[] {
    return (regions.length > 0 ? regions : this.#parts.regions).map((region) => ({ region, id }));
  }

  #refsElsewhere(reference: IdReference): readonly ImageRef[] {
    const inForce = new Set(this.#refsInForce(reference).map(({ region }) => region));
    return this.#others.besides(inForce).map((region) => ({ region, id: reference.value }));
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
      const before = inRegion.map((ref) => this.#parts.byId.cachedWithTime(ref));
      const after = await Promise.all(inRegion.map((ref) => this.#answer(ref, signal)));
      for (const [index, ref] of inRegion.entries()) {
        const answer = after[index];
        if (answer) answers.set(refKey(ref), answer);
      }
      const isNews = after.some((answer, index) => isOther(answer, before[index]));
      if (isNews && !signal.aborted) answered();
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

/** Whether an answer says something else than the one before it. */
function isOther({ image, error }: ImageAnswer, before: Answer<Image | undefined> | undefined): boolean {
  return error !== undefined || before === undefined || before.value !== image;
}

/** Whether EC2 has said that there is no such image, or none that the account may see. */
function isMissing({ image, error }: ImageAnswer): boolean {
  return image === undefined && error === undefined;
}
