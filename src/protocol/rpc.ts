import * as v from 'valibot';

/**
 * Requests and notifications between the extension host and a web view. A contract is an interface of methods with at
 * most one parameter. Parameters and results must survive structured cloning.
 */
export type Contract<C> = { readonly [K in keyof C]: (params: never) => unknown };

/** A handler for each method of a contract; a missing one is a compile error. */
export type Handlers<C extends Contract<C>> = {
  readonly [K in keyof C]: (...params: Parameters<C[K]>) => ReturnType<C[K]> | Promise<ReturnType<C[K]>>;
};

/** Other code may post to the same window, so messages of any other form are ignored. */
const messageSchema = v.variant('kind', [
  v.object({ kind: v.literal('request'), id: v.number(), method: v.string(), params: v.optional(v.unknown()) }),
  v.object({ kind: v.literal('notification'), method: v.string(), params: v.optional(v.unknown()) }),
  v.variant('ok', [
    v.object({ kind: v.literal('answer'), id: v.number(), ok: v.literal(true), result: v.optional(v.unknown()) }),
    v.object({ kind: v.literal('answer'), id: v.number(), ok: v.literal(false), message: v.string() }),
  ]),
]);

type Message = v.InferInput<typeof messageSchema>;

export type Post = (message: Message) => void;

/**
 * Answers the other side's requests. Each one is answered: where a handler fails or is missing, with the sentence that
 * `describe` makes of the error.
 */
export function serve<C extends Contract<C>>(
  handlers: Handlers<C>,
  post: Post,
  describe: (error: unknown) => string,
): (message: unknown) => Promise<void> {
  const known = new Map<string, (params: never) => unknown>(Object.entries(handlers));
  return async (message) => {
    if (!v.is(messageSchema, message) || message.kind !== 'request') return;
    const { id, method, params } = message;
    try {
      const handler = known.get(method);
      if (handler === undefined) throw new Error(`Unknown request: ${method}`);
      post({ kind: 'answer', id, ok: true, result: await handler(params as never) });
    } catch (error) {
      post({ kind: 'answer', id, ok: false, message: describe(error) });
    }
  };
}

/** The requesting side of a contract. Pass every arriving message to `receive`. */
export class Requests<C extends Contract<C>> {
  readonly #post: Post;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #lastId = 0;
  #ended: string | undefined;

  constructor(post: Post) {
    this.#post = post;
  }

  /** Rejects with an Error that has the other side's sentence as its message. */
  send<K extends keyof C & string>(method: K, ...params: Parameters<C[K]>): Promise<ReturnType<C[K]>> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<ReturnType<C[K]>>((resolve, reject) => {
      if (this.#ended !== undefined) throw new Error(this.#ended);
      this.#waiting.set(id, { resolve: (result) => resolve(result as ReturnType<C[K]>), reject });
      try {
        this.#post({ kind: 'request', id, method, params: params[0] });
      } catch (error) {
        this.#waiting.delete(id);
        throw error;
      }
    });
  }

  /** The other side is gone: open and later requests reject with this message. */
  end(message: string): void {
    this.#ended = message;
    for (const { reject } of this.#waiting.values()) reject(new Error(message));
    this.#waiting.clear();
  }

  receive(message: unknown): void {
    if (!v.is(messageSchema, message) || message.kind !== 'answer') return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.ok) waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.message));
  }
}

/** Sends a message that has no answer. */
export function notify<C extends Contract<C>, K extends keyof C & string>(
  post: Post,
  method: K,
  ...params: Parameters<C[K]>
): void {
  post({ kind: 'notification', method, params: params[0] });
}

/** Calls the handlers of the other side's notifications; other messages are ignored. */
export function listen<C extends Contract<C>>(handlers: Handlers<C>): (message: unknown) => void {
  const known = new Map<string, (params: never) => unknown>(Object.entries(handlers));
  return (message) => {
    if (v.is(messageSchema, message) && message.kind === 'notification')
      known.get(message.method)?.(message.params as never);
  };
}
