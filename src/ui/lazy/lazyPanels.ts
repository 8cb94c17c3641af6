import * as vscode from 'vscode';
import { panelIds } from '../../contributions/panels.ts';
import type { LoadedExtension, RestorePanel } from './loadedExtension.ts';

/** Restores panels after a restart, each when it is first shown. */
export function registerLazyPanels(load: () => Promise<Pick<LoadedExtension, 'restorePanel'>>): vscode.Disposable {
  const registered = panelIds.map((id) =>
    vscode.window.registerWebviewPanelSerializer(
      id,
      lazySerializer(async () => (await load()).restorePanel[id]),
    ),
  );
  return vscode.Disposable.from(...registered);
}

/** Loads what restores a panel, and restores it unless the user has closed it meanwhile. */
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
