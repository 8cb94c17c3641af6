import type { RegionClue } from '../reading.ts';
import { contains, type TextSpan } from '../textSpan.ts';
import type { CodeNode } from '../tree/codeTree.ts';
import { regionNamed } from './regionNames.ts';

/**
 * The region that a condition asks for: `var.region == "us-east-1" ? "ami-…" : "ami-…"`. What stands behind the last
 * colon is for all other regions.
 *
 * @param around the nodes around the reference, the outermost first
 */
export function conditionClues(text: string, around: readonly CodeNode[], reference: TextSpan): readonly RegionClue[] {
  const node = around.findLast((inner) => inner.kind === 'other');
  if (node?.kind !== 'other') return [];
  const at = node.children.findIndex(({ span }) => contains(span, reference));
  const asked = node.children.slice(0, at).findLast(regionIn);
  if (at < 0 || !asked) return [];
  const between = text.slice(asked.span.end, node.children[at]?.span.start);
  const before = text.slice(node.span.start, asked.span.start);
  if (!/^[\s)]*\?\s*$/.test(between)) return /\?[^:]*:/.test(between) ? [{ kind: 'untold' }] : [];
  const region = regionIn(asked);
  return region !== undefined && /==[=\s("']*$/.test(before) ? [stated(region, asked.span)] : [{ kind: 'untold' }];
}

function regionIn(node: CodeNode): string | undefined {
  return node.kind === 'text' ? regionNamed(node.value) : undefined;
}

function stated(region: string, span: TextSpan): RegionClue {
  return { kind: 'stated', regions: [region], from: 'block', span };
}
