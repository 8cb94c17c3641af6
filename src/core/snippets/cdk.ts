import { unique, variableName, wordsOf } from './identifier.ts';
import type { FixedImage, ImageLookup, LookupFilter, RegionMap } from './input.ts';
import { commentText, scriptKey, scriptString } from './quote.ts';
import { arrayProperty, declaration } from './script.ts';

/**
 * For TypeScript with `import * as ec2 from 'aws-cdk-lib/aws-ec2'`, in single quotes and two spaces as in the CDK's own
 * examples.
 */
const quote = "'";

/** `ec2.MachineImage.lookup`: asks at synthesis and remembers the answer in cdk.context.json. */
export function cdkLookups(lookups: readonly ImageLookup[]): string {
  const names = new Set<string>();
  return lookups
    .map((lookup) => machineImage(lookup, unique(names, variableName(wordsOf(lookup.label)), '')))
    .join('\n');
}

function machineImage(lookup: ImageLookup, name: string): string {
  // A lookup must have a name; where it goes by the id, any name will do.
  const pattern = lookup.filters.find((filter) => filter.name === 'name')?.value ?? '*';
  const filters = lookup.filters.filter((filter) => filter.name !== 'name');
  const comment = commentText(lookup.ownerName ?? '');
  const property = (indent: string, { name, value }: LookupFilter) =>
    arrayProperty(indent, scriptKey(name, quote), value, quote);
  return declaration(name, 'ec2.MachineImage.lookup', (indent) =>
    [
      `${indent}name: ${scriptString(pattern, quote)},\n`,
      arrayProperty(indent, 'owners', lookup.owner, quote, comment === '' ? '' : ` // ${comment}`),
      `${indent}filters: {\n`,
      ...filters.map((filter) => property(`${indent}  `, filter)),
      `${indent}},\n`,
      lookup.windows ? `${indent}windows: true,\n` : '',
    ].join(''),
  );
}

/** `ec2.MachineImage.genericLinux` or `genericWindows` with the ids per region. */
export function cdkMaps(maps: readonly RegionMap[]): string {
  const names = new Set<string>();
  return maps
    .map((map) => {
      const name = unique(names, variableName(wordsOf(map.label)), '');
      const method = map.windows ? 'genericWindows' : 'genericLinux';
      return declaration(name, `ec2.MachineImage.${method}`, (indent) =>
        map.images.map((image) => indent + entry(image)).join(''),
      );
    })
    .join('\n');
}

function entry(image: FixedImage): string {
  const comment = commentText(image.name);
  const end = comment === '' ? '' : ` // ${comment}`;
  return `${scriptKey(image.region, quote)}: ${scriptString(image.id, quote)},${end}\n`;
}
