import * as vscode from 'vscode';
import type { IdReference, Reference } from '../../code/reference.ts';
import { Emitter } from '../../core/emitter.ts';
import { publisherOf } from '../../core/publishers.ts';
import type { Finding } from '../../hints/finding.ts';
import { offlineFindings } from '../../hints/offlineFindings.ts';
import { ReferencedImages } from '../../hints/referencedImages.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { Session } from '../session/session.ts';
import { imageCard } from '../shared/imageCard.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { TreeChanges } from '../trees/treeChanges.ts';
import type { WorkspaceNode } from './workspaceNodes.ts';
import { childrenOf, workspaceRows } from './workspaceRows.ts';
import type { WorkspaceSearch } from './workspaceSearch.ts';
import { toWorkspaceTreeItem } from './workspaceTreeItems.ts';

export interface WorkspaceTreeParts {
  readonly search: WorkspaceSearch;
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly publishers: PublisherSettings;
}

/** The view *In This Workspace*. EC2 is asked about its images only while it is shown, in a trusted workspace. */
export class WorkspaceTree implements vscode.TreeDataProvider<WorkspaceNode>, vscode.Disposable {
  readonly #parts: WorkspaceTreeParts;
  readonly #emitter = new Emitter<WorkspaceNode | undefined>();
  readonly #changes = new TreeChanges<WorkspaceNode>((node) => this.#emitter.fire(node));
  readonly #subscriptions: vscode.Disposable;
  #visible = false;
  #referenced: ReferencedImages | undefined;
  #asking: AbortController | undefined;

  readonly onDidChangeTreeData = this.#emitter.event;

  constructor(parts: WorkspaceTreeParts) {
    this.#parts = parts;
    const { search, session, images, publishers } = parts;
    this.#subscriptions = vscode.Disposable.from(
      search.onDidChange(() => {
        this.#changes.fire();
        if (search.state.kind === 'done') {
          this.#ask();
        }
      }),
      session.onDidChange(() => {
        this.#referenced = undefined;
        this.#ask();
      }),
      images.onDidChange(() => this.#ask()),
      publishers.onDidChange(() => this.#changes.fire()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#ask()),
    );
  }

  /** Whether the view is seen: only then is EC2 asked. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) {
      this.#ask();
    }
  }

  /** Reads the files again, and asks again for their images. */
  refresh(): void {
    this.#referenced = undefined;
    this.#parts.search.searchAgain();
  }

  getChildren(node?: WorkspaceNode): Promise<WorkspaceNode[]> {
    return this.#changes.answer(node, async () => (node ? childrenOf(node) : this.#roots())).then((rows) => [...rows]);
  }

  getParent(node: WorkspaceNode): WorkspaceNode | undefined {
    return node.kind === 'codePlace' ? node.parent : undefined;
  }

  getTreeItem(node: WorkspaceNode): vscode.TreeItem {
    return toWorkspaceTreeItem(node, { now: Date.now(), account: this.#parts.session.identity?.account });
  }

  resolveTreeItem(item: vscode.TreeItem, node: WorkspaceNode): vscode.TreeItem {
    if (node.kind === 'image' && node.known) {
      item.tooltip = imageCard(node.known, publisherOf(node.known, this.#parts.publishers.publishers), Date.now());
    }
    return item;
  }

  async #roots(): Promise<readonly WorkspaceNode[]> {
    const { search } = this.#parts;
    search.start();
    const rows = workspaceRows(search.files, {
      resolved: (reference) => this.#resolved(reference),
      findings: (reference) => this.#findings(reference),
    });
    const { state } = search;
    switch (state.kind) {
      case 'searching':
        return [...rows, { kind: 'note', id: 'note', note: 'searching' }];
      case 'failed':
        return [...rows, { kind: 'note', id: 'note', note: 'failed' }];
      case 'done':
        if (rows.length === 0) {
          return [{ kind: 'note', id: 'note', note: 'empty' }];
        }
        return state.isPartial ? [...rows, { kind: 'note', id: 'note', note: 'partial' }] : rows;
    }
  }

  #resolved(reference: IdReference) {
    return this.#referenced?.cachedNow(reference);
  }

  #findings(reference: Reference): readonly Finding[] {
    return offlineFindings([reference]);
  }

  /** Asks EC2 for what the files name, all of it together. */
  #ask(): void {
    const { search, session, images } = this.#parts;
    this.#asking?.abort();
    if (!this.#visible || !vscode.workspace.isTrusted) {
      return;
    }
    const abort = new AbortController();
    this.#asking = abort;
    const references = search.files.flatMap((file) =>
      file.references.flatMap(({ reference }) => (reference.kind === 'id' ? [reference] : [])),
    );
    void (async () => {
      const state = await session.settled();
      if (state.kind !== 'open' || abort.signal.aborted) {
        return;
      }
      const { connection } = state;
      this.#referenced ??= new ReferencedImages({
        byId: images.of(connection),
        regions: session.regions(connection),
      });
      await this.#referenced.resolve(references, abort.signal, () => this.#changes.fire());
    })();
  }

  dispose(): void {
    this.#asking?.abort();
    this.#subscriptions.dispose();
    this.#changes.dispose();
    this.#emitter.dispose();
  }
}
