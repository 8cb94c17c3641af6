import * as vscode from 'vscode';
import type { IdReference } from '../../code/reference.ts';
import { settings } from '../../contributions/settings.ts';
import type { Connection } from '../../ec2/port.ts';
import { ReferencedImages, type ResolvedReference } from '../../hints/referencedImages.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { Session, SessionState } from '../session/session.ts';
import { type CodeFeature, settingsEvent, showsInCode } from '../shared/settings.ts';
import type { OpenReferences } from './openReferences.ts';
import type { UnfinishedIds } from './unfinishedIds.ts';

/** Delay (ms) in which what several documents refer to is gathered. */
const gatherDelay = 100;

/** So many ids are asked for by themselves, those of visible documents first. */
const maxIds = 2_000;

/** What shows images without being asked to. A hover asks for its own. */
const features: readonly CodeFeature[] = ['inlayHints', 'codeLens', 'diagnostics'];

export interface OpenImagesParts {
  readonly references: OpenReferences;
  readonly unfinished: UnfinishedIds;
  readonly session: Session;
  readonly images: ConnectionImages;
}

/** An open connection, with what is known of the ids in code on it. */
export interface CodeConnection {
  readonly connection: Connection;
  /** The chosen ones. */
  readonly regions: readonly string[];
  readonly referenced: ReferencedImages;
}

/**
 * The images behind the ids in all open documents, asked for together. Asks nothing in an untrusted workspace, nor where
 * no setting needs the images, and shows no error: where there is no connection, nothing is known.
 */
export class OpenImages implements vscode.Disposable {
  readonly #parts: OpenImagesParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #open: (CodeConnection & { readonly abort: AbortController }) | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** More is known of some ids, or what was known no longer holds. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: OpenImagesParts) {
    this.#parts = parts;
    const { references, unfinished, session, images } = parts;
    const gather = () => this.#gather();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      references.onDidChange(gather),
      unfinished.onDidChange(gather),
      session.onDidChange(() => this.#connectionChanged()),
      images.onDidChange(({ connection }) => {
        if (connection === this.#open?.connection) {
          this.#changed.fire();
          gather();
        }
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(gather),
      vscode.window.onDidChangeActiveTextEditor(gather),
      settingsEvent(features.map((feature) => settings[feature]))(gather),
    );
    gather();
  }

  /** What is known of an id now; undefined where EC2 has not answered. */
  of(reference: IdReference): ResolvedReference | undefined {
    return this.#open?.referenced.cachedNow(reference);
  }

  /** The connection, once it is open or has failed; undefined in an untrusted workspace. Asks the user for nothing. */
  async connection(): Promise<CodeConnection | Exclude<SessionState, { readonly kind: 'open' }> | undefined> {
    if (!vscode.workspace.isTrusted) return undefined;
    const state = await this.#parts.session.settledQuietly();
    return state.kind === 'open' ? this.#on(state.connection) : state;
  }

  #on(connection: Connection): CodeConnection {
    if (this.#open?.connection !== connection) {
      this.#close();
      const regions = this.#parts.session.regions(connection);
      const referenced = new ReferencedImages({ byId: this.#parts.images.of(connection), regions });
      this.#open = { connection, regions, referenced, abort: new AbortController() };
    }
    return this.#open;
  }

  #connectionChanged(): void {
    this.#close();
    this.#changed.fire();
    if (this.#parts.session.state.kind === 'open') this.#gather();
  }

  #close(): void {
    this.#open?.abort.abort();
    this.#open = undefined;
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#ask();
    }, gatherDelay);
  }

  async #ask(): Promise<void> {
    if (!features.some(showsInCode) || this.#ids().length === 0) return;
    const open = await this.connection();
    if (!open || !('referenced' in open) || open !== this.#open) return;
    const { referenced, abort } = this.#open;
    const changed = () => {
      if (!abort.signal.aborted) this.#changed.fire();
    };
    await referenced.resolve(this.#ids(), abort.signal, changed);
    changed();
  }

  #ids(): readonly IdReference[] {
    const { references, unfinished } = this.#parts;
    const visible = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    const [seen, hidden] = [true, false].map((isSeen) =>
      references.all.filter(({ document }) => visible.has(document) === isSeen),
    );
    return [...(seen ?? []), ...(hidden ?? [])]
      .flatMap(({ document, references: found }) =>
        found.filter((reference) => reference.kind === 'id' && !unfinished.has(document, reference)),
      )
      .slice(0, maxIds) as readonly IdReference[];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#close();
    this.#subscriptions.dispose();
  }
}
