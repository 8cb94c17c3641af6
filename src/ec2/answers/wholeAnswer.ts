import { Readable } from 'node:stream';
import { setImmediate as threadIsFree } from 'node:timers/promises';
import { AnswerError } from './answerError.ts';

/** The limits for the body of an answer. */
export interface AnswerLimits {
  /** ms from its beginning to its end */
  readonly time: number;
  /** The interval (ms) in which at least `leastBytes` have to arrive, unless the answer ends. */
  readonly stretch: number;
  readonly leastBytes: number;
  readonly mostBytes: number;
}

/**
 * A connection slower than 1 kB/s is of use only for the smallest answers. The largest answers come from endpoints
 * without paging: 30 MB for 10,000 images.
 */
export const usualAnswerLimits: AnswerLimits = {
  time: 60_000,
  stretch: 10_000,
  leastBytes: 10_000,
  mostBytes: 200_000_000,
};

/** The most bytes that a reader gets at once: it reads them in a few ms. */
const pieceLength = 65_536;

/** How long (ms) a reader may block its thread before other work gets a turn. */
const turn = 10;

/**
 * The body of an answer, piece by piece as it arrives. It always ends, even if the connection is lost or the endpoint
 * stops sending, and lets other work of the thread run between pieces.
 *
 * @throws Error named TimeoutError if the body takes too long or arrives too slowly; an AnswerError if it is too
 *   large; the stream's own
 */
export async function* answerBody(
  body: unknown,
  limits: AnswerLimits = usualAnswerLimits,
): AsyncGenerator<Uint8Array, void> {
  const limiter = body instanceof Readable ? enforceLimits(body, limits) : undefined;
  let length = 0;
  let turnBegan = performance.now();
  try {
    for await (const part of parts(body)) {
      length += part.length;
      limiter?.count(part.length);
      if (length > limits.mostBytes) {
        throw new AnswerError({ kind: 'answer-too-large', bytes: limits.mostBytes });
      }
      for (let at = 0; at < part.length; at += pieceLength) {
        if (performance.now() - turnBegan > turn) {
          await threadIsFree();
          turnBegan = performance.now();
        }
        yield part.subarray(at, at + pieceLength);
      }
    }
  } finally {
    limiter?.end();
    if (body instanceof Readable) {
      body.destroy();
    }
  }
}

/** Destroys the body with an error when it breaks the limits. */
function enforceLimits(body: Readable, { time, stretch, leastBytes }: AnswerLimits) {
  let inStretch = 0;
  let hasEnded = false;
  const stop = (message: string) =>
    body.destroy(Object.assign(new Error(message), { name: 'TimeoutError', code: 'ETIMEDOUT' }));
  const whole = setTimeout(() => stop(`The answer has not come to its end in ${time / 1000} s.`), time);
  const slow = setInterval(() => {
    // Reads what has arrived while the thread was busy before it counts.
    setImmediate(() => {
      if (inStretch < leastBytes && !hasEnded) {
        stop(`The answer has stopped, or comes too slowly: ${inStretch} bytes in ${stretch / 1000} s.`);
      }
      inStretch = 0;
    });
  }, stretch);
  return {
    count: (bytes: number) => {
      inStretch += bytes;
    },
    end: () => {
      hasEnded = true;
      clearTimeout(whole);
      clearInterval(slow);
    },
  };
}

async function* parts(body: unknown): AsyncGenerator<Uint8Array, void> {
  if (body instanceof Uint8Array) {
    yield body;
  } else if (typeof body === 'string') {
    yield new TextEncoder().encode(body);
  } else if (body instanceof Readable) {
    for await (const part of body) {
      if (part instanceof Uint8Array) {
        yield part;
      } else if (typeof part === 'string') {
        yield new TextEncoder().encode(part);
      }
    }
  }
}
