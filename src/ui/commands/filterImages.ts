import * as v from 'valibot';
import * as vscode from 'vscode';
import { fieldText } from '../../core/catalogQuery.ts';
import { ImageSearch } from '../../core/imageSearch.ts';
import { problemText } from '../shared/queryText.ts';
import type { ImageFilter } from '../trees/imageFilter.ts';

/** Delay (ms) after the last keystroke before the view is filtered. */
const typingDelay = 200;

const publisherNote = v.object({
  kind: v.literal('note'),
  note: v.literal('needsWords'),
  parent: v.object({ publisher: v.object({ name: v.string() }) }),
});

/**
 * Asks for the filter of the Images view, which is in force while it is typed. Escape brings back the one before.
 *
 * @param node where it is the note of a publisher, that publisher's images are searched
 */
export function filterImages(filter: ImageFilter, node: unknown): void {
  const before = filter.search.text;
  const box = vscode.window.createInputBox();
  const begun = v.is(publisherNote, node) ? `${fieldText('owner', node.parent.publisher.name.toLowerCase())} ` : before;
  let timer: NodeJS.Timeout | undefined;
  let isAccepted = false;
  box.title = vscode.l10n.t('Filter Images');
  box.prompt = vscode.l10n.t(
    'Press Enter to also search public images. Use -word to exclude, and name:, owner: or arch: to narrow.',
  );
  box.placeholder = 'ubuntu 24.04 arm64';
  // A click on what is found would close the box, as Escape does, and take the filter away under the click.
  box.ignoreFocusOut = true;
  box.value = begun;
  box.validationMessage = problemIn(begun);
  box.valueSelection = [begun.length, begun.length];
  box.onDidChangeValue((text) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      box.validationMessage = problemIn(text);
      filter.set(text, { typing: true });
    }, typingDelay);
  });
  box.onDidAccept(() => {
    isAccepted = true;
    box.hide();
  });
  box.onDidHide(() => {
    clearTimeout(timer);
    // While the box is open, the filter may have been cleared from the tree: that stays.
    if (isAccepted || filter.typing) {
      filter.set(isAccepted ? box.value : before, { typing: false });
    }
    box.dispose();
  });
  box.show();
}

/** A warning, since what is understood of the text is in force all the same. */
function problemIn(text: string): vscode.InputBoxValidationMessage | undefined {
  const [problem] = new ImageSearch(text).problems;
  return problem && { message: problemText(problem), severity: vscode.InputBoxValidationSeverity.Warning };
}
