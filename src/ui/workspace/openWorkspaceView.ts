import * as vscode from 'vscode';
import { views } from '../../contributions/views.ts';
import { counted } from '../shared/wording.ts';
import { showProgress } from '../trees/views.ts';
import { type WorkspaceSummary, WorkspaceTree, type WorkspaceTreeParts } from './workspaceTree.ts';

export interface OpenWorkspaceViewParts extends WorkspaceTreeParts {
  /** The view as the editor made it at the start. */
  readonly view: vscode.TreeView<unknown>;
}

/** The view In This Workspace, joined to the editor. */
export function openWorkspaceView({ view, ...parts }: OpenWorkspaceViewParts) {
  const tree = new WorkspaceTree(parts);
  const following = vscode.Disposable.from(
    view.onDidChangeVisibility(({ visible }) => tree.setVisible(visible)),
    tree.onDidSummarize((summary) => {
      view.description = summary ? summaryText(summary) : '';
    }),
    showProgress(views.workspace, tree.onDidChangeLoading),
  );
  tree.setVisible(view.visible);
  return { tree, dispose: () => vscode.Disposable.from(following, tree).dispose() };
}

function summaryText({ images, problems }: WorkspaceSummary): string {
  const texts = [
    counted([vscode.l10n.t('1 image'), vscode.l10n.t('{0} images')], images),
    counted([vscode.l10n.t('1 problem'), vscode.l10n.t('{0} problems')], problems),
  ];
  return texts.slice(images === 0 ? 1 : 0, problems === 0 ? 1 : 2).join(', ');
}
