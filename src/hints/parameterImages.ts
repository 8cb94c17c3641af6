import * as v from 'valibot';
import type { ParameterReference } from '../code/reference.ts';
import type { Image } from '../core/image.ts';
import { isResourceId } from '../core/imageId.ts';
import type { ImageRef } from '../core/imageRef.ts';
import { refKey } from '../core/imageRef.ts';
import { readJson } from '../core/schemas.ts';
import type { ParameterReader } from '../ec2/port.ts';
import { CachedAnswers } from '../images/cachedAnswers.ts';
import { GatheredAnswers } from '../images/gatheredAnswers.ts';
import type { ImagesById } from '../images/imagesById.ts';
import { RegionFailures } from './regionFailures.ts';

/** In ms. Publishers change their parameters every few days. */
const lifetime = 5 * 60_000;

/** SSM's names below AWS's own path, with or without a version: no other parameter is ever read. */
const publicName = /^\/aws\/service(?:\/[A-Za-z0-9_.-]+)+(?::\d+)?$/;

/** What a public parameter stands for in one region. */
export interface ParameterAnswer {
  readonly region: string;
  /** Whether the region is known to have the parameter. */
  readonly exists: boolean;
  /** Undefined where there is none, or it tells something else of an image, such as its version. */
  readonly imageId: string | undefined;
  readonly image: Image | undefined;
  readonly error: unknown;
}

export interface ResolvedParameter {
  readonly reference: ParameterReference;
  /** One for each region in force, or for each chosen one where none is known; empty for what is not asked for. */
  readonly answers: readonly ParameterAnswer[];
}

export interface ParameterImagesParts {
  readonly ec2: Pick<ParameterReader, 'parameterValues'>;
  readonly byId: ImagesById;
  /** The chosen regions of the connection, at least one. */
  readonly regions: readonly string[];
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** The images behind public parameters in code, on one connection. */
export class ParameterImages {
  readonly #parts: ParameterImagesParts;
  readonly #values: CachedAnswers<string | undefined>;
  readonly #failures: RegionFailures;

  constructor(parts: ParameterImagesParts) {
    this.#parts = parts;
    const now = parts.now ?? Date.now;
    this.#failures = new RegionFailures(parts.regions, now);
    const gathered = new GatheredAnswers((region, names, signal) => parts.ec2.parameterValues(region, names, signal));
    this.#values = new CachedAnswers({
      operation: 'GetParameters',
      ask: (name, signal) => gathered.ask(name, signal),
      keyOf: refKey,
      lifetimeOf: () => lifetime,
      now,
    });
  }

  /** Asks for all parameters together. Never rejects: each answer has its error. */
  async resolve(references: readonly ParameterReference[], signal: AbortSignal): Promise<readonly ResolvedParameter[]> {
    return Promise.all(
      references.map(async (reference) => ({
        reference,
        answers: await Promise.all(this.#namesOf(reference).map((name) => this.#answer(name, signal))),
      })),
    );
  }

  /** Whether `resolve` asks nothing: all that it would ask for is in memory, or in regions that are left alone. */
  isResolved(reference: ParameterReference): boolean {
    return this.#namesOf(reference).every((name) => {
      if (this.#failures.of(name.region, 'GetParameters') !== undefined) return true;
      if (!this.#values.isFresh(name)) return false;
      const id = imageIdIn(this.#values.cached(name)?.value);
      return id === undefined || this.#parts.byId.isFresh({ region: name.region, id });
    });
  }

  /** What is in memory, without a call; undefined where some region in force has not answered. */
  cachedNow(reference: ParameterReference): ResolvedParameter | undefined {
    const answers = this.#namesOf(reference).flatMap((name): readonly ParameterAnswer[] => {
      const value = this.#values.cached(name);
      const { region } = name;
      if (!value) return [];
      const imageId = imageIdIn(value.value);
      const exists = value.value !== undefined;
      if (imageId === undefined) return [{ region, exists, imageId, image: undefined, error: undefined }];
      const image = this.#parts.byId.cachedWithTime({ region, id: imageId });
      return image ? [{ region, exists, imageId, image: image.value, error: undefined }] : [];
    });
    return answers.length === this.#namesOf(reference).length ? { reference, answers } : undefined;
  }

  /** A parameter's name is its id in a region. */
  #namesOf({ value, isWhole, region: { regions } }: ParameterReference): readonly ImageRef[] {
    if (!isWhole || !publicName.test(value)) return [];
    return (regions.length > 0 ? regions : this.#parts.regions).map((region) => ({ region, id: value }));
  }

  async #answer(name: ImageRef, signal: AbortSignal): Promise<ParameterAnswer> {
    const { region } = name;
    const failure = this.#failures.of(region, 'GetParameters');
    if (failure !== undefined) return { region, exists: false, imageId: undefined, image: undefined, error: failure };
    let exists = false;
    let imageId: string | undefined;
    try {
      const { value } = await this.#values.get(name, signal);
      exists = value !== undefined;
      imageId = imageIdIn(value);
      const image = imageId === undefined ? undefined : await this.#parts.byId.get({ region, id: imageId }, signal);
      return { region, exists, imageId, image, error: undefined };
    } catch (error) {
      if (imageId === undefined) this.#failures.note(region, error);
      return { region, exists, imageId, image: undefined, error };
    }
  }
}

const described = v.object({ image_id: v.string() });

/** The id itself, or that in the JSON of ECS and EKS (`…/recommended`). */
function imageIdIn(value: string | undefined): string | undefined {
  const id = value?.startsWith('{') ? readJson(described, value)?.image_id : value?.trim();
  return id !== undefined && /^[a-z]mi-/i.test(id) && isResourceId(id) ? id : undefined;
}
