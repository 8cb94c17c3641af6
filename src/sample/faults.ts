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
  /** An HTML page with status 502, as gateways and proxies send. */
  'html',
  /** RequestExpired (STS: ExpiredToken). */
  'expired-credentials',
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
  /** Of an `error`; InternalError, a sentence and 400 where they are left out. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly status?: number | undefined;
  /** Of a `delay`. */
  readonly milliseconds?: number | undefined;
}

/** The faults that are switched on. */
export class Faults {
  readonly #active: { fault: Fault; left: number }[] = [];

  /** Returns how to switch it off again. */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.count ?? Number.POSITIVE_INFINITY };
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
    return this.#active.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, count: left } : fault));
  }

  /** The fault that meets a request, counted down; the oldest of several. */
  take(action: string, region: string): Fault | undefined {
    const index = this.#active.findIndex(
      ({ fault }) =>
        (fault.action === undefined || fault.action === action) &&
        (fault.region === undefined || fault.region === region),
    );
    const entry = this.#active[index];
    if (entry && --entry.left <= 0) {
      this.#active.splice(index, 1);
    }
    return entry?.fault;
  }
}

/** Reads a fault that came as JSON. @throws Error whose message says what is wrong with it */
export function parseFault(value: unknown): Fault {
  if (typeof value !== 'object' || value === null) {
    throw new Error('A fault is an object with a kind.');
  }
  const { kind, action, region, count, code, message, status, milliseconds } = value as Record<keyof Fault, unknown>;
  const known = FAULT_KINDS.find((candidate) => candidate === kind);
  if (!known) {
    throw new Error(`Unknown kind of fault: ${String(kind)}. Known: ${FAULT_KINDS.join(', ')}.`);
  }
  return {
    kind: known,
    action: optional(action, 'string', 'action'),
    region: optional(region, 'string', 'region'),
    count: optional(count, 'number', 'count'),
    code: optional(code, 'string', 'code'),
    message: optional(message, 'string', 'message'),
    status: optional(status, 'number', 'status'),
    milliseconds: optional(milliseconds, 'number', 'milliseconds'),
  };
}

function optional(value: unknown, type: 'string', name: string): string | undefined;
function optional(value: unknown, type: 'number', name: string): number | undefined;
function optional(value: unknown, type: string, name: string): unknown {
  if (value !== undefined && typeof value !== type) {
    throw new Error(`The fault's ${name} has to be a ${type}.`);
  }
  return value;
}
