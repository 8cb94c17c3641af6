import { contextKeyId, type contextKeys, editorKeys } from './contextKeys.ts';
import type { PanelId } from './panels.ts';
import type { TreeItemFlag, TreeItemKind } from './treeItems.ts';
import { type ViewName, views } from './views.ts';

/** A condition in the language of `when` clauses: https://code.visualstudio.com/api/references/when-clause-contexts */
export type When = string;

export const never: When = 'false';

/** True where a folder is open, or several. */
export const hasFolder: When = 'workspaceFolderCount != 0';

export function all(...conditions: readonly When[]): When {
  return conditions.join(' && ');
}

export function any(...conditions: readonly When[]): When {
  return `(${conditions.join(' || ')})`;
}

export function not(condition: When): When {
  return `!(${condition})`;
}

export function inView(view: ViewName): When {
  return `view == ${views[view]}`;
}

/** True on a part of a panel's page that names itself so in its context. */
export function inPage(panel: PanelId, section: string): When {
  return `webviewId == '${panel}' && webviewSection == '${section}'`;
}

/** True while the rows of a view have the focus, and no field in it, such as that of the editor's own Find. */
export function inFocusedView(view: ViewName): When {
  return all(`focusedView == ${views[view]}`, 'listFocus', not('inputFocus'));
}

/** True on items of these kinds. */
export function onItem(...kinds: readonly TreeItemKind[]): When {
  return `viewItem =~ /^(${kinds.join('|')})\\b/`;
}

/** True on items of a kind with a flag. */
export function onItemWith<Kind extends TreeItemKind>(kind: Kind, flag: TreeItemFlag<Kind>): When {
  return `viewItem =~ /^${kind}\\b.* ${flag}\\b/`;
}

type Keys = typeof contextKeys & typeof editorKeys;

/** True where a context key has a value. A boolean key needs no comparison. */
export function keyIs<Key extends keyof Keys>(key: Key, value: Keys[Key][number]): When {
  const id = isEditorKey(key) ? key : contextKeyId(key);
  return typeof value === 'boolean' ? `${value ? '' : '!'}${id}` : `${id} == '${value}'`;
}

function isEditorKey(key: keyof Keys): key is keyof typeof editorKeys {
  return Object.hasOwn(editorKeys, key);
}
