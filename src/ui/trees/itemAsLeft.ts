import * as vscode from 'vscode';
import type { RowStates } from './rowStates.ts';

/** Opens or closes the item of a row as the user left it. */
export function itemAsLeft(item: vscode.TreeItem, rowStates: RowStates): vscode.TreeItem {
  const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const isOpen = item.collapsibleState === None ? undefined : rowStates.isOpen(item.id ?? '');
  if (isOpen !== undefined) {
    item.collapsibleState = isOpen ? Expanded : Collapsed;
  }
  return item;
}
