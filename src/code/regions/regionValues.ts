import { regionOfHost } from '../../core/regions.ts';
import type { TextSpan } from '../textSpan.ts';
import { type CodeNode, lastNameOf } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';
import { regionNamed } from './regionNames.ts';

/** The region that an expression stands for, and where it is written. */
export interface RegionValue {
  readonly region: string;
  readonly span: TextSpan;
}

const maxSteps = 8;
const camelCase =
  /^(us|eu|ap|ca|sa|me|af|il|cn|mx)(gov|iso|isob)?(north|south|central)?(east|west|north|south|central)(\d)(?:region)?(?:id)?$/i;

/** `USWest2`, `UsWest2RegionID`, `US_WEST_2`, `us_east_1`. */
export function regionOfConstant(path: string): string | undefined {
  const last = lastNameOf(path);
  const [, area, kind, side = '', direction, digit] = camelCase.exec(last) ?? [];
  if (area !== undefined)
    return [area, kind, `${side}${direction}`, digit]
      .filter((part) => part !== undefined)
      .join('-')
      .toLowerCase();
  return regionNamed(last.replace(/^(?:region_)|(?:_region)$/i, ''));
}

/** Undefined where the file does not tell, or tells several. */
export function regionValue(node: CodeNode, definitions: Definitions, steps = 0): RegionValue | undefined {
  if (steps > maxSteps) return undefined;
  switch (node.kind) {
    case 'text': {
      const region =
        regionNamed(node.value.trim().replace(/^aws:[\w-]*:/, '')) ??
        regionOfHost(node.value.replace(/^https?:\/\//, '').replace(/\/.*$/, ''));
      return region === undefined ? undefined : { region, span: node.inner };
    }
    case 'name':
      return regionOfName(node.value, node.span, definitions, steps);
    case 'call':
      return onlyOne([...node.args, ...node.named.map(({ value }) => value)], definitions, steps);
    case 'other':
      return onlyOne(node.children, definitions, steps);
    case 'list':
      return node.items.length === 1 && node.items[0] ? regionValue(node.items[0], definitions, steps + 1) : undefined;
    case 'map':
    case 'entry':
      return undefined;
  }
}

function regionOfName(name: string, span: TextSpan, definitions: Definitions, steps: number): RegionValue | undefined {
  const constant = regionOfConstant(name);
  if (constant !== undefined) return { region: constant, span };
  const values = definitions.valuesOf(name, span.start).filter(({ entry }) => entry.value.span.start !== span.start);
  const told = values.map(({ entry, scope }) => ({ value: regionValue(entry.value, definitions, steps + 1), scope }));
  const regions = new Set(told.flatMap(({ value }) => (value ? [value.region] : [])));
  const [closest] = told;
  // Two values count as one where they are in functions of their own, or agree.
  return closest?.value && (regions.size === 1 || closest.scope !== undefined) ? closest.value : undefined;
}

/** `aws.String("us-east-1")`, `os.environ.get("REGION", "us-east-1")`, `x || "us-east-1"`. */
function onlyOne(nodes: readonly CodeNode[], definitions: Definitions, steps: number): RegionValue | undefined {
  const found = nodes.flatMap((node) => {
    if (node.kind === 'entry' || node.kind === 'map') return [];
    return regionValue(node, definitions, steps + 1) ?? [];
  });
  const [first] = found;
  return first && found.every(({ region }) => region === first.region) ? first : undefined;
}
