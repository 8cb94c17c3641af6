import { snakeCase, unique, wordsOf } from './identifier.ts';
import type { ImageLookup, LookupFilter, RegionMap } from './input.ts';
import { commentText, hclString } from './quote.ts';
import { expressionOf, filtersFor, type LookupAbilities, reasonForId, remarksOn } from './remarks.ts';

/** `name_regex` and `include_deprecated` of the AWS provider's data source `aws_ami`. */
const abilities: LookupAbilities = { expressions: true, deprecated: true };

/** Data sources `aws_ami`, as `terraform fmt` formats them. */
export function terraformDataSources(lookups: readonly ImageLookup[]): string {
  const names = new Set<string>();
  return lookups
    .map((lookup) => {
      const name = unique(names, snakeCase(wordsOf(lookup.label)), '_');
      const reason = reasonForId(lookup, abilities);
      return reason === undefined ? dataSource(lookup, name) : local(lookup, name, reason);
    })
    .join('\n');
}

function dataSource(lookup: ImageLookup, name: string): string {
  const expression = expressionOf(lookup, abilities);
  const filters = filtersFor(lookup, abilities).map(
    (filter) => `
  filter {
    name   = ${hclString(filter.name)}
    values = ${hclList(filter.values)}
  }
`,
  );
  const attributes = hclAttributes('  ', [
    ['most_recent', 'true'],
    ...(lookup.deprecated ? [['include_deprecated', 'true'] as const] : []),
    ['owners', hclList([lookup.owner ?? '']), lookup.ownerName],
    ...(expression === undefined ? [] : [['name_regex', hclString(expression)] as const]),
  ]);
  return `${hclRemarks(lookup, abilities)}data "aws_ami" "${name}" {
${attributes}${filters.join('')}}
`;
}

function local({ image }: ImageLookup, name: string, reason: string): string {
  return `# ${commentText(reason)}
locals {
  ${name}_ami_id = ${hclString(image.id)}
}
`;
}

/** Variables with maps from region to id, as `terraform fmt` formats them. */
export function terraformMaps(maps: readonly RegionMap[]): string {
  const names = new Set<string>();
  return maps.map((map) => variable(map, unique(names, `${snakeCase(wordsOf(map.label))}_ami_ids`, '_'))).join('\n');
}

function variable(map: RegionMap, name: string): string {
  const entries = map.images.map((image) => ({
    key: hclString(image.region),
    value: hclString(image.id),
    comment: hclComment(image.name),
  }));
  const keyWidth = Math.max(...entries.map(({ key }) => key.length));
  const valueWidth = Math.max(...entries.map(({ value }) => value.length));
  const lines = entries.map(({ key, value, comment }) => {
    const padded = comment === '' ? value : value.padEnd(valueWidth) + comment;
    return `    ${key.padEnd(keyWidth)} = ${padded}\n`;
  });
  return `variable "${name}" {
  type = map(string)
  default = {
${lines.join('')}  }
}
`;
}

/** Attributes `[name, expression, comment]`, one a line and aligned as the formatter aligns them. */
export function hclAttributes(
  indent: string,
  attributes: readonly (readonly [name: string, value: string, comment?: string | undefined])[],
): string {
  const width = Math.max(...attributes.map(([name]) => name.length));
  return attributes
    .map(([name, value, comment]) => `${indent}${name.padEnd(width)} = ${value}${hclComment(comment)}\n`)
    .join('');
}

function hclList(values: LookupFilter['values']): string {
  return `[${values.map(hclString).join(', ')}]`;
}

/** A line for each remark, before the lookup. */
export function hclRemarks(lookup: ImageLookup, tool: LookupAbilities): string {
  return remarksOn(lookup, tool)
    .map((remark) => `# ${commentText(remark)}\n`)
    .join('');
}

/** With a space before it; empty without a text. */
function hclComment(text: string | undefined): string {
  const comment = commentText(text ?? '');
  return comment === '' ? '' : ` # ${comment}`;
}
