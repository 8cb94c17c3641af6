import * as vscode from 'vscode';
import { Emitter } from '../../core/emitter.ts';
import { type PanelContent, type PanelDeps, PanelFrame, type PanelKind } from './panelFrame.ts';

/** Makes the content of a panel, which calls `changed` after each change of its title or state. */
type Create<Content> = (changed: () => void) => Content;

/** The open panels of one kind, which follow the connection. */
export class OpenPanels<Content extends PanelContent> implements vscode.Disposable {
  readonly #kind: PanelKind;
  readonly #deps: PanelDeps;
  readonly #open = new Set<PanelFrame<Content>>();
  readonly #activated = new Emitter<Content>();
  readonly #connectionChanges: vscode.Disposable;

  /** Another panel of these is the active editor, or the active one shows something else. */
  readonly onDidActivate = this.#activated.event;

  constructor(kind: PanelKind, deps: PanelDeps) {
    this.#kind = kind;
    this.#deps = deps;
    this.#connectionChanges = deps.session.onDidChangeConnection(() => this.#connectionChanged());
  }

  get all(): readonly PanelFrame<Content>[] {
    return [...this.#open];
  }

  find(key: string): PanelFrame<Content> | undefined {
    return this.all.find(({ content }) => content.key === key);
  }

  create(create: Create<Content>, { preserveFocus = false } = {}): PanelFrame<Content> {
    const { viewType, pageTitle, hasFindWidget } = this.#kind;
    const place = { viewColumn: vscode.ViewColumn.Active, preserveFocus };
    const options = { enableFindWidget: hasFindWidget };
    return this.#adopt(vscode.window.createWebviewPanel(viewType, pageTitle(), place, options), create);
  }

  /** Gives content to a panel that VS Code restores; false where another panel has the key. */
  restore(panel: vscode.WebviewPanel, key: string, create: Create<Content>): boolean {
    if (this.find(key)) {
      return false;
    }
    this.#adopt(panel, create);
    return true;
  }

  /** The panel shows something else: VS Code tells only of another active panel. */
  turned(frame: PanelFrame<Content>): void {
    if (frame.active) this.#activated.fire(frame.content);
  }

  dispose(): void {
    this.#connectionChanges.dispose();
    this.#activated.dispose();
    for (const frame of this.all) {
      frame.close();
    }
  }

  #adopt(panel: vscode.WebviewPanel, create: Create<Content>): PanelFrame<Content> {
    const frame = new PanelFrame(panel, this.#kind, this.#deps, create);
    this.#open.add(frame);
    panel.onDidChangeViewState(() => frame.active && this.#activated.fire(frame.content));
    panel.onDidDispose(() => this.#open.delete(frame));
    return frame;
  }

  #connectionChanged(): void {
    for (const { content, visible } of this.all) {
      content.connectionChanged();
      if (visible) {
        content.shown();
      }
    }
  }
}
