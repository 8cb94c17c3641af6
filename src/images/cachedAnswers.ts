import { AmiError, cancelled } from '../core/errors.ts';
import type { ImageRef } from '../core/imageRef.ts';
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
interface CallUnderWay<T> {
  readonly answer: Promise<Answer<T>>;
  readonly abort: AbortController;
  /** How many callers wait for the answer; the call is aborted when none is left. */
  waiting: number;
}

export interface AskOptions {
  /** How old (ms) a cached answer may be. Its lifetime unless given; 0 asks EC2 in any case. */
  readonly maxAge?: number;
}

export interface CachedAnswersParts<T, Q> {
  readonly operation: string;
  readonly ask: (question: Q, signal: AbortSignal) => Promise<T>;
  /** Equal for equal questions. */
  readonly keyOf: (question: Q) => string;
  /** In ms; callers that need a newer answer give `maxAge`. */
  readonly lifetimeOf: (value: T) => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * EC2's answers of one operation, by image unless the questions are about something else. Never asks the same question
 * twice at a time, and caches refusals as well.
 */
export class CachedAnswers<T, Q extends { readonly region: string } = ImageRef> {
  readonly #parts: CachedAnswersParts<T, Q>;
  readonly #cached = new Map<string, Answer<T> | Denied>();
  readonly #asked = new Map<string, CallUnderWay<T>>();
  /** When images were invalidated, in milliseconds since 1970. */
  readonly #invalidated = new Map<string, number>();
  /** When all of them were, in milliseconds since 1970. */
  #clearedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: CachedAnswersParts<T, Q>) {
    this.#parts = parts;
  }

  /** @throws AmiError of the call, `access-denied` also from memory; `cancelled` when the signal is aborted */
  async get(
    question: Q,
    signal: AbortSignal,
    { maxAge = Number.POSITIVE_INFINITY }: AskOptions = {},
  ): Promise<Answer<T>> {
    const key = this.#parts.keyOf(question);
    const cached = this.#cached.get(key);
    if (cached && this.#isFresh(cached, maxAge)) {
      if ('denied' in cached) {
        throw cached.denied;
      }
      return cached;
    }
    const call = this.#asked.get(key) ?? this.#begin(question);
    call.waiting += 1;
    try {
      return await unlessAborted(call.answer, signal);
    } catch (cause) {
      const { operation } = this.#parts;
      throw signal.aborted ? cancelled({ operation, region: question.region, cause }) : cause;
    } finally {
      call.waiting -= 1;
      if (call.waiting === 0) {
        this.#end(key, call.abort);
        call.abort.abort();
      }
    }
  }

  /** Whether `get` takes the answer, or the refusal, from memory. */
  isFresh(question: Q): boolean {
    const cached = this.#cached.get(this.#parts.keyOf(question));
    return cached !== undefined && this.#isFresh(cached, Number.POSITIVE_INFINITY);
  }

  /** EC2's last answer, of any age; undefined where EC2 has given none. */
  cached(question: Q): Answer<T> | undefined {
    const cached = this.#cached.get(this.#parts.keyOf(question));
    return cached && 'denied' in cached ? undefined : cached;
  }

  /**
   * Caches an answer that another call has brought, unless the image has changed since that call.
   *
   * @param askedAt when the call was made, in milliseconds since 1970
   */
  learn(question: Q, value: T, askedAt = this.#parts.now()): void {
    const key = this.#parts.keyOf(question);
    if (Math.max(this.#invalidated.get(key) ?? this.#clearedAt, this.#clearedAt) <= askedAt) {
      setBounded(this.#cached, key, { value, since: this.#parts.now() });
    }
  }

  /** Drops the cached answer, and the one under way: the image has changed, or may have. */
  invalidate(question: Q): void {
    const key = this.#parts.keyOf(question);
    this.#cached.delete(key);
    this.#asked.delete(key);
    setBounded(this.#invalidated, key, this.#parts.now());
  }

  /** Drops all cached answers, and those under way: any of them may be another one now. */
  clear(): void {
    this.#clearedAt = this.#parts.now();
    this.#cached.clear();
    this.#asked.clear();
  }

  #isFresh(cached: Answer<T> | Denied, maxAge: number): boolean {
    return this.#parts.now() - cached.since < Math.min(this.#lifetimeOf(cached), maxAge);
  }

  #lifetimeOf(cached: Answer<T> | Denied): number {
    return 'denied' in cached ? lifetimeOfDenial : this.#parts.lifetimeOf(cached.value);
  }

  #begin(question: Q): CallUnderWay<T> {
    const abort = new AbortController();
    const call = { answer: this.#ask(question, abort), abort, waiting: 0 };
    // The call may fail after its last caller has gone.
    call.answer.catch(() => undefined);
    this.#asked.set(this.#parts.keyOf(question), call);
    return call;
  }

  async #ask(question: Q, abort: AbortController): Promise<Answer<T>> {
    const key = this.#parts.keyOf(question);
    const { ask, now } = this.#parts;
    const keep = (answer: Answer<T> | Denied) => {
      if (this.#asked.get(key)?.abort === abort) {
        setBounded(this.#cached, key, answer);
      }
    };
    try {
      const answer = { value: await ask(question, abort.signal), since: now() };
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
