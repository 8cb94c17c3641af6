import * as vscode from 'vscode';
import { mayHaveRecords, watchFoldersIn } from './images/watches/watchFolders.ts';
import { TextInserter } from './ui/editor/insertText.ts';
import { registerLazyCommands } from './ui/lazy/lazyCommands.ts';
import { registerLazyCompletion } from './ui/lazy/lazyCompletion.ts';
import { registerLazyLinks } from './ui/lazy/lazyLinks.ts';
import { registerLazyPanels } from './ui/lazy/lazyPanels.ts';
import { registerLazyPaste } from './ui/lazy/lazyPaste.ts';
import { LazyViews } from './ui/lazy/lazyViews.ts';
import { loadOnce } from './ui/lazy/loadOnce.ts';
import { loadOnMention } from './ui/lazy/loadOnMention.ts';

/**
 * Runs at the start of every window: registers commands, views and panels, and looks for saved watches and for code that
 * refers to images. All else is in src/main.ts, a chunk that is loaded on first use.
 */
export function activate(context: vscode.ExtensionContext): void {
  // The last active editor may have been active before src/main.ts was loaded.
  const inserter = new TextInserter();
  const load = loadOnce(async () => {
    const { start } = await import('./main.ts');
    const loaded = start({ context, inserter, views });
    views.follow(loaded);
    focusing.dispose();
    mentions.dispose();
    return loaded;
  });
  const views = new LazyViews(load);
  const look = () => void loadToWatch(context.globalStorageUri, load);
  // A closed window leaves its watches to the others. Once loaded, src/ui/watches/openWatches.ts listens itself.
  const focusing = vscode.window.onDidChangeWindowState(({ focused }) => focused && look());
  const mentions = loadOnMention(load);
  context.subscriptions.push(
    inserter,
    views,
    focusing,
    mentions,
    registerLazyCommands(load),
    registerLazyPanels(load),
    registerLazyLinks(load),
    registerLazyPaste(load),
    registerLazyCompletion(load),
  );
  look();
}

/** Loads src/main.ts if there are saved watches, which go on even if no view is shown. */
async function loadToWatch({ fsPath }: vscode.Uri, load: () => Promise<unknown>): Promise<void> {
  if (await mayHaveRecords(watchFoldersIn(fsPath))) {
    await load().catch(({ message }: Error) => vscode.window.showErrorMessage(message));
  }
}
