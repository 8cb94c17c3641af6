import { oncePer } from '../oncePer.ts';
import type { RegionClue, StatedClue } from '../reading.ts';
import { type CodeNode, childIndexAt } from '../tree/codeTree.ts';
import { regionNamed } from './regionNames.ts';
import { regionOfConstant } from './regionValues.ts';

/** `("us-east-1", "ami-…")`; in a longer list each id has its region before it, or behind it. */
export function pairClues(items: readonly CodeNode[], offset: number): readonly RegionClue[] {
  const index = childIndexAt(items, offset);
  if (index === -1) return [];
  const { regions, ofOption } = regionsAmong(items);
  if (ofOption) return [ofOption];
  if (regions.size === 1) return items.length <= 8 ? [...regions.values()] : [];
  const isPairs = items.length === regions.size * 2;
  const before = isPairs ? regions.get(index - 1) : undefined;
  const behind = isPairs && !regions.has(0) ? regions.get(index + 1) : undefined;
  return before ? [before] : behind ? [behind] : [];
}

const regionsAmong = oncePer(
  (items: readonly CodeNode[]) => {
    const regions = new Map<number, RegionClue>();
    let option = -1;
    for (const [at, item] of items.entries()) {
      if (item.kind !== 'text' && item.kind !== 'name') continue;
      const region = item.kind === 'text' ? regionNamed(item.value) : constantOfPath(item.value);
      if (region !== undefined) regions.set(at, stated(region, item.span));
      if (option === -1 && item.value === '--region') option = at;
    }
    return { regions, ofOption: option === -1 ? undefined : regions.get(option + 1) };
  },
  ({ length }) => length,
);

/** `Regions.EU_WEST_1`, `endpoints.EuWest1RegionID`; a name by itself is that of a variable. */
export function constantOfPath(path: string): string | undefined {
  return /[.:]/.test(path) ? regionOfConstant(path) : undefined;
}

function stated(region: string, span: CodeNode['span']): StatedClue {
  return { kind: 'stated', regions: [region], from: 'argument', span };
}
