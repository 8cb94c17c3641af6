import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export async function extension(): Promise<vscode.Extension<unknown>> {
  const found = vscode.extensions.getExtension('ami-explorer.ami-explorer');
  assert.ok(found, 'the extension is not installed');
  await found.activate();
  return found;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Resolves once the condition holds; rejects after a while in which it did not. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `not so in time: ${condition.toString()}`);
    await pause(50);
  }
}

/** What is answered once it is right, or after a while in which it was not. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await ask();
    if (isRight(value) || Date.now() > end) return value;
    await pause(100);
  }
}

/** Shows a document without a file. A busy editor may give it the text of one that was closed a moment ago. */
export async function showText(content: string, language: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  const editor = await vscode.window.showTextDocument(document);
  if (document.getText() !== content) {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), content);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }
  return editor;
}

/** Closes all editors, with what is not saved in them. Resolves once the documents that had no file are gone. */
export async function closeEditors(): Promise<void> {
  const untitled = () => vscode.workspace.textDocuments.find(({ isUntitled, isClosed }) => isUntitled && !isClosed);
  await until(async () => {
    const left = untitled();
    // One that is in no editor is closed with that in which it is shown.
    if (left) await vscode.window.showTextDocument(left);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    return !untitled() && vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
  });
}
