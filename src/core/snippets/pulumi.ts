import { camelCase, unique, wordsOf } from './identifier.ts';
import type { ImageLookup } from './input.ts';
import { commentText, scriptString } from './quote.ts';
import { arrayProperty } from './script.ts';

/** For TypeScript with `import * as aws from "@pulumi/aws"`; double quotes as in Pulumi's own examples. */
const quote = '"';

export function pulumiLookups(lookups: readonly ImageLookup[]): string {
  const names = new Set<string>();
  return lookups.map((lookup) => getAmi(lookup, unique(names, camelCase(wordsOf(lookup.label)), ''))).join('\n');
}

function getAmi(lookup: ImageLookup, name: string): string {
  const comment = commentText(lookup.ownerName ?? '');
  const filters = lookup.filters.map(
    (filter) => `    {
      name: ${scriptString(filter.name, quote)},
${arrayProperty('      ', 'values', filter.value, quote)}    },
`,
  );
  return `const ${name} = aws.ec2.getAmiOutput({
  mostRecent: true,
${arrayProperty('  ', 'owners', lookup.owner, quote, comment === '' ? '' : ` // ${comment}`)}  filters: [
${filters.join('')}  ],
});
`;
}
