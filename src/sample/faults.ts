import * as v from 'valibot';
import type { Schema } from '../core/schemas.ts';
import { mix32 } from './data/identifiers.ts';

/** What a test may make go wrong. */
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
  /** Status 200, headers and half of the answer, and then nothing any more, while the connection stays. */
  'stall',
  /** The answer comes byte by byte, one in `milliseconds`; 1,000 unless given. */
  'drip',
  /** Status 200 and no body. */
  'empty-body',
  /** The first page of a listing again and again, which names itself as the next one. */
  'same-token',
  /** The whole list at once, whatever MaxResults says, as some EC2-compatible endpoints answer. */
  'unpaged',
  /** An HTML page with status 502, as gateways and proxies send. */
  'html',
  /** RequestExpired (STS: ExpiredToken). */
  'expired-credentials',
  /** InvalidPaginationToken, as of a token that has expired; meets only requests that carry a NextToken. */
  'invalid-token',
  /** UnauthorizedOperation (STS: AccessDenied), status 403. */
  'access-denied',
  /** AuthFailure, as in a region that the account has not opted in to. */
  'not-opted-in',
  /** An error of any `code`, `message` and `status`. */
  'error',
  /** No answer ever; the request is not carried out. */
  'hang',
  /** The request is carried out, the connection ends without an answer. */
  'drop-answer',
  /** The answer comes later by `milliseconds`. */
  'delay',
] as const;

type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Only requests for this action; all where it is left out. */
  readonly action?: string | undefined;
  readonly region?: string | undefined;
  /** How many requests it meets; until it is removed where left out. */
  readonly count?: number | undefined;
  /** How many requests pass unharmed before it meets the first. */
  readonly skip?: number | undefined;
  /** The share of requests that it meets from then on, 0 to 1; the same ones on every run. All unless given. */
  readonly probability?: number | undefined;
  /** Of an `error`; InternalError, a sentence and 400 where they are left out. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly status?: number | undefined;
  /** Of a `delay` or a `drip`. */
  readonly milliseconds?: number | undefined;
}

interface ActiveFault {
  readonly fault: Fault;
  left: number;
  toSkip: number;
  /** Requests that it could have met since it skips none. */
  seen: number;
}

/** The faults that are switched on. */
export class Faults {
  readonly #active: ActiveFault[] = [];

  /** Returns how to switch it off again. */
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
  }

  list(): Fault[] {
    return this.#active.map(({ fault, left, toSkip }) => ({
      ...fault,
      ...(Number.isFinite(left) ? { count: left } : {}),
      ...(fault.skip === undefined ? {} : { skip: toSkip }),
    }));
  }

  /** The fault that meets a request, counted down; the oldest of several. `paged`: whether it carries a NextToken. */
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

/** Counts a request that a fault could meet, and says whether it does. */
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

/** Reads a fault that came as JSON. @throws Error whose message says what is wrong with it */
export function parseFault(value: unknown): Fault {
  return v.parse(faultSchema, value);
}
