import * as vscode from 'vscode';

/** The path of a file from its workspace folder, or a whole one outside of any; with `/` between its parts. */
export function documentPath(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const root = folder && (folder.uri.path.endsWith('/') ? folder.uri.path : `${folder.uri.path}/`);
  return root && uri.path.startsWith(root) ? uri.path.slice(root.length) : uri.path;
}
