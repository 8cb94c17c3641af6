import type { Image } from '../core/image.ts';
import type { ImageRef } from '../core/imageRef.ts';
import type { ImageReader } from '../ec2/port.ts';

/** A question waits so long (ms) for others of its region: nodes that are drawn together are asked for in one call. */
const gatherDelay = 20;

/** Questions of one region that one call answers. */
interface Gathering {
  /** Those whose callers still wait. */
  readonly questions: Set<ImageRef>;
  readonly abort: AbortController;
  readonly answer: Promise<ReadonlyMap<string, Image>>;
}

/** Asks EC2 in one call for all images that are asked for in a region at about the same time. */
export class GatheredImages {
  readonly #ec2: Pick<ImageReader, 'describeImages'>;
  readonly #gathering = new Map<string, Gathering>();

  constructor(ec2: Pick<ImageReader, 'describeImages'>) {
    this.#ec2 = ec2;
  }

  /**
   * Undefined for an image that does not exist or is hidden from the account. A call is aborted, or never made, once
   * all of its callers have aborted.
   *
   * @throws AmiError of the call
   */
  async ask({ region, id }: ImageRef, signal: AbortSignal): Promise<Image | undefined> {
    const gathering = this.#gathering.get(region) ?? this.#begin(region);
    const question = { region, id };
    gathering.questions.add(question);
    signal.addEventListener('abort', () => this.#leave(gathering, question), { once: true });
    return (await gathering.answer).get(id);
  }

  #leave(gathering: Gathering, question: ImageRef): void {
    gathering.questions.delete(question);
    if (gathering.questions.size === 0) {
      gathering.abort.abort();
      this.#close(question.region, gathering);
    }
  }

  #begin(region: string): Gathering {
    const abort = new AbortController();
    const answer = new Promise<void>((resolve) => {
      setTimeout(resolve, gatherDelay);
    }).then(() => this.#send(region, gathering));
    const gathering: Gathering = { questions: new Set(), abort, answer };
    this.#gathering.set(region, gathering);
    return gathering;
  }

  async #send(region: string, gathering: Gathering): Promise<ReadonlyMap<string, Image>> {
    const { questions, abort } = gathering;
    // All callers have aborted.
    abort.signal.throwIfAborted();
    this.#close(region, gathering);
    const ids = new Set(Array.from(questions, ({ id }) => id));
    const images = await this.#ec2.describeImages(region, [...ids], abort.signal);
    return new Map(images.map((image) => [image.id, image]));
  }

  #close(region: string, gathering: Gathering): void {
    if (this.#gathering.get(region) === gathering) {
      this.#gathering.delete(region);
    }
  }
}
