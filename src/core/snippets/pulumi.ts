import { unique, variableName, wordsOf } from './identifier.ts';
import type { ImageLookup } from './input.ts';
import { commentText, scriptString } from './quote.ts';
import { expressionOf, filtersFor, type LookupAbilities, reasonForId } from './remarks.ts';
import { arrayProperty, constantId, declaration, property, scriptRemarks } from './script.ts';

/** For TypeScript with `import * as aws from "@pulumi/aws"`; double quotes as in Pulumi's own examples. */
const quote = '"';

/** `nameRegex`, `includeDeprecated`: Terraform's data source underneath. */
const abilities: LookupAbilities = { expressions: true, deprecated: true };

export function pulumiLookups(lookups: readonly ImageLookup[]): string {
  const names = new Set<string>();
  return lookups
    .map((lookup) => {
      const name = unique(names, variableName(wordsOf(lookup.label)), '');
      const reason = reasonForId(lookup, abilities);
      return reason === undefined ? getAmi(lookup, name) : constantId(lookup.image, name, reason, quote);
    })
    .join('\n');
}

function getAmi(lookup: ImageLookup, name: string): string {
  const comment = commentText(lookup.ownerName ?? '');
  const expression = expressionOf(lookup, abilities);
  const call = declaration(name, 'aws.ec2.getAmiOutput', (indent) =>
    [
      `${indent}mostRecent: true,\n`,
      lookup.deprecated ? `${indent}includeDeprecated: true,\n` : '',
      arrayProperty(indent, 'owners', [lookup.owner ?? ''], quote, comment === '' ? '' : ` // ${comment}`),
      expression === undefined ? '' : property(indent, 'nameRegex', scriptString(expression, quote)),
      `${indent}filters: [\n`,
      ...filtersFor(lookup, abilities).flatMap((filter) => [
        `${indent}  {\n`,
        `${indent}    name: ${scriptString(filter.name, quote)},\n`,
        arrayProperty(`${indent}    `, 'values', filter.values, quote),
        `${indent}  },\n`,
      ]),
      `${indent}],\n`,
    ].join(''),
  );
  return scriptRemarks(lookup, abilities) + call;
}
