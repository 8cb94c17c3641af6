import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CreateImageRequest, SoughtImage } from '../../core/createImage.ts';
import { isCancelled } from '../../core/errors.ts';
import type { Image } from '../../core/image.ts';
import type { Connection, CreationWatch } from '../../ec2/port.ts';
import type { Session } from '../session.ts';
import { belongsTo, placeOf, type RecordedPlace } from './pendingStore.ts';
import { RecordFolder } from './recordFolder.ts';
import { RegionWatch } from './regionWatch.ts';

/** A request that may have made an image, until it is known whether it has. */
export interface SoughtRecord extends SoughtImage, RecordedPlace {
  readonly id: string;
  /** It was a dry run: only an endpoint that knows none has made anything. */
  readonly dryRun: boolean;
  /** Until then (milliseconds since 1970) the window that has sent it waits for the answer itself. */
  readonly heldUntil: number;
  /** Until then (milliseconds since 1970) it is looked for. */
  readonly soughtUntil: number;
}

export interface SoughtImagesDeps {
  readonly session: Pick<Session, 'state' | 'identity' | 'settled' | 'onDidChange' | 'onDidIdentify'>;
  /** Where records are kept over restarts of the editor. */
  readonly folder: string;
  /** It has shown; whoever is told watches it from now on. */
  readonly onFound: (connection: Connection, sought: SoughtRecord, image: Image) => void;
  /** It has not shown for as long as it is looked for. */
  readonly onGivenUp: (sought: SoughtRecord) => void;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** How long (ms) an image is looked for. */
export const soughtFor = 15 * 60_000;

/** As long (ms) as that, other windows leave it to the one that has sent the request; most answers come within seconds. */
const heldFor = 45_000;

/** One request on its way, for whoever sends it. */
export interface Sending extends CreationWatch {
  readonly id: string;
  /** Whether a request has gone out that may make an image. */
  readonly sent: boolean;
  /** The image is there. */
  made(): void;
  /** Nothing was made, of this request at least: what became of an earlier one is still not known. */
  refused(): void;
  /** Nobody knows: it is looked for from now on. */
  unanswered(): void;
}

/**
 * What was sent and not answered. It is written down before a request goes out, so that neither the end of the window nor
 * another account loses it, and the image is looked for until it shows or a quarter of an hour has passed. Nothing is ever
 * sent again from here.
 */
export class SoughtImages implements vscode.Disposable {
  readonly #deps: SoughtImagesDeps;
  readonly #store: RecordFolder<SoughtRecord>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly #watches = new Map<string, RegionWatch>();
  /** Sent by this window, which waits for the answer. */
  readonly #held = new Set<string>();
  #connection: Connection | undefined;
  /** Whether the account behind the connection is known, or known not to be told. */
  #identified = false;

  /** What is looked for has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: SoughtImagesDeps) {
    this.#deps = deps;
    this.#store = new RecordFolder(join(deps.folder, 'sought'), isSought);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      deps.session.onDidChange(() => this.#connect()),
      deps.session.onDidIdentify(() => {
        this.#identified = true;
        this.#resume();
      }),
    );
    this.#connect();
    if (this.#store.all.length > 0) {
      void deps.session.settled();
    }
  }

  /** What is looked for through the connection in force. */
  get sought(): readonly SoughtRecord[] {
    return this.#records().filter((record) => !this.#isHeld(record));
  }

  /** For a request that is about to be sent through a connection. */
  sending(connection: Connection, request: CreateImageRequest, dryRun: boolean): Sending {
    const account = this.#connection === connection ? this.#deps.session.identity?.account : undefined;
    const earlier = this.#store.all.find(
      (record) =>
        record.region === request.region &&
        record.instanceId === request.instanceId &&
        record.name === request.name &&
        belongsTo(record, connection, account),
    );
    const id = earlier?.id ?? randomUUID();
    const seek = (record: SoughtRecord | undefined) => {
      this.#held.delete(id);
      if (record) {
        this.#store.add({ ...record, heldUntil: 0 });
        if (this.#connection === connection) {
          void this.#watchOf(connection, request.region).lookNow();
        }
      } else {
        this.#store.remove(id);
      }
      this.#changed.fire();
    };
    const sending = {
      id,
      earlier,
      sent: false,
      onSending: (sought: SoughtImage) => {
        sending.sent = true;
        this.#held.add(id);
        const now = Date.now();
        this.#store.add({
          ...sought,
          ...placeOf(connection, account),
          id,
          // What was not answered before may still show: it stays a creation where it was one.
          dryRun: dryRun && (earlier?.dryRun ?? true),
          heldUntil: now + heldFor,
          soughtUntil: now + soughtFor,
        });
        this.#changed.fire();
      },
      made: () => seek(undefined),
      // What became of the earlier one may have shown meanwhile.
      refused: () => seek(sending.sent || this.#store.has(id) ? earlier : undefined),
      unanswered: () => seek(this.#store.all.find((record) => record.id === id)),
    };
    return sending;
  }

  /** Looks at once; whether it has shown. */
  async lookNow(id: string): Promise<boolean> {
    const record = this.#records().find((candidate) => candidate.id === id);
    if (record && this.#connection) {
      await this.#watchOf(this.#connection, record.region).lookNow();
    }
    return !this.#store.has(id);
  }

  /** Stops looking. */
  cancel(id: string): void {
    this.#store.remove(id);
    this.#changed.fire();
  }

  #isHeld(record: SoughtRecord): boolean {
    return this.#held.has(record.id) || record.heldUntil > Date.now();
  }

  #connect(): void {
    const { state } = this.#deps.session;
    const connection = state.kind === 'open' ? state.connection : undefined;
    if (connection !== this.#connection) {
      this.#stop();
      this.#connection = connection;
      this.#identified = this.#deps.session.identity !== undefined;
      this.#resume();
    }
  }

  #resume(): void {
    const connection = this.#connection;
    if (connection) {
      for (const region of new Set(this.#records().map((record) => record.region))) {
        void this.#watchOf(connection, region).lookNow();
      }
    }
    this.#changed.fire();
  }

  #stop(): void {
    for (const watch of this.#watches.values()) {
      watch.stop();
    }
    this.#watches.clear();
  }

  #records(region?: string): readonly SoughtRecord[] {
    const connection = this.#connection;
    const account = this.#deps.session.identity?.account;
    return connection
      ? this.#store.all.filter(
          (record) =>
            (!region || record.region === region) &&
            (this.#identified || !record.account) &&
            belongsTo(record, connection, account),
        )
      : [];
  }

  #watchOf(connection: Connection, region: string): RegionWatch {
    let watch = this.#watches.get(region);
    if (!watch) {
      watch = new RegionWatch((signal) => this.#look(connection, region, signal));
      this.#watches.set(region, watch);
    }
    return watch;
  }

  /** One look for all that is sought in a region; gives whether anything is left. */
  async #look(connection: Connection, region: string, signal: AbortSignal): Promise<boolean> {
    for (const record of this.#records(region).filter((candidate) => !this.#isHeld(candidate))) {
      try {
        const image = await connection.ec2.findCreated(record, signal);
        if (signal.aborted || !this.#store.has(record.id)) {
          continue;
        }
        if (image) {
          this.cancel(record.id);
          this.#deps.onFound(connection, record, image);
        } else if (Date.now() > record.soughtUntil) {
          this.cancel(record.id);
          this.#deps.onGivenUp(record);
        }
      } catch (error) {
        if (signal.aborted || isCancelled(error)) {
          return false;
        }
        this.#deps.log.warn(
          `Looking for "${record.name}" in ${region}: ${error instanceof Error ? error.message : String(error)}`,
        );
        if (Date.now() > record.soughtUntil) {
          this.cancel(record.id);
          this.#deps.onGivenUp(record);
        }
      }
    }
    return this.#records(region).length > 0;
  }

  dispose(): void {
    this.#stop();
    this.#subscriptions.dispose();
  }
}

function isSought(value: unknown): value is SoughtRecord {
  const text = (key: string) => typeof Reflect.get(value as object, key) === 'string';
  const number = (key: string) => typeof Reflect.get(value as object, key) === 'number';
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'region', 'name', 'instanceId'].every(text) &&
    ['since', 'heldUntil', 'soughtUntil'].every(number) &&
    (Reflect.get(value, 'before') === undefined || Array.isArray(Reflect.get(value, 'before')))
  );
}
