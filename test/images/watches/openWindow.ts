import { accountScopeOf } from '../../../src/core/accountScope.ts';
import type { Connection, Identity } from '../../../src/ec2/port.ts';
import type { ConnectionImages, ImageChange } from '../../../src/images/connectionImages.ts';
import type { WatchSession } from '../../../src/images/watches/accountRecords.ts';
import { imageBeingMade } from '../../../src/images/watches/imageBeingMade.ts';
import { ImageCreations } from '../../../src/images/watches/imageCreations.ts';
import { unansweredCreation } from '../../../src/images/watches/unansweredCreation.ts';
import type { WatchEvent } from '../../../src/images/watches/watchEvent.ts';
import { Watches } from '../../../src/images/watches/watches.ts';
import { watchFoldersIn } from '../../../src/images/watches/watchFolders.ts';
import type { AnyWatchKind } from '../../../src/images/watches/watchKind.ts';

/** The part of a window's session that watches use. */
class Session implements WatchSession {
  state: { readonly kind: string; readonly connection?: Connection } = { kind: 'opening' };
  identity: Identity | undefined;
  isIdentified = false;
  /** How often a connection was asked for. */
  asked = 0;
  readonly #connected: (() => void)[] = [];
  readonly #identified: (() => void)[] = [];

  get scope() {
    const { connection } = this.state;
    return connection && this.isIdentified ? accountScopeOf(connection, this.identity?.account) : undefined;
  }

  async settled(): Promise<void> {
    this.asked += 1;
  }

  onDidChangeConnection(listener: () => void) {
    this.#connected.push(listener);
    return { dispose() {} };
  }

  onDidIdentify(listener: () => void) {
    this.#identified.push(listener);
    return { dispose() {} };
  }

  connect(connection: Connection | undefined): void {
    this.identity = undefined;
    this.isIdentified = false;
    this.state = connection ? { kind: 'open', connection } : { kind: 'opening' };
    for (const listener of this.#connected) listener();
  }

  /** AWS has said, or refused to say, which account it is. */
  identify(account: string | undefined): void {
    this.identity = account === undefined ? undefined : { account, arn: '' };
    this.isIdentified = true;
    for (const listener of this.#identified) listener();
  }
}

/** The watches of one window, without an editor. */
export interface Window {
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly watches: Watches;
  readonly creations: ImageCreations;
  readonly events: readonly WatchEvent[];
  /** The changes of images that were fired. */
  readonly changes: readonly ImageChange[];
  readonly warnings: readonly string[];
  /** Of each watch that is over: its kind, and the state of its image. */
  readonly outcomes: readonly (readonly [string, unknown])[];
}

/** @param storage the folder that windows share */
export function openWindow(
  storage: string,
  images: ConnectionImages,
  kinds: readonly AnyWatchKind[] = [imageBeingMade, unansweredCreation],
): Window {
  const session = new Session();
  const events: WatchEvent[] = [];
  const changes: ImageChange[] = [];
  images.onDidChange((change) => changes.push(change));
  const warnings: string[] = [];
  const watches = new Watches({
    session,
    images,
    folders: watchFoldersIn(storage),
    kinds,
    tell: (event) => events.push(event),
    log: { warn: (message) => warnings.push(message) },
    intervals: { shortest: 30, longest: 100 },
    lookTimeout: 500,
  });
  return {
    session,
    images,
    watches,
    creations: new ImageCreations(watches),
    events,
    changes,
    warnings,
    get outcomes() {
      return events.flatMap((event) =>
        event.kind === 'over' ? event.ended.map(({ record, outcome }) => [record.kind, outcome] as const) : [],
      );
    },
  };
}
