import type { CodeNode } from '../../../src/code/tree/codeTree.ts';

/** A tree as plain values: words as `=word`, entries outside of maps as pairs, calls with their callee. */
export function plainTree(node: CodeNode): unknown {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainTree(value)]));
    case 'list':
      return node.items.map(plainTree);
    case 'entry':
      return [node.key, plainTree(node.value)];
    case 'text':
      return node.value;
    case 'name':
      return `=${node.value}`;
    case 'other':
      return node.children.length === 0 ? undefined : { children: node.children.map(plainTree) };
    case 'call':
      return { [node.callee]: node.args.map(plainTree) };
  }
}

/** All nodes, the outermost first. */
export function allNodes(root: CodeNode, childrenOf: (node: CodeNode) => readonly CodeNode[]): readonly CodeNode[] {
  return [root, ...childrenOf(root).flatMap((child) => allNodes(child, childrenOf))];
}
