import * as vscode from 'vscode';
import type { Reference } from '../../code/reference.ts';
import { Emitter } from '../../core/emitter.ts';
import { publisherOf } from '../../core/publishers.ts';
import type { Finding } from '../../hints/finding.ts';
import { idFindings, parameterFindings } from '../../hints/findings.ts';
import { offlineFindings } from '../../hints/offlineFindings.ts';
import type { ImageFacts } from '../../hints/rules/imageFacts.ts';
import type { CodeConnection, OpenImages } from '../code/openImages.ts';
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
  /** What is known of images in code. */
  readonly known: OpenImages;
  readonly publishers: PublisherSettings;
}

/** The view *In This Workspace*. EC2 is asked about its images only while it is shown, in a trusted workspace. */
export class WorkspaceTree implements vscode.TreeDataProvider<WorkspaceNode>, vscode.Disposable {
  readonly #parts: WorkspaceTreeParts;
  readonly #emitter = new Emitter<WorkspaceNode | undefined>();
  readonly #changes = new TreeChanges<WorkspaceNode>((node) => this.#emitter.fire(node));
  readonly #subscriptions: vscode.Disposable;
  #visible = false;
  #open: CodeConnection | undefined;
  #asking: AbortController | undefined;

  readonly onDidChangeTreeData = this.#emitter.event;

  constructor(parts: WorkspaceTreeParts) {
    this.#parts = parts;
    const { search, session, known } = parts;
    this.#subscriptions = vscode.Disposable.from(
      search.onDidChange(() => {
        this.#changes.fire();
        this.#ask();
      }),
      session.onDidChange(() => {
        this.#open = undefined;
        this.#changes.fire();
        this.#ask();
      }),
      known.onDidChange(() => this.#changes.fire()),
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
    const facts = this.#parts.known.facts();
    const rows = workspaceRows(search.files, {
      resolved: (reference) => this.#open?.referenced.cachedNow(reference),
      findings: (reference) => this.#findings(reference, facts),
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

  #findings(reference: Reference, facts: ImageFacts): readonly Finding[] {
    switch (reference.kind) {
      case 'id': {
        const resolved = this.#open?.referenced.cachedNow(reference);
        return resolved ? idFindings(resolved, facts) : offlineFindings([reference]);
      }
      case 'parameter': {
        const resolved = this.#open?.parameters.cachedNow(reference);
        return resolved ? parameterFindings(resolved, facts) : [];
      }
      case 'lookup':
        return offlineFindings([reference]);
    }
  }

  /** Asks EC2 for what the files name, all of it together. */
  #ask(): void {
    const { search, known } = this.#parts;
    this.#asking?.abort();
    if (!this.#visible || search.state.kind !== 'done') {
      return;
    }
    const abort = new AbortController();
    this.#asking = abort;
    const references = search.files.flatMap((file) => file.references.map(({ reference }) => reference));
    const changed = () => this.#changes.fire();
    void (async () => {
      const open = await known.connection();
      if (abort.signal.aborted || !open || !('referenced' in open)) {
        return;
      }
      this.#open = open;
      const ids = references.filter((reference) => reference.kind === 'id');
      const parameters = references.filter((reference) => reference.kind === 'parameter');
      const [resolved] = await Promise.all([
        open.referenced.resolve(ids, abort.signal, changed),
        open.parameters.resolve(parameters, abort.signal).then(changed),
      ]);
      const found = resolved.flatMap(({ images }) => images.flatMap(({ image }) => image ?? []));
      await open.newer.find(found, abort.signal, changed);
    })();
  }

  dispose(): void {
    this.#asking?.abort();
    this.#subscriptions.dispose();
    this.#changes.dispose();
    this.#emitter.dispose();
  }
}
