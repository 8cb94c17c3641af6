import { camelCase, unique, wordsOf } from './identifier.ts';
import type { ImageLookup, RegionMap } from './input.ts';
import { commentText, scriptKey, scriptString } from './quote.ts';
import { arrayProperty } from './script.ts';

/**
 * For TypeScript with `import * as ec2 from 'aws-cdk-lib/aws-ec2'`, in single quotes and two spaces as in the CDK's own
 * examples.
 */
const quote = "'";

/** `ec2.MachineImage.lookup`: asks at synthesis and remembers the answer in cdk.context.json. */
export function cdkLookups(lookups: readonly ImageLookup[]): string {
  const names = new Set<string>();
  return lookups.map((lookup) => machineImage(lookup, unique(names, camelCase(wordsOf(lookup.label)), ''))).join('\n');
}

function machineImage(lookup: ImageLookup, name: string): string {
  // A lookup must have a name; where it goes by the id, any name will do.
  const pattern = lookup.filters.find((filter) => filter.name === 'name')?.value ?? '*';
  const filters = lookup.filters.filter((filter) => filter.name !== 'name');
  const comment = commentText(lookup.ownerName ?? '');
  return `const ${name} = ec2.MachineImage.lookup({
  name: ${scriptString(pattern, quote)},
${arrayProperty('  ', 'owners', lookup.owner, quote, comment === '' ? '' : ` // ${comment}`)}  filters: {
${filters.map((filter) => arrayProperty('    ', scriptKey(filter.name, quote), filter.value, quote)).join('')}  },
${lookup.windows ? '  windows: true,\n' : ''}});
`;
}

/** `ec2.MachineImage.genericLinux` or `genericWindows` with the ids per region. */
export function cdkMaps(maps: readonly RegionMap[]): string {
  const names = new Set<string>();
  return maps
    .map((map) => {
      const name = unique(names, camelCase(wordsOf(map.label)), '');
      const entries = map.images.map((image) => {
        const comment = commentText(image.name);
        const end = comment === '' ? '' : ` // ${comment}`;
        return `  ${scriptKey(image.region, quote)}: ${scriptString(image.id, quote)},${end}\n`;
      });
      const method = map.windows ? 'genericWindows' : 'genericLinux';
      return `const ${name} = ec2.MachineImage.${method}({\n${entries.join('')}});\n`;
    })
    .join('\n');
}
