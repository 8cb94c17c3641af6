import { type AccountScope, accountScopeOf } from '../../core/accountScope.ts';
import { Emitter } from '../../core/emitter.ts';
import { AmiError, cancelled, isCancelled } from '../../core/errors.ts';
import { type Partition, partitionOf } from '../../core/regions.ts';
import type { Connection, ConnectionChoice, ConnectionPort, Identity } from '../../ec2/port.ts';
import { concernsAllCalls, isAnswer } from './obstacle.ts';

/** Reads the settings at each call. */
export interface SessionSettings {
  choice(): ConnectionChoice;
  /** Empty for the connection's default. */
  regions(): readonly string[];
}

export type SessionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly connection: Connection }
  | { readonly kind: 'noCredentials'; readonly error: AmiError }
  | { readonly kind: 'signedOut'; readonly error: AmiError }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Regions of the sample account that have more than a few images, shown until the user chooses. */
const sampleRegions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];

/** In ms: a connection that failed in the background is not opened again by itself before that. */
const quietRetryInterval = 60_000;

/** Timeout (ms) of the first wait for the account number. After it, the profile identifies the account. */
const identityTimeout = 8_000;

/**
 * The current connection. The old one is closed before another is opened, so that no answer for the old account arrives
 * later. `sessionInEditor.ts` reports changed settings.
 */
export class Session {
  readonly #connections: ConnectionPort;
  readonly #settings: SessionSettings;
  readonly #identityTimeout: number;
  readonly #changed = new Emitter();
  readonly #connectionChanged = new Emitter();
  readonly #identityChanged = new Emitter();
  readonly #wanted = new Emitter();
  #state: SessionState = { kind: 'opening' };
  /** Open, or waiting for its credentials from a program or the user. */
  #connection: Connection | undefined;
  #identity: Identity | undefined;
  /** Resolves when the account number of the open connection is known, or cannot be known. */
  #identifying: Promise<void> | undefined;
  #isIdentified = false;
  #opened: Promise<void> = Promise.resolve();
  #superseded: () => void = () => {};
  #generation = 0;
  /** Whether nobody but the background has asked for the connection. */
  #isQuiet = true;
  /** Whether the user was not asked for what the last connection needs. */
  #wasRefused = false;
  /** How many questions to the user are open. */
  #questions = 0;
  /** When the last connection was opened, or failed to open, in ms. */
  #settledAt = 0;
  readonly #answered = new Emitter();
  /** Whether AWS has answered a call of the open connection. */
  #hasAnswered = false;
  #unanswered: AmiError | undefined;

  /** Another connection, or other regions. */
  readonly onDidChange = this.#changed.event;
  /** Another connection, or none. */
  readonly onDidChangeConnection = this.#connectionChanged.event;
  /** The user has asked for the open connection, which the background alone has used before. */
  readonly onDidWant = this.#wanted.event;
  /** The account of the connection has become known. */
  readonly onDidIdentify = this.#identityChanged.event;
  /** `unanswered` has changed. */
  readonly onDidAnswer = this.#answered.event;

  constructor(connections: ConnectionPort, settings: SessionSettings, timeout = identityTimeout) {
    this.#connections = connections;
    this.#settings = settings;
    this.#identityTimeout = timeout;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Why the open connection has had no answer so far, where that is the same for all calls. */
  get unanswered(): AmiError | undefined {
    return this.#unanswered;
  }

  /** To be told of each call that was made. */
  noteCall(error: AmiError | undefined): void {
    if (this.#state.kind !== 'open' || this.#hasAnswered) {
      return;
    }
    const unanswered = error && concernsAllCalls(error) ? error : undefined;
    if (error && !unanswered && !isAnswer(error)) {
      return;
    }
    this.#hasAnswered = !unanswered;
    if (unanswered?.kind !== this.#unanswered?.kind) {
      this.#unanswered = unanswered;
      this.#answered.fire();
    }
  }

  get identity(): Identity | undefined {
    return this.#identity;
  }

  /** The current account; undefined until its number is known, or cannot be known. */
  get scope(): AccountScope | undefined {
    return this.#state.kind === 'open' && this.#isIdentified
      ? accountScopeOf(this.#state.connection, this.#identity?.account)
      : undefined;
  }

  /** The current account once it is known. Rejects where there is none, or another account has taken its place. */
  async identified(): Promise<AccountScope> {
    const connection = await this.connection();
    await this.#identifying;
    const { scope, state } = this;
    if (!scope || state.kind !== 'open' || state.connection !== connection) {
      throw cancelled({ operation: 'connect' });
    }
    return scope;
  }

  /** Asks the user for what a connection needs. Rejects while only the background needs it. */
  async askUser<T>(question: () => Promise<T>): Promise<T> {
    if (this.#isQuiet) {
      this.#wasRefused = true;
      throw new Error('The user has not asked for a connection.');
    }
    this.#questions += 1;
    try {
      return await question();
    } finally {
      this.#questions -= 1;
    }
  }

  /** Whether the user is being asked for something, which hides what else the editor asks. */
  get isAsking(): boolean {
    return this.#questions > 0;
  }

  /**
   * The state once a connection under way is open or has failed; opens one when there is none. For what the user has
   * begun, or looks at.
   */
  settled(): Promise<SessionState> {
    this.#wake();
    if (this.#generation === 0) {
      this.reopen();
    }
    return this.#settled();
  }

  /**
   * `settled` for what works in the background. While nothing else needs the connection, the user is asked for no code of
   * an MFA device, and what has failed is tried again after a while.
   */
  settledQuietly(): Promise<SessionState> {
    const isOld = this.#hasFailed && performance.now() - this.#settledAt > quietRetryInterval;
    if (this.#generation === 0 || (this.#isQuiet && isOld)) {
      this.reopen();
    }
    return this.#settled();
  }

  /** Whether the background alone has needed the connection so far: the user is not told that there is none. */
  get isQuiet(): boolean {
    return this.#isQuiet;
  }

  get #hasFailed(): boolean {
    return this.#state.kind !== 'open' && this.#state.kind !== 'opening';
  }

  /** The user has asked for the connection: what it may have lacked only for that is tried again. */
  #wake(): void {
    if (!this.#isQuiet) {
      return;
    }
    this.#isQuiet = false;
    if (this.#state.kind === 'open') {
      this.#state.connection.userActed();
      this.#wanted.fire();
    } else if (this.#generation > 0 && this.#hasFailed) {
      this.reopen();
    }
  }

  async #settled(): Promise<SessionState> {
    let awaited: Promise<void>;
    do {
      awaited = this.#opened;
      await awaited;
    } while (awaited !== this.#opened);
    return this.#state;
  }

  /** The open connection. Rejects with the error that prevents one. */
  async connection(): Promise<Connection> {
    return connectionOf(await this.settled());
  }

  /** `connection` for what works in the background, see `settledQuietly`. */
  async connectionQuietly(): Promise<Connection> {
    return connectionOf(await this.settledQuietly());
  }

  /** The chosen regions of the connection's partition, or else its default ones. */
  regions(connection: Connection): readonly string[] {
    const partition = this.partition(connection);
    const chosen = this.#settings.regions().filter((region) => partitionOf(region) === partition);
    if (chosen.length > 0) {
      return chosen;
    }
    if (connection.choice.kind === 'sample') {
      return sampleRegions;
    }
    const home = connection.defaultRegionAmong([]);
    return [partitionOf(home) === partition ? home : connection.defaultRegion];
  }

  partition(connection: Connection): Partition {
    return partitionOf(connection.defaultRegion);
  }

  /** Lets the connection ask the user again for what they have not given, such as an MFA code. */
  userActed(): void {
    this.#wake();
    if (this.#state.kind === 'open') {
      this.#state.connection.userActed();
    }
  }

  /** For a change of the chosen regions. Those of another partition need another connection. */
  regionsChanged(): void {
    const state = this.#state;
    if (state.kind === 'open' && this.#likeliestPartition(state.connection) === this.partition(state.connection)) {
      this.#changed.fire();
    } else {
      this.reopen();
    }
  }

  #likeliestPartition(connection: Connection): Partition {
    return partitionOf(connection.defaultRegionAmong(this.#settings.regions()));
  }

  reopen(): void {
    this.#generation += 1;
    const generation = this.#generation;
    this.#close();
    this.#identity = undefined;
    this.#isIdentified = false;
    this.#hasAnswered = false;
    this.#unanswered = undefined;
    this.#set({ kind: 'opening' });
    // Callers that wait for the replaced connection wait for this one now.
    this.#superseded();
    this.#opened = new Promise((resolve) => {
      this.#superseded = resolve;
      void this.#open(generation).finally(resolve);
    });
  }

  async #open(generation: number): Promise<void> {
    this.#wasRefused = false;
    try {
      const connection = await this.#connections.open(this.#settings.choice(), this.#settings.regions());
      if (generation !== this.#generation) {
        connection.close();
        return;
      }
      this.#connection = connection;
      await connection.checkCredentials();
      if (generation === this.#generation) {
        this.#set({ kind: 'open', connection });
        this.#identifying = this.#identify(connection);
      }
    } catch (error) {
      if (generation === this.#generation) {
        this.#close();
        if (this.#wasRefused && !this.#isQuiet) {
          // The user has asked for the connection meanwhile.
          this.reopen();
        } else {
          this.#set(failedState(error));
        }
      }
    }
  }

  /** An endpoint may not know GetCallerIdentity: the session goes on without a number. A late answer is still taken. */
  async #identify(connection: Connection): Promise<void> {
    const setIdentity = (identity: Identity | undefined) => {
      if (this.#state.kind === 'open' && this.#state.connection === connection) {
        this.#identity = identity;
        this.#isIdentified = true;
        this.#identityChanged.fire();
      }
    };
    const answered = connection.ec2.identity(new AbortController().signal).then(setIdentity, (error: unknown) => {
      if (!isCancelled(error)) {
        setIdentity(undefined);
      }
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        setIdentity(undefined);
        resolve();
      }, this.#identityTimeout);
    });
    await Promise.race([answered.finally(() => clearTimeout(timer)), late]);
  }

  #set(state: SessionState): void {
    this.#state = state;
    this.#settledAt = performance.now();
    this.#connectionChanged.fire();
    this.#changed.fire();
  }

  #close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  dispose(): void {
    this.#generation += 1;
    this.#close();
    this.#superseded();
    for (const emitter of [
      this.#changed,
      this.#connectionChanged,
      this.#identityChanged,
      this.#wanted,
      this.#answered,
    ]) {
      emitter.dispose();
    }
  }
}

function connectionOf(state: SessionState): Connection {
  if (state.kind === 'open') {
    return state.connection;
  }
  throw state.kind === 'opening' ? cancelled({ operation: 'connect' }) : state.error;
}

/** The state once the connection is open or has failed, or after `timeout` ms. */
export async function openedSoon(session: Session, timeout: number): Promise<SessionState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeout);
  });
  await Promise.race([session.settled(), late]);
  clearTimeout(timer);
  return session.state;
}

function failedState(error: unknown): SessionState {
  if (error instanceof AmiError && error.kind === 'no-credentials') {
    return { kind: 'noCredentials', error };
  }
  return error instanceof AmiError && error.signIn ? { kind: 'signedOut', error } : { kind: 'failed', error };
}
