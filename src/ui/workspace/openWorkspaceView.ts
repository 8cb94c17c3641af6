import * as vscode from 'vscode';
import type { FileScanner } from '../../scan/port.ts';
import { WorkspaceSearch } from './workspaceSearch.ts';
import { WorkspaceTree, type WorkspaceTreeParts } from './workspaceTree.ts';

export interface OpenWorkspaceViewParts extends Omit<WorkspaceTreeParts, 'search'> {
  readonly scanner: FileScanner;
  readonly log: vscode.LogOutputChannel;
  /** The view as the editor made it at the start. */
  readonly view: vscode.TreeView<unknown>;
}

/** The search of the workspace and its view, joined to the editor. */
export function openWorkspaceView({ scanner, log, view, ...parts }: OpenWorkspaceViewParts) {
  const search = new WorkspaceSearch({ scanner, log });
  const tree = new WorkspaceTree({ ...parts, search });
  tree.setVisible(view.visible);
  const following = view.onDidChangeVisibility(({ visible }) => tree.setVisible(visible));
  return { search, tree, dispose: () => vscode.Disposable.from(following, tree, search).dispose() };
}
