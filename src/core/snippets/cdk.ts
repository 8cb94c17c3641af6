import { unique, variableName, wordsOf } from './identifier.ts';
import type { FixedImage, ImageLookup, LookupFilter, RegionMap } from './input.ts';
import { commentText, scriptKey, scriptString } from './quote.ts';
import { filtersFor, type LookupAbilities, reasonForId } from './remarks.ts';
import { arrayProperty, declaration, scriptRemarks } from './script.ts';

/** For TypeScript with `import * as ec2 from 'aws-cdk-lib/aws-ec2'`; single quotes as in the CDK's own examples. */
const quote = "'";

/** The CDK passes only owners and filters to EC2. */
const abilities: LookupAbilities = { expressions: false, deprecated: false };

/** `ec2.MachineImage.lookup`: asks EC2 at synthesis and caches the answer in cdk.context.json. */
export function cdkLookups(lookups: readonly ImageLookup[]): string {
  const names = new Set<string>();
  return lookups
    .map((lookup) => {
      const name = unique(names, variableName(wordsOf(lookup.label)), '');
      const reason = reasonForId(lookup, abilities);
      if (reason === undefined) return machineImage(lookup, name);
      return `// ${commentText(reason)}\n${genericImage({ windows: lookup.windows, images: [lookup.image] }, name)}`;
    })
    .join('\n');
}

function machineImage(lookup: ImageLookup, name: string): string {
  const filters = filtersFor(lookup, abilities);
  const isName = ({ name }: LookupFilter) => name === 'name';
  // `lookup` requires a name; for a lookup by id, any will do.
  const pattern = lookup.filters.find(isName)?.values[0] ?? '*';
  // A filter `name` overrides the argument `name`, so narrower values go there.
  const others = filters.filter((filter) => !isName(filter) || filter.values.join() !== pattern);
  const comment = commentText(lookup.ownerName ?? '');
  const call = declaration(name, 'ec2.MachineImage.lookup', (indent) =>
    [
      `${indent}name: ${scriptString(pattern, quote)},\n`,
      arrayProperty(indent, 'owners', [lookup.owner ?? ''], quote, comment === '' ? '' : ` // ${comment}`),
      `${indent}filters: {\n`,
      ...others.map((filter) => arrayProperty(`${indent}  `, scriptKey(filter.name, quote), filter.values, quote)),
      `${indent}},\n`,
      lookup.windows ? `${indent}windows: true,\n` : '',
    ].join(''),
  );
  return scriptRemarks(lookup, abilities) + call;
}

/** `ec2.MachineImage.genericLinux` or `genericWindows` with an id per region. */
export function cdkMaps(maps: readonly RegionMap[]): string {
  const names = new Set<string>();
  return maps.map((map) => genericImage(map, unique(names, variableName(wordsOf(map.label)), ''))).join('\n');
}

function genericImage({ windows, images }: Omit<RegionMap, 'label'>, name: string): string {
  const method = windows ? 'genericWindows' : 'genericLinux';
  return declaration(name, `ec2.MachineImage.${method}`, (indent) =>
    images.map((image) => indent + entry(image)).join(''),
  );
}

function entry(image: FixedImage): string {
  const comment = commentText(image.name);
  const end = comment === '' ? '' : ` // ${comment}`;
  return `${scriptKey(image.region, quote)}: ${scriptString(image.id, quote)},${end}\n`;
}
