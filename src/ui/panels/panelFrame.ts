import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { PanelId } from '../../contributions/panels.ts';
import type { PanelNotifications, PanelRequests } from '../../protocol/panel.ts';
import { type Contract, type Handlers, notify, serve } from '../../protocol/rpc.ts';
import type { Session } from '../session/session.ts';
import { describeError, type ErrorButton, pressErrorButton } from '../shared/presentError.ts';
import { pageHtml } from './pageHtml.ts';
import { errorButtonRequest } from './pageRequests.ts';

/** What all panels of one kind have in common. */
export interface PanelKind {
  readonly viewType: PanelId;
  /** The page's folder in `media`, and the name of its script and style sheet in `dist/media`. */
  readonly entry: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** The title of the page's document, and of the panel until its content has one. */
  readonly pageTitle: () => string;
  readonly hasFindWidget: boolean;
}

export interface PanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly session: Pick<Session, 'userActed' | 'onDidChangeConnection'>;
}

/** Handlers of the requests that a page sends beside those of every page. */
export type PageHandlers<Requested extends PanelRequests & Contract<Requested>> = Omit<
  Handlers<Requested>,
  keyof PanelRequests
>;

/** What one panel shows, and the answers to its page. */
export interface PanelContent<Requested extends PanelRequests & Contract<Requested> = PanelRequests, State = unknown>
  extends vscode.Disposable {
  /** Each panel of a kind has another key. */
  readonly key: string;
  readonly title: string;
  readonly state: State;
  /** The buttons of the error in the state. */
  readonly errorButtons: readonly ErrorButton[];
  readonly handlers: PageHandlers<Requested>;
  /** The panel can be seen: asks for what is not known yet. */
  shown(): void;
  refresh(): unknown;
  /** Drops at once what another account may not see. A question to EC2 waits for `shown`. */
  connectionChanged(): void;
}

/** One open panel with its page and its content, which ends with the panel. */
export class PanelFrame<Content extends PanelContent> {
  readonly content: Content;
  readonly #panel: vscode.WebviewPanel;
  readonly #kind: PanelKind;
  readonly #deps: PanelDeps;
  #isClosed = false;

  /** @param create makes the content, which calls `changed` after each change of its title or state */
  constructor(panel: vscode.WebviewPanel, kind: PanelKind, deps: PanelDeps, create: (changed: () => void) => Content) {
    this.#panel = panel;
    this.#kind = kind;
    this.#deps = deps;
    panel.iconPath = new vscode.ThemeIcon(kind.icon);
    this.content = create(() => this.#update());
    // A restored panel still has the title that the account of then could see.
    panel.title = this.content.title;
    const requests = panel.webview.onDidReceiveMessage(this.#serve());
    panel.onDidDispose(() => {
      this.#isClosed = true;
      requests.dispose();
      this.content.dispose();
    });
    this.#load();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  /** Whether the panel is the active editor. */
  get active(): boolean {
    return this.#panel.active;
  }

  reveal(options: { readonly preserveFocus?: boolean } = {}): void {
    this.#panel.reveal(undefined, options.preserveFocus);
  }

  close(): void {
    this.#panel.dispose();
  }

  #update(): void {
    if (!this.#isClosed) {
      this.#panel.title = this.content.title;
      this.#sendState();
    }
  }

  #sendState(): void {
    notify<PanelNotifications<unknown>, 'state'>(this.#post, 'state', this.content.state);
  }

  #serve(): (message: unknown) => Promise<void> {
    const { content } = this;
    const { log, session } = this.#deps;
    const ofEveryPage: Handlers<PanelRequests> = {
      // The page is loaded again each time that it comes into view.
      ready: () => {
        this.#sendState();
        content.shown();
      },
      refresh: async () => {
        session.userActed();
        await content.refresh();
      },
      pressErrorButton: (params) => pressErrorButton(content.errorButtons[v.parse(errorButtonRequest, params).index]),
    };
    return serve<PanelRequests>({ ...content.handlers, ...ofEveryPage }, this.#post, (error) => {
      log.error(`${this.#kind.viewType}: ${error instanceof Error ? error.message : String(error)}`);
      return describeError(error).message;
    });
  }

  #load(): void {
    const { webview } = this.#panel;
    // Nothing else of the extension or the workspace is within the page's reach.
    const root = vscode.Uri.joinPath(this.#deps.extensionUri, 'dist', 'media');
    const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [root] };
    webview.html = pageHtml({
      title: this.#kind.pageTitle(),
      language: vscode.env.language,
      translations: vscode.l10n.bundle ?? {},
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      script: uri(`${this.#kind.entry}.js`),
      styleSheets: [uri('codicon.css'), uri(`${this.#kind.entry}.css`)],
    });
  }

  readonly #post = (message: unknown): void => {
    if (!this.#isClosed) {
      void this.#panel.webview.postMessage(message);
    }
  };
}
