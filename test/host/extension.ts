import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export async function extension(): Promise<vscode.Extension<unknown>> {
  const found = vscode.extensions.getExtension('ami-explorer.ami-explorer');
  assert.ok(found, 'the extension is not installed');
  await found.activate();
  return found;
}
