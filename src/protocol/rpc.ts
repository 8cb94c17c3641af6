import * as v from 'valibot';

/**
 * Requests and notifications between the extension host and a web view. A contract is an interface of methods with at
 * most one parameter; what the methods take and give must survive structured cloning.
 */
export type Contract<C> = { readonly [K in keyof C]: (params: never) => unknown };

/** One handler for each method of a contract: a missing one is a compile error. */
export type Handlers<C extends Contract<C>> = {
  readonly [K in keyof C]: (...params: Parameters<C[K]>) => ReturnType<C[K]> | Promise<ReturnType<C[K]>>;
};

/** Both sides are ours, but other code may post to the same window: what is not of this form is left alone. */
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
 * Takes the messages of the other side and answers its requests. Every request is answered: a handler that fails, and a
 * method that does not exist, with the sentence that `describe` makes of the error.
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

/** The asking side of a contract. Give it every message that arrives. */
export class Requests<C extends Contract<C>> {
  readonly #post: Post;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #lastId = 0;
  #ended: string | undefined;

  constructor(post: Post) {
    this.#post = post;
  }

  /** Rejects with an Error whose message is the other side's sentence. */
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

  /** The other side is gone: nothing that is waited for will come, nor what is asked for from now on. */
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

/** Sends what needs no answer. */
export function notify<C extends Contract<C>, K extends keyof C & string>(
  post: Post,
  method: K,
  ...params: Parameters<C[K]>
): void {
  post({ kind: 'notification', method, params: params[0] });
}

/** Takes the messages of the other side and calls the handler of each notification; others are not its business. */
export function listen<C extends Contract<C>>(handlers: Handlers<C>): (message: unknown) => void {
  const known = new Map<string, (params: never) => unknown>(Object.entries(handlers));
  return (message) => {
    if (v.is(messageSchema, message) && message.kind === 'notification')
      known.get(message.method)?.(message.params as never);
  };
}
