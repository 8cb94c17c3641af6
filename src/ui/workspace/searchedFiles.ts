import * as vscode from 'vscode';
import { excludingGlob } from './searchGlobs.ts';

/** Files that are searched in one workspace. */
export const maxFiles = 50_000;

/** What is left out of a search: what the user's settings hide from the explorer and from searches. */
function excludedFiles(): string {
  const configuration = vscode.workspace.getConfiguration();
  const patterns = ['files.exclude', 'search.exclude'].flatMap((name) => {
    const values = configuration.get<Readonly<Record<string, unknown>>>(name) ?? {};
    return Object.keys(values).filter((pattern) => values[pattern] === true);
  });
  return excludingGlob(patterns);
}

/** The files of the workspace on disk that its settings do not leave out. */
export async function findSearchedFiles(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles('**/*', excludedFiles(), maxFiles, token);
  return found.filter(({ scheme }) => scheme === 'file');
}

/** Those of a few files that are searched. The editor looks for each by itself. */
export async function searchedAmong(
  files: readonly vscode.Uri[],
  token: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const excluded = excludedFiles();
  const found = await Promise.all(
    files.map((uri) => {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      if (!folder || uri.scheme !== 'file') {
        return [];
      }
      const path = vscode.workspace.asRelativePath(uri, false).replace(/[*?{}[\]]/g, '?');
      return vscode.workspace.findFiles(new vscode.RelativePattern(folder, path), excluded, undefined, token);
    }),
  );
  const wanted = new Set(files.map(String));
  return found.flat().filter((uri) => wanted.has(String(uri)));
}
