import * as vscode from 'vscode';
import { panelIds } from '../../contributions/panels.ts';
import type { LoadedExtension, RestorePanel } from './loadedExtension.ts';

/** Lets VS Code bring panels back after a restart, each when it is first seen. */
export function registerLazyPanels(load: () => Promise<Pick<LoadedExtension, 'restorePanel'>>): vscode.Disposable {
  const registered = panelIds.map((id) =>
    vscode.window.registerWebviewPanelSerializer(
      id,
      lazySerializer(async () => (await load()).restorePanel[id]),
    ),
  );
  return vscode.Disposable.from(...registered);
}

/** Restores each panel once that is loaded which can, unless the panel was closed before. */
export function lazySerializer(load: () => Promise<RestorePanel>): vscode.WebviewPanelSerializer {
  return {
    deserializeWebviewPanel: async (panel, saved: unknown) => {
      let isClosed = false;
      const closing = panel.onDidDispose(() => {
        isClosed = true;
      });
      const restore = await load();
      closing.dispose();
      if (!isClosed && !restore(panel, saved)) {
        panel.dispose();
      }
    },
  };
}
