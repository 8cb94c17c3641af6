import * as vscode from 'vscode';
import type { LoadedExtension } from './loadedExtension.ts';

/** Opens links to images. The first of them loads src/main.ts, which reads what they name. */
export function registerLazyLinks(load: () => Promise<Pick<LoadedExtension, 'openLink'>>): vscode.Disposable {
  return vscode.window.registerUriHandler({
    handleUri: async (uri) => {
      const loaded = await load().catch(({ message }: Error) => void vscode.window.showErrorMessage(message));
      loaded?.openLink(uri);
    },
  });
}
