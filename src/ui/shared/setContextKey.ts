import * as vscode from 'vscode';
import { type ContextKey, type ContextKeyValue, contextKeyId } from '../../contributions/contextKeys.ts';

/** The one way to tell the editor what `when` clauses ask for. */
export function setContextKey<Key extends ContextKey>(key: Key, value: ContextKeyValue<Key>): void {
  // biome-ignore lint/plugin: everybody else comes here, so that the key and its values are known to the menus
  void vscode.commands.executeCommand('setContext', contextKeyId(key), value);
}
