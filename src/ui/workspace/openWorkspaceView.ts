import * as vscode from 'vscode';
import { WorkspaceTree, type WorkspaceTreeParts } from './workspaceTree.ts';

export interface OpenWorkspaceViewParts extends WorkspaceTreeParts {
  /** The view as the editor made it at the start. */
  readonly view: vscode.TreeView<unknown>;
}

/** The view In This Workspace, joined to the editor. */
export function openWorkspaceView({ view, ...parts }: OpenWorkspaceViewParts) {
  const tree = new WorkspaceTree(parts);
  tree.setVisible(view.visible);
  const following = view.onDidChangeVisibility(({ visible }) => tree.setVisible(visible));
  return { tree, dispose: () => vscode.Disposable.from(following, tree).dispose() };
}
