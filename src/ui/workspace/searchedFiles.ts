import * as vscode from 'vscode';

/** Files that are searched in one workspace. */
export const maxFiles = 50_000;

/** Files by their names that cannot have references. The thread would find out by reading them. */
const neverText =
  '**/*.{png,jpg,jpeg,gif,webp,ico,svg,pdf,zip,gz,tgz,bz2,xz,7z,jar,war,class,so,dll,dylib,exe,bin,wasm,woff,woff2,ttf,eot,mp3,mp4,mov,avi,sqlite,db,pyc,map}';

/** What is left out of a search: what the user's settings hide from the explorer and from searches. */
export function excludedFiles(): string {
  const configuration = vscode.workspace.getConfiguration();
  const patterns = ['files.exclude', 'search.exclude'].flatMap((name) => {
    const values = configuration.get<Readonly<Record<string, unknown>>>(name) ?? {};
    return Object.keys(values).filter((pattern) => values[pattern] === true);
  });
  return `{${[...new Set([...patterns, '**/.git', '**/.terraform', '**/node_modules', neverText])].join(',')}}`;
}

/** The files of the workspace on disk that its settings do not leave out. */
export async function findSearchedFiles(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles('**/*', excludedFiles(), maxFiles, token);
  return found.filter(({ scheme }) => scheme === 'file');
}

/** Those of some files that are searched. */
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
