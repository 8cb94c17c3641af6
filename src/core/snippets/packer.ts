import type { ImageLookup } from './input.ts';
import { commentText, hclString } from './quote.ts';
import { hclComment } from './terraform.ts';

/** Blocks `source_ami_filter` for the builders of Packer's Amazon plugin, formatted as `packer fmt` leaves them. */
export function packerFilters(lookups: readonly ImageLookup[]): string {
  return lookups.map((lookup) => heading(lookup, lookups.length) + sourceFilter(lookup)).join('\n');
}

/** A source takes one block, so several have to be told apart. */
function heading(lookup: ImageLookup, count: number): string {
  const label = commentText(lookup.label);
  return count === 1 || label === '' ? '' : `# ${label}\n`;
}

function sourceFilter(lookup: ImageLookup): string {
  const width = Math.max(...lookup.filters.map(({ name }) => name.length));
  const filters = lookup.filters.map(
    ({ name, value }) => `    ${name.padEnd(width)} = ${hclString(filterValue(value))}\n`,
  );
  return `source_ami_filter {
  filters = {
${filters.join('')}  }
  owners      = [${hclString(lookup.owner)}]${hclComment(lookup.ownerName)}
  most_recent = true
}
`;
}

/** Packer reads `{{` in a string as the beginning of a template of its own; EC2 takes `?` for any character. */
function filterValue(value: string): string {
  return value.replaceAll('{{', '{?');
}
