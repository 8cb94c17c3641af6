import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { SoughtImage } from '../../core/createImage.ts';
import { isCancelled } from '../../core/errors.ts';
import type { Image } from '../../core/image.ts';
import type { Connection } from '../../ec2/port.ts';
import { RecordFolder } from '../../images/recordFolder.ts';
import type { Sending, SoughtBy } from '../../images/watches/imageCreations.ts';
import type { Session } from '../session.ts';
import { AccountRecords } from './accountRecords.ts';
import type { AccountRecord } from './recordedPlace.ts';

/** A request that may have made an image, until it is known whether it has. */
export interface SoughtRecord extends SoughtImage, AccountRecord {
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

/**
 * What was sent and not answered. It is written down before a request goes out, so that neither the end of the window nor
 * another account loses it, and the image is looked for until it shows or a quarter of an hour has passed. Nothing is ever
 * sent again from here.
 */
export class SoughtImages implements vscode.Disposable {
  readonly #deps: SoughtImagesDeps;
  readonly #records: AccountRecords<SoughtRecord>;
  /** Sent by this window, which waits for the answer. */
  readonly #held = new Set<string>();

  constructor(deps: SoughtImagesDeps) {
    this.#deps = deps;
    this.#records = new AccountRecords({
      session: deps.session,
      store: new RecordFolder(join(deps.folder, 'sought'), isSought),
      look: (connection, region, signal) => this.#look(connection, region, signal),
    });
  }

  /** What is looked for has changed. */
  get onDidChange(): vscode.Event<void> {
    return this.#records.onDidChange;
  }

  /** What is looked for through the connection in force. */
  get sought(): readonly SoughtRecord[] {
    return this.#records.in().filter((record) => !this.#isHeld(record));
  }

  /** For a request that is about to be sent through a connection. */
  sending(connection: Connection, request: SoughtBy, dryRun: boolean): Sending {
    const earlier = this.#records
      .of(connection)
      .find(
        ({ region, instanceId, name }) =>
          region === request.region && instanceId === request.instanceId && name === request.name,
      );
    const id = earlier?.id ?? randomUUID();
    const seek = (record: SoughtRecord | undefined) => {
      this.#held.delete(id);
      if (record) {
        this.#records.add(connection, { ...record, heldUntil: 0 });
        void this.#records.lookNow(request.region, connection);
      } else {
        this.#records.remove(id);
      }
    };
    const sending = {
      id,
      earlier,
      underWay: earlier !== undefined && this.#isHeld(earlier),
      sent: false,
      onSending: (sought: SoughtImage) => {
        sending.sent = true;
        this.#held.add(id);
        const now = Date.now();
        this.#records.add(connection, {
          ...sought,
          ...this.#records.placeIn(connection),
          id,
          // What was not answered before may still show: it stays a creation where it was one.
          dryRun: dryRun && (earlier?.dryRun ?? true),
          heldUntil: now + heldFor,
          soughtUntil: now + soughtFor,
        });
      },
      made: () => seek(undefined),
      // What became of the earlier one may have shown meanwhile.
      refused: () => seek(sending.sent || this.#records.get(id) ? earlier : undefined),
      unanswered: () => seek(this.#records.get(id)),
    };
    return sending;
  }

  /** Looks at once; whether it has shown. */
  async lookNow(id: string): Promise<boolean> {
    const record = this.#records.in().find((candidate) => candidate.id === id);
    if (record) {
      await this.#records.lookNow(record.region);
    }
    return this.#records.get(id) === undefined;
  }

  /** Stops looking. */
  cancel(id: string): void {
    this.#records.remove(id);
  }

  #isHeld(record: SoughtRecord): boolean {
    return this.#held.has(record.id) || record.heldUntil > Date.now();
  }

  /** One look for all that is sought in a region; gives whether anything is left. */
  async #look(connection: Connection, region: string, signal: AbortSignal): Promise<boolean> {
    for (const record of this.#records.in(region).filter((candidate) => !this.#isHeld(candidate))) {
      try {
        const image = await connection.ec2.findCreated(record, signal);
        if (signal.aborted || !this.#records.get(record.id)) {
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
    return this.#records.in(region).length > 0;
  }

  dispose(): void {
    this.#records.dispose();
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
