import type { CatalogPort } from '../catalog/port.ts';
import { commonParameters } from '../core/commonParameters.ts';
import { type ImageSummary, isAvailable } from '../core/image.ts';
import { sortedNewestFirst } from '../core/imageAge.ts';
import { type LatestParameter, latestParameter } from '../core/latestParameter.ts';
import type { Pin } from '../core/pins.ts';
import type { Connection } from '../ec2/port.ts';
import { CachedAnswers } from '../images/cachedAnswers.ts';
import type { ConnectionImages } from '../images/connectionImages.ts';
import { type ImageQuestion, ImageQuestions } from '../images/imageQuestions.ts';
import { withTimeout } from '../images/withTimeout.ts';
import { RegionFailures } from './regionFailures.ts';

/** In ms. What an action changes is forgotten at once. */
const lifetime = 5 * 60_000;

/** In ms: nobody waits for it any more after that. */
const usualTimeout = 30_000;

/** A listing is read until it has so many images: a completion lists the newest of them. */
const maxListed = 3_000;

/** An image to be offered where an id belongs. */
export interface OfferedImage {
  readonly image: ImageSummary;
  readonly why: 'pinned' | 'owned' | 'latest';
  /** The public parameter that has it, of the latest ones. */
  readonly parameter: LatestParameter | undefined;
}

export interface OfferedImagesParts {
  readonly connection: Connection;
  readonly images: ConnectionImages;
  readonly catalog: Pick<CatalogPort, 'list'>;
  /** The chosen ones. */
  readonly regions: readonly string[];
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** In ms, of each question. */
  readonly timeout?: number | undefined;
}

interface Question {
  readonly region: string;
  readonly why: OfferedImage['why'];
  readonly pins: readonly Pin[];
}

/** The images of one connection that are likely to be wanted: a listing each, which is cached for a while. */
export class OfferedImages {
  readonly #parts: OfferedImagesParts;
  readonly #questions: ImageQuestions;
  /** An account without the right to SSM has images all the same. */
  readonly #failures: { readonly DescribeImages: RegionFailures; readonly GetParameters: RegionFailures };
  readonly #answers: CachedAnswers<readonly OfferedImage[], Question>;

  constructor(parts: OfferedImagesParts) {
    this.#parts = parts;
    this.#questions = new ImageQuestions(parts);
    const failures = () => new RegionFailures(parts.regions, this.#now);
    this.#failures = { DescribeImages: failures(), GetParameters: failures() };
    this.#answers = new CachedAnswers({
      operation: 'DescribeImages',
      ask: (question, signal) => {
        const place = { operation: operationOf(question), region: question.region };
        return withTimeout(parts.timeout ?? usualTimeout, place, signal, (limited) => this.#ask(question, limited));
      },
      keyOf: (question) => JSON.stringify(question),
      lifetimeOf: () => lifetime,
      now: this.#now,
    });
  }

  get #now(): () => number {
    return this.#parts.now ?? Date.now;
  }

  /** What is owned or pinned has changed. */
  forget(): void {
    this.#answers.clear();
  }

  /** The available images of a region: pinned ones, then owned ones, then the latest public ones. Never rejects. */
  async in(region: string, pins: readonly Pin[], signal: AbortSignal): Promise<readonly OfferedImage[]> {
    const wanted = pins.filter((pin) => pin.kind === 'family' || pin.region === region);
    const questions: readonly Question[] = [
      ...(wanted.length > 0 ? [{ region, why: 'pinned' as const, pins: wanted }] : []),
      { region, why: 'owned', pins: [] },
      { region, why: 'latest', pins: [] },
    ];
    const answers = await Promise.all(questions.map((question) => this.#answer(question, signal)));
    return answers.flat();
  }

  async #answer(question: Question, signal: AbortSignal): Promise<readonly OfferedImage[]> {
    const operation = operationOf(question);
    const failures = this.#failures[operation];
    if (failures.of(question.region, operation) !== undefined) return [];
    try {
      return (await this.#answers.get(question, signal)).value;
    } catch (error) {
      failures.note(question.region, error);
      return [];
    }
  }

  async #ask({ region, why, pins }: Question, signal: AbortSignal): Promise<readonly OfferedImage[]> {
    if (why === 'latest') return this.#latest(region, signal);
    const question: ImageQuestion = why === 'pinned' ? { kind: 'pinned', pins } : { kind: 'owned' };
    const images: ImageSummary[] = [];
    for await (const page of this.#questions.of(region, question).ask(signal, false)) {
      images.push(...page);
      if (images.length >= maxListed) break;
    }
    return sortedNewestFirst(images.filter(isAvailable)).map((image) => ({ image, why, parameter: undefined }));
  }

  async #latest(region: string, signal: AbortSignal): Promise<readonly OfferedImage[]> {
    const { connection, images } = this.#parts;
    const values = await connection.ec2.parameterValues(region, commonParameters, signal);
    const parameters = commonParameters.flatMap((name) => latestParameter(region, name, values.get(name) ?? '') ?? []);
    const refs = parameters.map(({ imageId }) => ({ region, id: imageId }));
    const found = new Map((await images.of(connection).getAll(refs, signal)).map((image) => [image.id, image]));
    return parameters.flatMap((parameter) => {
      const image = found.get(parameter.imageId);
      return image && isAvailable(image) ? [{ image, why: 'latest' as const, parameter }] : [];
    });
  }
}

function operationOf({ why }: Question): 'DescribeImages' | 'GetParameters' {
  return why === 'latest' ? 'GetParameters' : 'DescribeImages';
}
