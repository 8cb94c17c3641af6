import * as v from 'valibot';
import type { Schema } from '../core/schemas.ts';
import { mix32 } from './data/identifiers.ts';

/** Faults that a test may switch on. */
const FAULT_KINDS = [
  /** RequestLimitExceeded, status 503. */
  'throttled',
  /** InternalError, status 500. */
  'server-error',
  /** Unavailable, status 503. */
  'unavailable',
  /** The connection ends in the middle of the answer's body. */
  'cut',
  /** The answer's XML is broken. */
  'malformed-xml',
  /** Status 200, headers and half of the answer, then silence on an open connection. */
  'stall',
  /** The answer comes byte by byte, one every `milliseconds` (1,000 by default). */
  'drip',
  /** Status 200 and no body. */
  'empty-body',
  /** The first page of a listing every time, with its own token as the next one. */
  'same-token',
  /** The whole list at once whatever MaxResults is, as from some EC2-compatible endpoints. */
  'unpaged',
  /** An HTML page with status 502, as from gateways and proxies. */
  'html',
  /** RequestExpired (STS: ExpiredToken). */
  'expired-credentials',
  /** InvalidPaginationToken, as for an expired token. Affects only requests with a NextToken. */
  'invalid-token',
  /** UnauthorizedOperation (STS: AccessDenied), status 403. */
  'access-denied',
  /** AuthFailure, as in a region that is not opted in. */
  'not-opted-in',
  /** An error with any `code`, `message` and `status`. */
  'error',
  /** No answer ever, and the request is not carried out. */
  'hang',
  /** The request is carried out, but the connection ends without an answer. */
  'drop-answer',
  /** The answer is delayed by `milliseconds`. */
  'delay',
  /** The answer is held back until all faults are cleared. */
  'hold',
] as const;

type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Affects only this operation; by default all. */
  readonly action?: string | undefined;
  readonly region?: string | undefined;
  /** How many requests are affected; by default all until the fault is removed. */
  readonly count?: number | undefined;
  /** How many requests pass before the first one is affected. */
  readonly skip?: number | undefined;
  /** The share of requests that are affected, 0 to 1 (1 by default); the same requests in each run. */
  readonly probability?: number | undefined;
  /** For `error`; by default InternalError, a sentence and 400. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly status?: number | undefined;
  /** For `delay` and `drip`. */
  readonly milliseconds?: number | undefined;
}

interface ActiveFault {
  readonly fault: Fault;
  left: number;
  toSkip: number;
  /** How many matching requests came after the skipped ones. */
  seen: number;
}

/** The faults that are switched on. */
export class Faults {
  readonly #active: ActiveFault[] = [];
  readonly #onCleared: (() => void)[] = [];

  /** Returns a function that switches the fault off. */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.count ?? Number.POSITIVE_INFINITY, toSkip: fault.skip ?? 0, seen: 0 };
    this.#active.push(entry);
    return () => {
      const index = this.#active.indexOf(entry);
      if (index >= 0) {
        this.#active.splice(index, 1);
      }
    };
  }

  clear(): void {
    this.#active.length = 0;
    for (const release of this.#onCleared.splice(0)) {
      release();
    }
  }

  /** Resolves at the next `clear`. */
  cleared(): Promise<void> {
    return new Promise((resolve) => this.#onCleared.push(resolve));
  }

  list(): Fault[] {
    return this.#active.map(({ fault, left, toSkip }) => ({
      ...fault,
      ...(Number.isFinite(left) ? { count: left } : {}),
      ...(fault.skip === undefined ? {} : { skip: toSkip }),
    }));
  }

  /** The oldest fault that affects a request, counted down. `paged`: whether the request has a NextToken. */
  take(action: string, region: string, paged = false): Fault | undefined {
    const index = this.#active.findIndex(
      (entry) =>
        (entry.fault.action === undefined || entry.fault.action === action) &&
        (entry.fault.region === undefined || entry.fault.region === region) &&
        (entry.fault.kind !== 'invalid-token' || paged) &&
        meets(entry),
    );
    const entry = this.#active[index];
    if (entry && --entry.left <= 0) {
      this.#active.splice(index, 1);
    }
    return entry?.fault;
  }
}

/** Counts a matching request, and says whether the fault affects it. */
function meets(entry: ActiveFault): boolean {
  if (entry.toSkip > 0) {
    entry.toSkip--;
    return false;
  }
  const { probability = 1 } = entry.fault;
  return mix32(entry.seen++ + 0x9e3779b9) / 2 ** 32 < probability;
}

const text = (name: string) => v.optional(v.string(`The fault's ${name} has to be a string.`));
const number = (name: string) => v.optional(v.number(`The fault's ${name} has to be a number.`));

const faultSchema: Schema<Fault> = v.object(
  {
    kind: v.picklist(
      FAULT_KINDS,
      ({ input }) => `Unknown kind of fault: ${String(input)}. Known: ${FAULT_KINDS.join(', ')}.`,
    ),
    action: text('action'),
    region: text('region'),
    count: number('count'),
    skip: number('skip'),
    probability: v.optional(
      v.pipe(
        v.number("The fault's probability has to be a number."),
        v.check((share) => share >= 0 && share <= 1, "The fault's probability has to be from 0 to 1."),
      ),
    ),
    code: text('code'),
    message: text('message'),
    status: number('status'),
    milliseconds: number('milliseconds'),
  },
  'A fault is an object with a kind.',
);

/** Reads a fault from parsed JSON. @throws Error whose message describes the problem */
export function parseFault(value: unknown): Fault {
  return v.parse(faultSchema, value);
}
