import type { FoundLookup } from '../reading.ts';
import { type CodeNode, childrenOf } from '../tree/codeTree.ts';
import { ansibleLookup } from './ansibleLookups.ts';
import { clusterLookup } from './clusterLookups.ts';
import { requestLookup } from './requestLookups.ts';

/** The lookups of YAML and JSON, whatever tool reads them. */
export function dataLookups(text: string, root: CodeNode): readonly FoundLookup[] {
  const found: FoundLookup[] = [];
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const child of childrenOf(node)) open.push(child);
    if (node.kind !== 'map') continue;
    for (const entry of node.entries) {
      const lookup =
        ansibleLookup(text, entry, node) ?? clusterLookup(text, entry, node) ?? requestLookup(text, entry, node);
      if (lookup) found.push(lookup);
    }
  }
  return found.reverse();
}
