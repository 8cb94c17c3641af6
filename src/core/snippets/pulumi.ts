import { unique, variableName, wordsOf } from './identifier.ts';
import type { ImageLookup } from './input.ts';
import { commentText, scriptString } from './quote.ts';
import { arrayProperty, declaration } from './script.ts';

/** For TypeScript with `import * as aws from "@pulumi/aws"`; double quotes as in Pulumi's own examples. */
const quote = '"';

export function pulumiLookups(lookups: readonly ImageLookup[]): string {
  const names = new Set<string>();
  return lookups.map((lookup) => getAmi(lookup, unique(names, variableName(wordsOf(lookup.label)), ''))).join('\n');
}

function getAmi(lookup: ImageLookup, name: string): string {
  const comment = commentText(lookup.ownerName ?? '');
  return declaration(name, 'aws.ec2.getAmiOutput', (indent) =>
    [
      `${indent}mostRecent: true,\n`,
      arrayProperty(indent, 'owners', lookup.owner, quote, comment === '' ? '' : ` // ${comment}`),
      `${indent}filters: [\n`,
      ...lookup.filters.flatMap((filter) => [
        `${indent}  {\n`,
        `${indent}    name: ${scriptString(filter.name, quote)},\n`,
        arrayProperty(`${indent}    `, 'values', filter.value, quote),
        `${indent}  },\n`,
      ]),
      `${indent}],\n`,
    ].join(''),
  );
}
