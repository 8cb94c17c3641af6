import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import * as v from 'valibot';
import { type AnswerLimits, answerBody } from './wholeAnswer.ts';

/** The answer to a command, as `read` has read it. */
export interface AnswerTaken<T> {
  /** Undefined until an answer of success has arrived. */
  value: { readonly of: T } | undefined;
}

/** The part of an SDK command to which middleware is added. */
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

/** The SDK reads an error's body in one go. A larger one is dropped, and the status tells the error. */
const mostErrorBytes = 100_000;

/**
 * In seconds. The SDK waits as long as Retry-After says before it retries; where that is longer, the error is shown
 * sooner.
 */
const longestRetryDelay = 5;

type Answering = <A, R extends { response: unknown }>(next: (args: A) => Promise<R>) => (args: A) => Promise<R>;

/**
 * Has `read` read a command's answer as it arrives. The SDK would hold the thread, wait for ever, take an empty body
 * for an empty list, and lose a whole answer for one bad date; it still signs, sends, retries and reads errors.
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
        dropLongRetryAfter(response.headers);
      }
    }
    return result;
  };
  command.middlewareStack.addRelativeTo(readAsItArrives, {
    name: 'readAnswerAsItArrives',
    relation: 'after',
    toMiddleware: 'deserializerMiddleware',
    // For a command that is sent more than once.
    override: true,
  });
  return taken;
}

/**
 * The whole body; undefined where it has more than `most` bytes.
 *
 * @throws Error as `answerBody`
 */
export async function bytesOf(body: unknown, limits: AnswerLimits, most: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answerBody(body, limits)) {
    length += piece.length;
    if (length > most) {
      return undefined;
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Some proxies compress answers although the request does not ask for it. */
function uncompressed({ body, headers }: HttpResponse): unknown {
  const encoding = headers?.['content-encoding']?.trim().toLowerCase();
  if (!(body instanceof Readable) || encoding === undefined || !['gzip', 'deflate', 'br'].includes(encoding)) {
    return body;
  }
  // `pipeline` destroys both streams after an error of either, which the reader gets.
  return pipeline(body, encoding === 'br' ? createBrotliDecompress() : createUnzip(), () => {});
}

/** Retry-After has seconds, or a date (RFC 9110, 10.2.3). */
function dropLongRetryAfter(headers: Record<string, string> | undefined): void {
  const asked = headers?.['retry-after'];
  if (headers && asked !== undefined) {
    const seconds = /^\d+$/.test(asked) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000;
    if (!(seconds <= longestRetryDelay)) {
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

/** The SDK reads any other answer as an error. */
function isSuccess({ statusCode }: HttpResponse): boolean {
  return statusCode < 300;
}
