import * as vscode from 'vscode';
import { Emitter } from '../../core/emitter.ts';
import { publisherOf } from '../../core/publishers.ts';
import { findingText } from '../../hints/findingText.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { referenceFindings } from '../code/findings/referenceFindings.ts';
import type { NoCodeConnection, OpenImages } from '../code/openImages.ts';
import type { Session } from '../session/session.ts';
import { imageCard } from '../shared/imageCard.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { TreeChanges } from '../trees/treeChanges.ts';
import type { CodeNoteNode, WorkspaceNode } from './workspaceNodes.ts';
import { childrenOf, workspaceRows } from './workspaceRows.ts';
import type { WorkspaceSearch } from './workspaceSearch.ts';
import { toWorkspaceTreeItem } from './workspaceTreeItems.ts';

export interface WorkspaceTreeParts {
  readonly search: WorkspaceSearch;
  readonly session: Session;
  /** What is known of images in code. */
  readonly known: OpenImages;
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
  #asking: AbortController | undefined;
  /** Why EC2 could not be asked. */
  #lacking: NoCodeConnection | undefined;

  readonly onDidChangeTreeData = this.#emitter.event;

  constructor(parts: WorkspaceTreeParts) {
    this.#parts = parts;
    const { search, session, known, images } = parts;
    this.#subscriptions = vscode.Disposable.from(
      search.onDidChange(() => {
        this.#changes.fire();
        this.#ask();
      }),
      session.onDidChange(() => {
        this.#lacking = undefined;
        this.#changes.fire();
        this.#ask();
      }),
      known.onDidChange(() => this.#changes.fire()),
      // What has changed is forgotten, so that it is asked for again.
      images.onDidChange(() => this.#ask()),
      images.onDidClear(() => this.#ask()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#ask()),
    );
  }

  /** Whether the view is seen. What is being asked for one that is hidden is given up. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#ask();
  }

  /** Reads the files again, where they have been read. */
  refresh(): void {
    this.#parts.search.refresh();
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
      const publisher = publisherOf(node.known, this.#parts.publishers.publishers);
      // Several places of an image have the same finding.
      const notes = new Set(node.findings.map((finding) => findingText(finding, vscode.l10n)));
      item.tooltip = imageCard(node.known, publisher, Date.now(), [...notes]);
    }
    return item;
  }

  async #roots(): Promise<readonly WorkspaceNode[]> {
    const { search, known, session } = this.#parts;
    search.start();
    const facts = known.facts();
    const rows = workspaceRows(search.files, {
      resolved: (reference) => known.of(reference),
      findings: (reference) => referenceFindings(reference, { images: known, session }, facts),
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
        return [
          ...this.#lackingNotes(),
          ...rows,
          ...(state.isPartial ? [{ kind: 'note', id: 'note', note: 'partial' } as const] : []),
        ];
    }
  }

  #lackingNotes(): readonly CodeNoteNode[] {
    switch (this.#lacking?.kind) {
      case undefined:
      case 'opening':
        return [];
      case 'untrusted':
        return [{ kind: 'note', id: 'lacking', note: 'untrusted' }];
      default:
        return [{ kind: 'note', id: 'lacking', note: 'unconnected', error: this.#lacking?.error }];
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
      if (abort.signal.aborted) {
        return;
      }
      if (open.kind !== 'open') {
        this.#lacking = open;
        this.#changes.fire();
        return;
      }
      this.#lacking = undefined;
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
