import * as vscode from 'vscode';
import type { IdReference, ParameterReference } from '../../code/reference.ts';
import { settings } from '../../contributions/settings.ts';
import type { Connection } from '../../ec2/port.ts';
import { LookupAnswers } from '../../hints/lookupAnswers.ts';
import { NewerImages } from '../../hints/newerImages.ts';
import { ParameterImages, type ResolvedParameter } from '../../hints/parameterImages.ts';
import { ReferencedImages, type ResolvedReference } from '../../hints/referencedImages.ts';
import type { ImageFacts } from '../../hints/rules/imageFacts.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { SameImage } from '../../images/sameImage.ts';
import type { Session, SessionState } from '../session/session.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { type CodeFeature, settingsEvent, showsInCode } from '../shared/settings.ts';
import type { OpenReferences } from './openReferences.ts';
import type { UnfinishedIds } from './unfinishedIds.ts';

/** Delay (ms) in which what several documents refer to is gathered. */
const gatherDelay = 100;

/** So many different references are asked for by themselves, those of visible documents first. */
const maxReferences = 2_000;

/** How long (ms) what was asked for is left alone while a text is edited: as long as the shortest-lived answer lives. */
const askInterval = 5_000;

/** What shows images without being asked to, and what shows newer ones. A hover asks for its own. */
const imageFeatures: readonly CodeFeature[] = ['inlayHints', 'codeLens', 'diagnostics'];
const newerFeatures: readonly CodeFeature[] = ['codeLens', 'diagnostics'];

export interface OpenImagesParts {
  readonly references: OpenReferences;
  readonly unfinished: UnfinishedIds;
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly publishers: PublisherSettings;
}

/** An open connection, with what is known on it of images in code. */
export interface CodeConnection {
  readonly kind: 'open';
  readonly connection: Connection;
  /** The chosen ones. */
  readonly regions: readonly string[];
  readonly referenced: ReferencedImages;
  readonly parameters: ParameterImages;
  /** Asked by hovers and fixes alone. */
  readonly lookups: LookupAnswers;
  /** Asked by fixes alone. */
  readonly same: SameImage;
  readonly newer: NewerImages;
  /** Aborted when the connection, or its regions, are no longer those in force. */
  readonly signal: AbortSignal;
}

interface OwnConnection extends CodeConnection {
  readonly abort: AbortController;
  /** When each reference was asked for, by its key, in milliseconds since 1970. */
  readonly asked: Map<string, number>;
}

/** Why there is no connection. */
export type NoCodeConnection = { readonly kind: 'untrusted' } | Exclude<SessionState, { readonly kind: 'open' }>;

/**
 * The images behind the ids and public parameters in all open documents, asked for together. Asks nothing in an untrusted workspace, nor where
 * no setting needs the images, and shows no error: where there is no connection, nothing is known.
 */
export class OpenImages implements vscode.Disposable {
  readonly #parts: OpenImagesParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #open: OwnConnection | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** More is known of some ids, or what was known no longer holds. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: OpenImagesParts) {
    this.#parts = parts;
    const { references, unfinished, session, images, publishers } = parts;
    const gather = () => this.#gather();
    const askAgain = () => {
      this.#open?.asked.clear();
      gather();
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      references.onDidChange(gather),
      unfinished.onDidChange(gather),
      session.onDidChange(() => this.#connectionChanged()),
      images.onDidChange((change) => {
        if (change.connection === this.#open?.connection) {
          // One that is still being made takes no other's place, and is seen again and again.
          if (change.kind === 'gone' || change.image?.state !== 'pending') this.#open.newer.forget(change.ref);
          this.#changed.fire();
          askAgain();
        }
      }),
      images.onDidClear((connection) => {
        if (connection === this.#open?.connection) this.#connectionChanged();
      }),
      session.onDidIdentify(() => this.#changed.fire()),
      publishers.onDidChange(() => this.#changed.fire()),
      vscode.workspace.onDidGrantWorkspaceTrust(gather),
      vscode.window.onDidChangeActiveTextEditor(gather),
      settingsEvent(imageFeatures.map((feature) => settings[feature]))(askAgain),
    );
    gather();
  }

  /** What is known of an id now; undefined where EC2 has not answered. */
  of(reference: IdReference): ResolvedReference | undefined {
    return this.#open?.referenced.cachedNow(reference);
  }

  /** As `of`, of a public parameter. */
  ofParameter(reference: ParameterReference): ResolvedParameter | undefined {
    return this.#open?.parameters.cachedNow(reference);
  }

  /** What findings ask for. Newer images are known of those in open documents, and of what a hover has asked for. */
  facts(): ImageFacts {
    const { session, publishers } = this.#parts;
    return {
      newer: (image) => this.#open?.newer.newerNow(image),
      account: session.identity?.account,
      publishers: publishers.publishers,
      now: Date.now(),
    };
  }

  /** The connection, once it is open or has failed. Asks the user for nothing. */
  async connection(): Promise<OwnConnection | NoCodeConnection> {
    if (!vscode.workspace.isTrusted) return { kind: 'untrusted' };
    const state = await this.#parts.session.settledQuietly();
    return state.kind === 'open' ? this.#on(state.connection) : state;
  }

  #on(connection: Connection): OwnConnection {
    if (this.#open?.connection !== connection) {
      this.#close();
      const { ec2 } = connection;
      const regions = this.#parts.session.regions(connection);
      const byId = this.#parts.images.of(connection);
      const abort = new AbortController();
      this.#open = {
        kind: 'open',
        connection,
        regions,
        referenced: new ReferencedImages({ byId, regions }),
        parameters: new ParameterImages({ ec2, byId, regions }),
        lookups: new LookupAnswers(ec2),
        same: new SameImage(ec2),
        newer: new NewerImages(ec2),
        signal: abort.signal,
        abort,
        asked: new Map(),
      };
    }
    return this.#open;
  }

  /** All that is known is asked for again. */
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
    if (!imageFeatures.some(showsInCode) || this.#wanted().length === 0) return;
    const open = await this.connection();
    if (open.kind !== 'open') return;
    const { signal } = open;
    const changed = () => {
      if (!signal.aborted) this.#changed.fire();
    };
    const now = Date.now();
    const wanted = this.#wanted().filter(([key]) => now - (open.asked.get(key) ?? 0) >= askInterval);
    if (wanted.length === 0) return;
    for (const [key] of wanted) open.asked.set(key, now);
    const references = wanted.map(([, reference]) => reference);
    const [ids, parameters] = await Promise.all([
      open.referenced.resolve(
        references.filter((reference) => reference.kind === 'id'),
        signal,
        changed,
      ),
      open.parameters.resolve(
        references.filter((reference) => reference.kind === 'parameter'),
        signal,
      ),
    ]);
    changed();
    if (newerFeatures.some(showsInCode)) {
      const answers = [...ids.flatMap(({ images }) => images), ...parameters.flatMap((resolved) => resolved.answers)];
      const was = ids.flatMap((resolved) => resolved.was ?? []);
      await open.newer.find([...answers.flatMap(({ image }) => image ?? []), ...was], signal, changed);
    }
  }

  /** The references of open documents whose images are asked for, by what is asked: the first of those that ask the same. */
  #wanted(): readonly (readonly [string, IdReference | ParameterReference])[] {
    const { references, unfinished } = this.#parts;
    const visible = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    const seenFirst = [...references.all].sort(
      (a, b) => Number(visible.has(b.document)) - Number(visible.has(a.document)),
    );
    const wanted = new Map<string, IdReference | ParameterReference>();
    for (const { document, references: found } of seenFirst) {
      for (const reference of found) {
        if (wanted.size === maxReferences) return [...wanted];
        if (reference.kind === 'lookup') continue;
        const { kind, value, region } = reference;
        const key = [kind, value, ...region.regions].join(' ');
        if (wanted.has(key) || (kind === 'id' && unfinished.has(document, reference))) continue;
        wanted.set(key, reference);
      }
    }
    return [...wanted];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#close();
    this.#subscriptions.dispose();
  }
}
