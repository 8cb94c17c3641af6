import * as vscode from 'vscode';
import { mayHaveRecords, watchFoldersIn } from './images/watches/watchFolders.ts';
import { TextInserter } from './ui/editor/insertText.ts';
import { registerLazyCommands } from './ui/lazy/lazyCommands.ts';
import { registerLazyPanels } from './ui/lazy/lazyPanels.ts';
import { LazyViews } from './ui/lazy/lazyViews.ts';
import { loadOnce } from './ui/lazy/loadOnce.ts';

/**
 * Runs at the start of every window: registers what the editor may ask for, and looks whether something is to be watched.
 * All else is loaded with src/main.ts, a chunk of its own, when it is first needed.
 */
export function activate(context: vscode.ExtensionContext): void {
  // From the start, since text goes into the editor that was active last, maybe before the rest was loaded.
  const inserter = new TextInserter();
  const load = loadOnce(async () => {
    const { start } = await import('./main.ts');
    const loaded = start({ context, inserter, views });
    views.follow(loaded);
    return loaded;
  });
  const views = new LazyViews(load);
  context.subscriptions.push(inserter, views, registerLazyCommands(load), registerLazyPanels(load));
  void loadToWatch(context.globalStorageUri, load);
}

/** What an earlier window has begun is watched to its end, whether or not a view is opened. */
async function loadToWatch({ fsPath }: vscode.Uri, load: () => Promise<unknown>): Promise<void> {
  if (await mayHaveRecords(watchFoldersIn(fsPath))) {
    await load().catch(({ message }: Error) => vscode.window.showErrorMessage(message));
  }
}
