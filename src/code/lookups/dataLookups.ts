import type { FoundLookup } from '../reading.ts';
import { type CodeNode, childrenOf } from '../tree/codeTree.ts';
import { ansibleLookup } from './ansibleLookups.ts';
import { clusterLookups } from './clusterLookups.ts';
import { requestLookup } from './requestLookups.ts';
import { wordListLookups } from './wordListLookups.ts';

/** The lookups of YAML and JSON, whatever tool reads them. */
export function dataLookups(text: string, root: CodeNode): readonly FoundLookup[] {
  const found: FoundLookup[] = [];
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const child of childrenOf(node)) open.push(child);
    if (node.kind === 'list') found.push(...wordListLookups(node.items, node.span, text));
    if (node.kind !== 'map') continue;
    for (const entry of node.entries) {
      const one = ansibleLookup(text, entry, node) ?? requestLookup(text, entry, node);
      if (one) found.push(one);
      else for (const other of clusterLookups(text, entry, node).toReversed()) found.push(other);
    }
  }
  return found.reverse();
}
