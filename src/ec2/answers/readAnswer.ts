import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import * as v from 'valibot';
import { type AnswerLimits, wholeAnswer } from './wholeAnswer.ts';

/** What a command's answer becomes, once it has been sent. */
export interface AnswerTaken<T> {
  /** Undefined as long as no answer of success has arrived. */
  value: { readonly of: T } | undefined;
}

/** The part of a command that the SDK lets others add to. */
export interface Command {
  readonly middlewareStack: {
    addRelativeTo(
      middleware: Answering,
      options: {
        readonly name: string;
        readonly relation: 'after';
        readonly toMiddleware: string;
        readonly override: true;
      },
    ): void;
  };
}

/** An error is a sentence or two, or the page of a proxy. The SDK reads it in one go: of what is larger the status tells. */
const mostErrorBytes = 100_000;

/** The SDK waits as long (s) before it sends again as an answer asks; whoever has to wait longer is told what is the matter. */
const longestPause = 5;

type Answering = <A, R extends { response: unknown }>(next: (args: A) => Promise<R>) => (args: A) => Promise<R>;

/**
 * Has a command's answer read by `read`, as it arrives, instead of by the SDK: that one needs all of it at once, holds the
 * thread meanwhile, waits for ever, takes an empty body for an empty list, and loses a whole answer for one bad date. The
 * SDK still signs, sends, retries and reads errors, which are given to it whole and in time.
 */
export function readAnswerOf<T>(
  command: Command,
  limits: AnswerLimits,
  read: (body: unknown) => Promise<T>,
): AnswerTaken<T> {
  const taken: AnswerTaken<T> = { value: undefined };
  const readAsItArrives: Answering = (next) => async (args) => {
    const result = await next(args);
    const { response } = result;
    if (isHttpResponse(response)) {
      response.body = uncompressed(response);
      if (isSuccess(response)) {
        taken.value = { of: await read(response.body) };
        response.body = new Uint8Array(0);
      } else {
        response.body = (await bytesOf(response.body, limits, mostErrorBytes)) ?? new Uint8Array(0);
        forgetLongPause(response.headers);
      }
    }
    return result;
  };
  command.middlewareStack.addRelativeTo(readAsItArrives, {
    name: 'readAnswerAsItArrives',
    relation: 'after',
    toMiddleware: 'deserializerMiddleware',
    // A command may be sent again.
    override: true,
  });
  return taken;
}

/**
 * All of an answer; undefined for one of more than `most` bytes.
 *
 * @throws Error as `wholeAnswer`
 */
export async function bytesOf(body: unknown, limits: AnswerLimits, most: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of wholeAnswer(body, limits)) {
    length += piece.length;
    if (length > most) {
      return undefined;
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Nothing compressed is asked for; some proxies compress what passes through them all the same. */
function uncompressed({ body, headers }: HttpResponse): unknown {
  const encoding = headers?.['content-encoding']?.trim().toLowerCase();
  if (!(body instanceof Readable) || encoding === undefined || !['gzip', 'deflate', 'br'].includes(encoding)) {
    return body;
  }
  // An error of either side destroys both: whoever reads hears of it.
  return pipeline(body, encoding === 'br' ? createBrotliDecompress() : createUnzip(), () => {});
}

/** Retry-After is in seconds, or a date (RFC 9110, 10.2.3). */
function forgetLongPause(headers: Record<string, string> | undefined): void {
  const asked = headers?.['retry-after'];
  if (headers && asked !== undefined) {
    const seconds = /^\d+$/.test(asked) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000;
    if (!(seconds <= longestPause)) {
      delete headers['retry-after'];
    }
  }
}

interface HttpResponse {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  body: unknown;
}

const httpResponse = v.object({ statusCode: v.number() });

function isHttpResponse(value: unknown): value is HttpResponse {
  return v.is(httpResponse, value);
}

/** What the SDK takes for an error it reads as one. */
function isSuccess({ statusCode }: HttpResponse): boolean {
  return statusCode < 300;
}
