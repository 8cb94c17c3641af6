import type { ImageRef } from '../core/imageRef.ts';

/** A question waits so long (ms) for others of its region: nodes that are drawn together are asked for in one call. */
const gatherDelay = 20;

/** The answers for ids of a region; what does not exist there has none. */
type AskAll<T> = (region: string, ids: readonly string[], signal: AbortSignal) => Promise<ReadonlyMap<string, T>>;

/** Questions of one region that are asked together. */
interface Gathering<T> {
  /** Those whose callers still wait. */
  readonly questions: Set<ImageRef>;
  readonly abort: AbortController;
  readonly answer: Promise<ReadonlyMap<string, T>>;
}

/** Asks together for everything that is asked for in a region at about the same time. */
export class GatheredAnswers<T> {
  readonly #askAll: AskAll<T>;
  readonly #gathering = new Map<string, Gathering<T>>();

  constructor(askAll: AskAll<T>) {
    this.#askAll = askAll;
  }

  /**
   * Undefined for what does not exist or is hidden from the account. A call is aborted, or never made, once
   * all of its callers have aborted.
   *
   * @throws AmiError of the call
   */
  async ask({ region, id }: ImageRef, signal: AbortSignal): Promise<T | undefined> {
    const gathering = this.#gathering.get(region) ?? this.#begin(region);
    const question = { region, id };
    gathering.questions.add(question);
    signal.addEventListener('abort', () => this.#leave(gathering, question), { once: true });
    return (await gathering.answer).get(id);
  }

  #leave(gathering: Gathering<T>, question: ImageRef): void {
    gathering.questions.delete(question);
    if (gathering.questions.size === 0) {
      gathering.abort.abort();
      this.#close(question.region, gathering);
    }
  }

  #begin(region: string): Gathering<T> {
    const abort = new AbortController();
    const answer = new Promise<void>((resolve) => {
      setTimeout(resolve, gatherDelay);
    }).then(() => this.#send(region, gathering));
    const gathering: Gathering<T> = { questions: new Set(), abort, answer };
    this.#gathering.set(region, gathering);
    return gathering;
  }

  async #send(region: string, gathering: Gathering<T>): Promise<ReadonlyMap<string, T>> {
    const { questions, abort } = gathering;
    // All callers have aborted.
    abort.signal.throwIfAborted();
    this.#close(region, gathering);
    const ids = new Set(Array.from(questions, ({ id }) => id));
    return this.#askAll(region, [...ids], abort.signal);
  }

  #close(region: string, gathering: Gathering<T>): void {
    if (this.#gathering.get(region) === gathering) {
      this.#gathering.delete(region);
    }
  }
}
