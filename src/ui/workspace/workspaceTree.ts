import * as vscode from 'vscode';
import { Emitter } from '../../core/emitter.ts';
import { publisherOf } from '../../core/publishers.ts';
import { findingText } from '../../hints/findingText.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { OpenImages } from '../code/openImages.ts';
import type { Session } from '../session/session.ts';
import { editorL10n } from '../shared/editorL10n.ts';
import { imageCard } from '../shared/imageCard.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { PageSizes } from '../trees/pageSizes.ts';
import { TreeChanges } from '../trees/treeChanges.ts';
import { CachedKnowledge } from './workspaceKnowledge.ts';
import type { CodeGroupNode, CodeMoreNode, CodeNoteNode, UsedImageNode, WorkspaceNode } from './workspaceNodes.ts';
import type { WorkspacePlaces } from './workspacePlaces.ts';
import { type WantedReferences, WorkspaceQuestions } from './workspaceQuestions.ts';
import { placeNodesOf, problemsIn, workspaceRows } from './workspaceRows.ts';
import type { WorkspaceSearch } from './workspaceSearch.ts';
import { toWorkspaceTreeItem } from './workspaceTreeItems.ts';

/** So many rows a node shows at first, and more each time that the user asks for more. */
const pageSize = 1_000;

/** Whose rows are the images. */
const rootId = { id: '' };

export interface WorkspaceTreeParts {
  readonly search: WorkspaceSearch;
  readonly session: Session;
  /** What is known of images in code. */
  readonly known: OpenImages;
  readonly images: ConnectionImages;
  readonly publishers: PublisherSettings;
}

/** What all rows together say. */
export interface WorkspaceSummary {
  readonly images: number;
  /** Images, lookups and parameters with an error or a warning, as far as it is known. */
  readonly problems: number;
}

/**
 * The view *In This Workspace*. AWS is asked about the rows that it shows, only while it is seen, in a trusted workspace.
 */
export class WorkspaceTree implements vscode.TreeDataProvider<WorkspaceNode>, vscode.Disposable {
  readonly #parts: WorkspaceTreeParts;
  readonly #emitter = new Emitter<WorkspaceNode | undefined>();
  readonly #changes = new TreeChanges<WorkspaceNode>((node) => this.#emitter.fire(node));
  readonly #loading = new Emitter<boolean>();
  readonly #summarized = new Emitter<WorkspaceSummary | undefined>();
  readonly #pageSizes = new PageSizes(() => pageSize);
  readonly #knowledge: CachedKnowledge;
  readonly #questions: WorkspaceQuestions;
  readonly #subscriptions: vscode.Disposable;
  #visible = false;

  readonly onDidChangeTreeData = this.#emitter.event;
  /** Whether files are being searched, or AWS is being asked. */
  readonly onDidChangeLoading = this.#loading.event;
  /** Undefined where no file has been searched. */
  readonly onDidSummarize = this.#summarized.event;

  constructor(parts: WorkspaceTreeParts) {
    this.#parts = parts;
    const { search, session, known, images } = parts;
    this.#knowledge = new CachedKnowledge(known, session);
    this.#questions = new WorkspaceQuestions({
      known,
      wanted: () => (this.#visible && search.state.kind === 'done' ? this.#wanted() : undefined),
      changed: () => this.#knowledge.forget(),
      progressed: () => this.#showLoading(),
    });
    const ask = () => this.#questions.ask();
    this.#subscriptions = vscode.Disposable.from(
      this.#knowledge,
      this.#knowledge.onDidChange(() => this.#changes.fire()),
      search.onDidChange(() => {
        this.#changes.fire();
        this.#showLoading();
        ask();
      }),
      session.onDidChange(() => this.#questions.startOver()),
      // What has changed is forgotten, so that it is asked for again.
      images.onDidChange(ask),
      images.onDidClear(ask),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#questions.startOver()),
    );
  }

  /** Whether the view is seen. What is being asked for one that is hidden is given up. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) {
      this.#questions.ask();
    } else {
      this.#questions.stop();
    }
    this.#showLoading();
  }

  /** Reads the files again, where they have been read. */
  refresh(): void {
    this.#parts.search.refresh();
  }

  showMore({ parent }: CodeMoreNode): void {
    this.#pageSizes.addPage(parent ?? rootId);
    this.#changes.fire(parent);
    this.#questions.ask();
  }

  getChildren(node?: WorkspaceNode): Promise<WorkspaceNode[]> {
    return this.#changes
      .answer(node, async () => (node ? this.#placesOf(node) : this.#roots()))
      .then((rows) => [...rows]);
  }

  getParent(node: WorkspaceNode): WorkspaceNode | undefined {
    return node.kind === 'codePlace' || node.kind === 'codeMore' ? node.parent : undefined;
  }

  getTreeItem(node: WorkspaceNode): vscode.TreeItem {
    return toWorkspaceTreeItem(node, { now: Date.now(), account: this.#parts.session.identity?.account });
  }

  resolveTreeItem(item: vscode.TreeItem, node: WorkspaceNode): vscode.TreeItem {
    if (node.kind === 'image' && node.known) {
      const publisher = publisherOf(node.known, this.#parts.publishers.publishers);
      // Several places of an image have the same finding.
      const notes = new Set(node.findings.map((finding) => findingText(finding, editorL10n)));
      const isOwn = node.known.ownerId === this.#parts.session.identity?.account || undefined;
      item.tooltip = imageCard(node.known, publisher, Date.now(), { notes: [...notes], isOwn, links: true });
    }
    return item;
  }

  async #roots(): Promise<readonly WorkspaceNode[]> {
    const { search } = this.#parts;
    if (!vscode.workspace.workspaceFolders?.length) {
      // The view's welcome text offers to open one.
      return [];
    }
    search.start();
    const { state } = search;
    const { places, hidden } = this.#shown();
    const shown = [...places.images.values(), places.lookups, places.parameters].flat();
    const known = await this.#knowledge.lookUp(shown.map(({ reference }) => reference));
    const rows = workspaceRows(places, known);
    const isDone = state.kind === 'done';
    this.#summarized.fire(isDone ? { images: places.images.size + hidden, problems: problemsIn(rows) } : undefined);
    if (rows.length === 0) {
      return [note(isDone ? 'empty' : state.kind)];
    }
    const behindImages = rows.findLastIndex(({ kind }) => kind === 'image') + 1;
    return [
      ...this.#askingNotes(),
      ...(state.kind === 'failed' ? [note('failed')] : []),
      ...(isDone && state.isPartial ? [note('partial')] : []),
      ...rows.slice(0, behindImages),
      ...moreNode(undefined, hidden),
      ...rows.slice(behindImages),
    ];
  }

  #placesOf(node: WorkspaceNode): readonly WorkspaceNode[] {
    if (node.kind !== 'image' && node.kind !== 'codeGroup') {
      return [];
    }
    const { items, hidden } = this.#pageSizes.page(node, placeNodesOf(node));
    return [...items, ...moreNode(node, hidden)];
  }

  /** What is shown of all places: the images of so many pages. */
  #shown(): { readonly places: WorkspacePlaces; readonly hidden: number } {
    const { places } = this.#parts.search;
    const { items, hidden } = this.#pageSizes.page(rootId, [...places.images]);
    return { places: { ...places, images: new Map(items) }, hidden };
  }

  /** What stands in shown rows. */
  #wanted(): WantedReferences {
    const { images, parameters } = this.#shown().places;
    return {
      ids: [...images.values()].flat().map(({ reference }) => reference),
      parameters: this.#pageSizes.page({ id: 'parameter' }, parameters).items.map(({ reference }) => reference),
    };
  }

  #askingNotes(): readonly CodeNoteNode[] {
    const { lacking, failures } = this.#questions;
    if (!lacking) {
      return Array.from(failures, ([region, error]) => ({
        ...note('unasked'),
        id: `unasked/${region}`,
        region,
        error,
      }));
    }
    switch (lacking.kind) {
      case 'opening':
        return [];
      case 'untrusted':
        return [note('untrusted')];
      default:
        return [{ ...note('unconnected'), error: lacking.error }];
    }
  }

  #showLoading(): void {
    this.#loading.fire(this.#visible && (this.#parts.search.state.kind === 'searching' || this.#questions.isAsking));
  }

  dispose(): void {
    this.#questions.stop();
    this.#subscriptions.dispose();
    this.#changes.dispose();
    for (const emitter of [this.#emitter, this.#loading, this.#summarized]) {
      emitter.dispose();
    }
  }
}

function note(kind: CodeNoteNode['note']): CodeNoteNode {
  return { kind: 'note', id: `note/${kind}`, note: kind };
}

function moreNode(parent: UsedImageNode | CodeGroupNode | undefined, hidden: number): readonly CodeMoreNode[] {
  return hidden > 0 ? [{ kind: 'codeMore', id: `${parent?.id ?? ''}/more`, hidden, parent }] : [];
}
