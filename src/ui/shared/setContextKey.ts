import * as vscode from 'vscode';
import { type ContextKey, type ContextKeyValue, contextKeyId } from '../../contributions/contextKeys.ts';

/** Sets a context key for `when` clauses. */
export function setContextKey<Key extends ContextKey>(key: Key, value: ContextKeyValue<Key>): void {
  // biome-ignore lint/plugin: the one place with types for keys and values
  void vscode.commands.executeCommand('setContext', contextKeyId(key), value);
}
