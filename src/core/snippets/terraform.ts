import { snakeCase, unique, wordsOf } from './identifier.ts';
import type { ImageLookup, RegionMap } from './input.ts';
import { commentText, hclString } from './quote.ts';

/** Data sources `aws_ami`, formatted as `terraform fmt` leaves them. */
export function terraformDataSources(lookups: readonly ImageLookup[]): string {
  const names = new Set<string>();
  return lookups.map((lookup) => dataSource(lookup, unique(names, snakeCase(wordsOf(lookup.label)), '_'))).join('\n');
}

function dataSource(lookup: ImageLookup, name: string): string {
  const filters = lookup.filters.map(
    (filter) => `
  filter {
    name   = ${hclString(filter.name)}
    values = [${hclString(filter.value)}]
  }
`,
  );
  return `data "aws_ami" "${name}" {
  most_recent = true
  owners      = [${hclString(lookup.owner)}]${hclComment(lookup.ownerName)}
${filters.join('')}}
`;
}

/** Maps from region to id as variables, formatted as `terraform fmt` leaves them. */
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

/** With the space before it; nothing for nothing. */
export function hclComment(text: string | undefined): string {
  const comment = commentText(text ?? '');
  return comment === '' ? '' : ` # ${comment}`;
}
