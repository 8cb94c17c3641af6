import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export async function extension(): Promise<vscode.Extension<unknown>> {
  const found = vscode.extensions.getExtension('ami-explorer.ami-explorer');
  assert.ok(found, 'the extension is not installed');
  await found.activate();
  return found;
}

/** Resolves once the condition holds; rejects after a while in which it did not. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `not so in time: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
