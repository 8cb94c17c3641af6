import { type AccountScope, accountScopeOf } from '../../core/accountScope.ts';
import { Emitter } from '../../core/emitter.ts';
import { AmiError, cancelled, isCancelled } from '../../core/errors.ts';
import { type Partition, partitionOf } from '../../core/regions.ts';
import type { Connection, ConnectionChoice, ConnectionPort, Identity } from '../../ec2/port.ts';

/** What the user has set, as it is when it is asked for. */
export interface SessionSettings {
  choice(): ConnectionChoice;
  /** Empty where the connection's own default counts. */
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

/** How long (ms) what belongs to an account waits to be told whose it is; then the profile stands for it. */
const identityTimeout = 8_000;

/**
 * The connection in force. Before it is opened anew the old one is closed, so nothing of the old account arrives afterwards.
 * `sessionInEditor.ts` tells it when the settings have changed.
 */
export class Session {
  readonly #connections: ConnectionPort;
  readonly #settings: SessionSettings;
  readonly #identityTimeout: number;
  readonly #changed = new Emitter();
  readonly #connectionChanged = new Emitter();
  readonly #identityChanged = new Emitter();
  #state: SessionState = { kind: 'opening' };
  /** Open, or asked for its credentials, which may take a program or the user. */
  #connection: Connection | undefined;
  #identity: Identity | undefined;
  /** Ends when it is known whose the open connection is, or that the endpoint does not tell. */
  #identifying: Promise<void> | undefined;
  #isIdentified = false;
  #opened: Promise<void> = Promise.resolve();
  #superseded: () => void = () => {};
  #generation = 0;

  /** Another connection, or other regions: what was shown no longer counts. */
  readonly onDidChange = this.#changed.event;
  /** Another connection, or none. */
  readonly onDidChangeConnection = this.#connectionChanged.event;
  /** The account behind the connection has become known. */
  readonly onDidIdentify = this.#identityChanged.event;

  constructor(connections: ConnectionPort, settings: SessionSettings, patience = identityTimeout) {
    this.#connections = connections;
    this.#settings = settings;
    this.#identityTimeout = patience;
  }

  get state(): SessionState {
    return this.#state;
  }

  get identity(): Identity | undefined {
    return this.#identity;
  }

  /** The account in force; undefined until it is known, or known that the endpoint does not tell its number. */
  get scope(): AccountScope | undefined {
    return this.#state.kind === 'open' && this.#isIdentified
      ? accountScopeOf(this.#state.connection, this.#identity?.account)
      : undefined;
  }

  /** The account in force, once it is known; rejects where there is none, or another one meanwhile. */
  async identified(): Promise<AccountScope> {
    const connection = await this.connection();
    await this.#identifying;
    const { scope, state } = this;
    if (!scope || state.kind !== 'open' || state.connection !== connection) {
      throw cancelled({ operation: 'connect' });
    }
    return scope;
  }

  /** The state once a connection under way is open or has failed; opens one when there is none. */
  async settled(): Promise<SessionState> {
    if (this.#generation === 0) {
      this.reopen();
    }
    let awaited: Promise<void>;
    do {
      awaited = this.#opened;
      await awaited;
    } while (awaited !== this.#opened);
    return this.#state;
  }

  /** The open connection; rejects with the error that prevents it. */
  async connection(): Promise<Connection> {
    const state = await this.settled();
    if (state.kind === 'open') {
      return state.connection;
    }
    throw state.kind === 'opening' ? cancelled({ operation: 'connect' }) : state.error;
  }

  /** The regions to show: those chosen that are in the connection's partition, or its default. */
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

  /** What failed for want of the user may be tried again. */
  userActed(): void {
    if (this.#state.kind === 'open') {
      this.#state.connection.userActed();
    }
  }

  /** The user has chosen other regions: those of another partition are asked by another connection. */
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
    this.#set({ kind: 'opening' });
    // Whoever waits for the connection that this one replaces waits for this one.
    this.#superseded();
    this.#opened = new Promise((resolve) => {
      this.#superseded = resolve;
      void this.#open(generation).finally(resolve);
    });
  }

  async #open(generation: number): Promise<void> {
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
        this.#set(failedState(error));
      }
    }
  }

  /**
   * Who one is does not hold up what there is to see for long; an endpoint that cannot tell is no failure, and one that
   * tells it late is heard.
   */
  async #identify(connection: Connection): Promise<void> {
    const tell = (identity: Identity | undefined) => {
      if (this.#state.kind === 'open' && this.#state.connection === connection) {
        this.#identity = identity;
        this.#isIdentified = true;
        this.#identityChanged.fire();
      }
    };
    const answered = connection.ec2.identity(new AbortController().signal).then(tell, (error: unknown) => {
      if (!isCancelled(error)) {
        tell(undefined);
      }
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        tell(undefined);
        resolve();
      }, this.#identityTimeout);
    });
    await Promise.race([answered.finally(() => clearTimeout(timer)), late]);
  }

  #set(state: SessionState): void {
    this.#state = state;
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
    for (const emitter of [this.#changed, this.#connectionChanged, this.#identityChanged]) {
      emitter.dispose();
    }
  }
}

/** The state once the connection under way is open or has failed, or after so many ms: nothing that is drawn waits longer. */
export async function openedSoon(session: Session, patience: number): Promise<SessionState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
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
