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
import { FittingImage } from '../../images/fittingImage.ts';
import { SameImage } from '../../images/sameImage.ts';
import { flatMapInSlices } from '../../threads/inSlices.ts';
import type { Session, SessionState } from '../session/session.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { settingsEvent } from '../shared/settings.ts';
import { AskedImages } from './askedImages.ts';
import type { OpenReferences } from './openReferences.ts';
import type { UnfinishedIds } from './unfinishedIds.ts';
import { imageFeatures, imagesBehind, newerFeatures, showsAny, wantedImages } from './wantedImages.ts';

/** Delay (ms) in which what several documents refer to is gathered. */
const gatherDelay = 100;

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
  /** Both asked by fixes alone. */
  readonly same: SameImage;
  readonly fitting: FittingImage;
  readonly newer: NewerImages;
  /** Aborted when the connection, or its regions, are no longer those in force. */
  readonly signal: AbortSignal;
}

interface OwnConnection extends CodeConnection {
  readonly abort: AbortController;
  readonly asked: AskedImages;
}

/** Why there is no connection. */
export type NoCodeConnection = { readonly kind: 'untrusted' } | Exclude<SessionState, { readonly kind: 'open' }>;

/**
 * The images behind the ids and public parameters in all open documents, asked for together. Asks nothing in an untrusted
 * workspace, nor where no setting needs the images, and shows no error: where there is no connection, nothing is known.
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
      this.#open?.asked.forget();
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
          if (change.kind === 'gone' || change.image?.state !== 'pending') {
            this.#open.newer.forget(change.ref);
            this.#open.lookups.forget();
            this.#open.same.forget();
            this.#open.fitting.forget();
          }
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
      const { signal } = abort;
      const referenced = new ReferencedImages({ byId, regions });
      const parameters = new ParameterImages({ ec2, byId, regions });
      this.#open = {
        kind: 'open',
        connection,
        regions,
        referenced,
        parameters,
        lookups: new LookupAnswers(ec2),
        same: new SameImage(ec2),
        fitting: new FittingImage(ec2),
        newer: new NewerImages(ec2),
        signal,
        abort,
        asked: new AskedImages({ referenced, parameters, signal }),
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
    const { references, unfinished } = this.#parts;
    if (wantedImages(references, unfinished).length === 0) return;
    const open = await this.connection();
    if (open.kind !== 'open') return;
    const { signal, newer } = open;
    const changed = () => {
      if (!signal.aborted) this.#changed.fire();
    };
    const wanted = wantedImages(references, unfinished);
    await open.asked.ask(wanted, changed);
    if (signal.aborted || !references.all.some(({ document }) => showsAny(newerFeatures, document))) return;
    const images = await flatMapInSlices(wanted, ([, reference]) => imagesBehind(open, reference));
    await newer.find(images, signal, changed);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#close();
    this.#subscriptions.dispose();
  }
}
