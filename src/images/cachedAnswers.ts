import { AmiError, cancelled } from '../core/errors.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import { unlessAborted } from '../core/unlessAborted.ts';
import { setBounded } from './setBounded.ts';

/** In ms. */
const lifetimeOfDenial = 60_000;

/** An answer of EC2's. */
export interface Answer<T> {
  readonly value: T;
  /** When it arrived, in milliseconds since 1970. */
  readonly since: number;
}

interface Denied {
  readonly denied: AmiError;
  readonly since: number;
}

/** A call under way. */
interface Question<T> {
  readonly answer: Promise<Answer<T>>;
  readonly abort: AbortController;
  /** How many callers wait for the answer; the call is aborted when none is left. */
  waiting: number;
}

export interface AskOptions {
  /** How old (ms) a cached answer may be. Its lifetime unless given; 0 asks EC2 in any case. */
  readonly maxAge?: number;
}

export interface CachedAnswersParts<T> {
  readonly operation: string;
  readonly ask: (ref: ImageRef, signal: AbortSignal) => Promise<T>;
  /** In ms; callers that need a newer answer give `maxAge`. */
  readonly lifetimeOf: (value: T) => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * EC2's answers of one operation, by image. Never asks for the same image twice at a time, and caches refusals as well.
 */
export class CachedAnswers<T> {
  readonly #parts: CachedAnswersParts<T>;
  readonly #cached = new Map<string, Answer<T> | Denied>();
  readonly #asked = new Map<string, Question<T>>();
  /** When images were invalidated, in milliseconds since 1970. */
  readonly #invalidated = new Map<string, number>();

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

  /** EC2's last answer, of any age; undefined where EC2 has given none. */
  cached(ref: ImageRef): Answer<T> | undefined {
    const cached = this.#cached.get(refKey(ref));
    return cached && 'denied' in cached ? undefined : cached;
  }

  /**
   * Caches an answer that another call has brought, unless the image has changed since that call.
   *
   * @param askedAt when the call was made, in milliseconds since 1970
   */
  learn(ref: ImageRef, value: T, askedAt = this.#parts.now()): void {
    const key = refKey(ref);
    if ((this.#invalidated.get(key) ?? Number.NEGATIVE_INFINITY) <= askedAt) {
      setBounded(this.#cached, key, { value, since: this.#parts.now() });
    }
  }

  /** Drops the cached answer, and the one under way: the image has changed, or may have. */
  invalidate(ref: ImageRef): void {
    const key = refKey(ref);
    this.#cached.delete(key);
    this.#asked.delete(key);
    setBounded(this.#invalidated, key, this.#parts.now());
  }

  #lifetimeOf(cached: Answer<T> | Denied): number {
    return 'denied' in cached ? lifetimeOfDenial : this.#parts.lifetimeOf(cached.value);
  }

  #begin(ref: ImageRef): Question<T> {
    const abort = new AbortController();
    const question = { answer: this.#ask(ref, abort), abort, waiting: 0 };
    // The call may fail after its last caller has gone.
    question.answer.catch(() => undefined);
    this.#asked.set(refKey(ref), question);
    return question;
  }

  async #ask(ref: ImageRef, abort: AbortController): Promise<Answer<T>> {
    const key = refKey(ref);
    const { ask, now } = this.#parts;
    const keep = (answer: Answer<T> | Denied) => {
      if (this.#asked.get(key)?.abort === abort) {
        setBounded(this.#cached, key, answer);
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
