import * as vscode from 'vscode';
import type { ToolCode } from '../../code/insertion/codePlace.ts';
import { CodePreview } from '../editor/codePreview.ts';
import type { TextInserter } from '../editor/insertText.ts';
import { loadPlaceCode } from '../editor/placedInDocument.ts';
import { type CodeChoice, type CodeKind, chooseCode } from './chooseCode.ts';

/** What is chosen: everything but the title, the file and what is done with the code. */
export type OfferedCode<Kind extends CodeKind> = Omit<CodeChoice<Kind>, 'title' | 'document' | 'onLookAt'>;

/** Lets the user choose a form of code, which goes to the clipboard. */
export async function chooseAndCopy<Kind extends CodeKind>(
  inserter: TextInserter,
  offered: OfferedCode<Kind>,
): Promise<void> {
  const kind = await chooseCode({ ...offered, title: vscode.l10n.t('Copy As'), document: inserter.target?.document });
  if (kind) {
    await copy(kind, await lastly(offered, kind));
  }
}

/** Lets the user choose a form of code, which goes to the cursors; what would come is shown there. */
export async function chooseAndInsert<Kind extends CodeKind>(
  inserter: TextInserter,
  offered: OfferedCode<Kind>,
): Promise<void> {
  const placeCode = await loadPlaceCode();
  const { document, editor } = inserter.target ?? {};
  const preview = editor && new CodePreview(editor);
  const kind = await chooseCode({
    ...offered,
    title: vscode.l10n.t('Insert As'),
    document,
    onLookAt: (code) => preview?.show(placeCode(code)),
  }).finally(() => preview?.dispose());
  if (!kind) {
    return;
  }
  const code = await lastly(offered, kind);
  if (!(await inserter.insert(placeCode(code)))) {
    await copy(kind, code);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No editor is open. The code was copied to the clipboard instead.'),
    );
  }
}

async function lastly<Kind extends CodeKind>(offered: OfferedCode<Kind>, kind: Kind): Promise<ToolCode> {
  await offered.checked?.(kind);
  return offered.render(kind);
}

async function copy({ tool, form }: CodeKind, { text }: ToolCode): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', `${tool} ${form}`), 3_000);
}
