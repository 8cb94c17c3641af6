import * as vscode from 'vscode';
import { panelIds } from '../../contributions/panels.ts';
import type { LoadedExtension } from './loadedExtension.ts';

/** Lets VS Code bring panels back after a restart, each when it is first seen. */
export function registerLazyPanels(load: () => Promise<Pick<LoadedExtension, 'restorePanel'>>): vscode.Disposable {
  const registered = panelIds.map((id) =>
    vscode.window.registerWebviewPanelSerializer(id, {
      deserializeWebviewPanel: async (panel, kept: unknown) => {
        let isClosed = false;
        const closing = panel.onDidDispose(() => {
          isClosed = true;
        });
        const { restorePanel } = await load();
        closing.dispose();
        if (!isClosed && !restorePanel[id](panel, kept)) {
          panel.dispose();
        }
      },
    }),
  );
  return vscode.Disposable.from(...registered);
}
