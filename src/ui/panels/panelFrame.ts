import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PanelId } from '../../contributions/panels.ts';
import { type Contract, type Handlers, notify, serve } from '../../protocol/rpc.ts';
import { pageHtml } from './pageHtml.ts';

/** What all panels of one kind have in common. */
export interface PanelKind {
  readonly viewType: PanelId;
  /** The page's folder in `media`, and the name of its script and style sheet in `dist/media`. */
  readonly entry: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Of the document: the panel's own title is its content's. */
  readonly pageTitle: () => string;
  readonly hasFindWidget: boolean;
}

export interface PanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  describeError(error: unknown): { readonly message: string };
}

/** One open panel with its page. What belongs to it ends with it, and nothing is posted after that. */
export class PanelFrame<Requested extends Contract<Requested>, Notified extends Contract<Notified>> {
  readonly #panel: vscode.WebviewPanel;
  readonly #kind: PanelKind;
  readonly #deps: PanelDeps;
  readonly #owned: vscode.Disposable[] = [];
  #isClosed = false;

  constructor(panel: vscode.WebviewPanel, kind: PanelKind, deps: PanelDeps) {
    this.#panel = panel;
    this.#kind = kind;
    this.#deps = deps;
    panel.iconPath = new vscode.ThemeIcon(kind.icon);
    panel.onDidDispose(() => {
      this.#isClosed = true;
      vscode.Disposable.from(...this.#owned).dispose();
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  set title(title: string) {
    if (!this.#isClosed) {
      this.#panel.title = title;
    }
  }

  reveal(options: { readonly preserveFocus?: boolean } = {}): void {
    this.#panel.reveal(undefined, options.preserveFocus);
  }

  /** Ends with the panel, or at once where that is closed. */
  own(disposable: vscode.Disposable): void {
    if (this.#isClosed) {
      disposable.dispose();
    } else {
      this.#owned.push(disposable);
    }
  }

  /** Loads the page, whose requests these handlers answer. */
  load(handlers: Handlers<Requested>): void {
    const { webview } = this.#panel;
    const { extensionUri, log, describeError } = this.#deps;
    const receive = serve<Requested>(handlers, this.#post, (error) => {
      log.error(`${this.#kind.viewType}: ${error instanceof Error ? error.message : String(error)}`);
      return describeError(error).message;
    });
    this.own(webview.onDidReceiveMessage(receive));
    // Nothing else of the extension or the workspace is within the page's reach.
    const root = vscode.Uri.joinPath(extensionUri, 'dist', 'media');
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

  notify<K extends keyof Notified & string>(method: K, ...params: Parameters<Notified[K]>): void {
    notify<Notified, K>(this.#post, method, ...params);
  }

  close(): void {
    this.#panel.dispose();
  }

  readonly #post = (message: unknown): void => {
    if (!this.#isClosed) {
      void this.#panel.webview.postMessage(message);
    }
  };
}

/** A panel's frame and what it shows now. */
export interface OpenPanel {
  readonly frame: Pick<PanelFrame<object, object>, 'own' | 'close'>;
  /** Of what it shows: there is one panel for each. */
  readonly key: string;
}

/** The open panels of one kind. */
export class OpenPanels<P extends OpenPanel> implements vscode.Disposable {
  readonly #kind: PanelKind;
  readonly #open = new Set<P>();

  constructor(kind: PanelKind) {
    this.#kind = kind;
  }

  get all(): readonly P[] {
    return [...this.#open];
  }

  find(key: string): P | undefined {
    return this.all.find((panel) => panel.key === key);
  }

  add(panel: P): void {
    this.#open.add(panel);
    panel.frame.own(new vscode.Disposable(() => this.#open.delete(panel)));
  }

  create(title: string, options: { readonly preserveFocus?: boolean } = {}): vscode.WebviewPanel {
    const place = { viewColumn: vscode.ViewColumn.Active, preserveFocus: options.preserveFocus ?? false };
    const { viewType, hasFindWidget } = this.#kind;
    return vscode.window.createWebviewPanel(viewType, title, place, { enableFindWidget: hasFindWidget });
  }

  dispose(): void {
    for (const { frame } of this.all) {
      frame.close();
    }
  }
}
