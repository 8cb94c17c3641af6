import { Readable } from 'node:stream';
import { setImmediate as threadIsFree } from 'node:timers/promises';

/** What an answer's body is allowed. */
export interface AnswerLimits {
  /** ms from its beginning to its end */
  readonly time: number;
  /** In each such stretch of time (ms) … */
  readonly stretch: number;
  /** … so many bytes have to come, unless the answer ends. */
  readonly leastBytes: number;
  readonly mostBytes: number;
}

/**
 * A line that carries 1 kB/s brings the smallest answers in no time, and no others in any that one would wait. The largest
 * answers are those of endpoints that know no paging: 30 MB for 10,000 images.
 */
export const usualAnswerLimits: AnswerLimits = {
  time: 60_000,
  stretch: 10_000,
  leastBytes: 10_000,
  mostBytes: 200_000_000,
};

/** What is given to a reader at once: it takes a few ms. */
const pieceLength = 65_536;

/** How long (ms) a reader may go on while there is more: other things run on its thread. */
const turn = 10;

/**
 * The body of an answer, piece by piece as it arrives, in full or with an error: a connection that is gone, or an endpoint
 * that has stopped, ends nothing by itself. Whoever reads does so in turns with what else there is to do.
 *
 * @throws Error named TimeoutError where it takes too long or comes too slowly; named SyntaxError where it is too large; the
 *   stream's own
 */
export async function* wholeAnswer(
  body: unknown,
  limits: AnswerLimits = usualAnswerLimits,
): AsyncGenerator<Uint8Array, void> {
  const watch = body instanceof Readable ? watchOver(body, limits) : undefined;
  let length = 0;
  let turnBegan = performance.now();
  try {
    for await (const part of parts(body)) {
      length += part.length;
      watch?.count(part.length);
      if (length > limits.mostBytes) {
        throw new SyntaxError(`The answer is larger than ${limits.mostBytes} bytes.`);
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
    watch?.end();
    if (body instanceof Readable) {
      body.destroy();
    }
  }
}

/** Destroys the body when it breaks the limits: its reader hears of it as an error. */
function watchOver(body: Readable, { time, stretch, leastBytes }: AnswerLimits) {
  let inStretch = 0;
  let hasEnded = false;
  const stop = (message: string) =>
    body.destroy(Object.assign(new Error(message), { name: 'TimeoutError', code: 'ETIMEDOUT' }));
  const whole = setTimeout(() => stop(`The answer has not come to its end in ${time / 1000} s.`), time);
  const slow = setInterval(() => {
    // What has come while the thread was busy is read first.
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
