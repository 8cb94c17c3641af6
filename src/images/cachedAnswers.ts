import { AmiError, cancelled } from '../core/errors.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import { unlessAborted } from '../core/unlessAborted.ts';
import { remember } from './remember.ts';

const lifetimeOfDenial = 60_000;

/** What EC2 has said, and when (milliseconds since 1970). */
export interface Answer<T> {
  readonly value: T;
  readonly since: number;
}

interface Denied {
  readonly denied: AmiError;
  readonly since: number;
}

/** A question that is being answered. */
interface Question<T> {
  readonly answer: Promise<Answer<T>>;
  readonly abort: AbortController;
  /** Those who wait: where none is left, nothing is asked for any more. */
  waiting: number;
}

export interface AskOptions {
  /** How old (ms) an answer may be; the usual lifetime unless given, and 0 where EC2 is to be asked in any case. */
  readonly maxAge?: number;
}

export interface CachedAnswersParts<T> {
  /** The name of EC2's call. */
  readonly operation: string;
  readonly ask: (ref: ImageRef, signal: AbortSignal) => Promise<T>;
  /** How long (ms) an answer counts, unless whoever asks wants a newer one. */
  readonly lifetimeOf: (value: T) => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What EC2 answers to one question about each image. Asks for each once at a time; remembers that one may not ask, too. */
export class CachedAnswers<T> {
  readonly #parts: CachedAnswersParts<T>;
  readonly #cached = new Map<string, Answer<T> | Denied>();
  readonly #asked = new Map<string, Question<T>>();

  constructor(parts: CachedAnswersParts<T>) {
    this.#parts = parts;
  }

  /** @throws AmiError of the call, `access-denied` also from memory; `cancelled` when the signal is aborted */
  async get(
    ref: ImageRef,
    signal: AbortSignal,
    { maxAge = Number.POSITIVE_INFINITY }: AskOptions = {},
  ): Promise<Answer<T>> {
    const key = refKey(ref);
    const cached = this.#cached.get(key);
    if (cached && this.#parts.now() - cached.since < Math.min(this.#lifetimeOf(cached), maxAge)) {
      if ('denied' in cached) {
        throw cached.denied;
      }
      return cached;
    }
    const question = this.#asked.get(key) ?? this.#begin(ref);
    question.waiting += 1;
    try {
      return await unlessAborted(question.answer, signal);
    } catch (cause) {
      const { operation } = this.#parts;
      throw signal.aborted ? cancelled({ operation, region: ref.region, cause }) : cause;
    } finally {
      question.waiting -= 1;
      if (question.waiting === 0) {
        this.#end(key, question.abort);
        question.abort.abort();
      }
    }
  }

  /** What EC2 has answered last, however long ago; undefined where it has not been asked, or not answered. */
  cached(ref: ImageRef): Answer<T> | undefined {
    const cached = this.#cached.get(refKey(ref));
    return cached && 'denied' in cached ? undefined : cached;
  }

  /** Somebody else has been told. */
  learn(ref: ImageRef, value: T): void {
    remember(this.#cached, refKey(ref), { value, since: this.#parts.now() });
  }

  /** It has changed, or may have: what is known counts no longer, nor what is being answered. */
  invalidate(ref: ImageRef): void {
    this.#cached.delete(refKey(ref));
    this.#asked.delete(refKey(ref));
  }

  #lifetimeOf(cached: Answer<T> | Denied): number {
    return 'denied' in cached ? lifetimeOfDenial : this.#parts.lifetimeOf(cached.value);
  }

  #begin(ref: ImageRef): Question<T> {
    const abort = new AbortController();
    const question = { answer: this.#ask(ref, abort), abort, waiting: 0 };
    // Where nobody waits any more, nobody hears of a failure.
    question.answer.catch(() => undefined);
    this.#asked.set(refKey(ref), question);
    return question;
  }

  async #ask(ref: ImageRef, abort: AbortController): Promise<Answer<T>> {
    const key = refKey(ref);
    const { ask, now } = this.#parts;
    const keep = (answer: Answer<T> | Denied) => {
      if (this.#asked.get(key)?.abort === abort) {
        remember(this.#cached, key, answer);
      }
    };
    try {
      const answer = { value: await ask(ref, abort.signal), since: now() };
      keep(answer);
      return answer;
    } catch (error) {
      if (error instanceof AmiError && error.kind === 'access-denied') {
        keep({ denied: error, since: now() });
      }
      throw error;
    } finally {
      this.#end(key, abort);
    }
  }

  #end(key: string, abort: AbortController): void {
    if (this.#asked.get(key)?.abort === abort) {
      this.#asked.delete(key);
    }
  }
}
