import type { SendingWatch, Trace } from '../core/lostAnswers.ts';
import type { ImageActions } from '../ec2/actionPort.ts';
import type { ImageReader, InstanceReader, StorageReader } from '../ec2/port.ts';

/** One request, about one item: an image or an instance, by its id. */
export interface ActionCall<Request> {
  readonly item: string;
  readonly region: string;
  readonly request: Request;
}

/** One fact of what is going to happen. Rows of one item stand together; those without one are about all items. */
export interface Row<Fact, Step> {
  readonly item: string | undefined;
  readonly fact: Fact;
  /** Where it was decided; undefined: it is as it is. */
  readonly step: Step | undefined;
  /** Whoever confirms the plan must not miss it. */
  readonly isWarning?: boolean;
}

export interface Plan<Request, Fact, Step> {
  readonly rows: readonly Row<Fact, Step>[];
  readonly calls: readonly ActionCall<Request>[];
}

/** What a plan may have to ask for. */
export type Readers = ImageReader & InstanceReader & StorageReader;

/** All that an action deals in: each of them has types of its own. */
export interface ActionTypes {
  /** What it is done to. */
  readonly target: unknown;
  /** Why it cannot be done to a target. */
  readonly reason: unknown;
  /** What the user decides. */
  readonly input: unknown;
  readonly request: unknown;
  /** What a request that was not answered may have made is told by, but for the time. */
  readonly soughtBy: object;
  readonly fact: unknown;
  /** Where the user decides. */
  readonly step: string;
}

/** What is told of the sending of a request; undefined for one that may be repeated. */
export type Watch<T extends ActionTypes> = SendingWatch<T['soughtBy'] & Trace> | undefined;

/**
 * Something that changes AWS, as data. What it says are kinds and facts: words for them have the surfaces, which all read the
 * same descriptor.
 */
export interface Action<T extends ActionTypes> {
  readonly id: string;
  /** The name of EC2's call. */
  readonly operation: string;
  /** Why it cannot be done; undefined: it can. */
  appliesTo(target: T['target']): T['reason'] | undefined;
  /** Everything that is going to happen. Rejects with AmiError where a reader does. */
  plan(input: T['input'], readers: Readers, signal: AbortSignal): Promise<Plan<T['request'], T['fact'], T['step']>>;
  /**
   * Resolves when EC2 says that the request would succeed; with the id of what was made where the endpoint knows no dry run.
   * Rejects with AmiError.
   */
  dryRun(ec2: ImageActions, request: T['request'], watch: Watch<T>): Promise<string | undefined>;
  /** Resolves with the id of what was made or changed. Rejects with AmiError. */
  run(ec2: ImageActions, request: T['request'], watch: Watch<T>): Promise<string>;
  /** How doing it twice is avoided when an answer is lost: what it made is looked for, or doing it again changes nothing. */
  readonly once: ((request: T['request']) => T['soughtBy']) | 'repeatable';
}
