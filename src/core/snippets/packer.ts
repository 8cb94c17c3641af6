import type { ImageLookup } from './input.ts';
import { commentText, hclString } from './quote.ts';
import { filtersFor, type LookupAbilities, reasonForId } from './remarks.ts';
import { hclAttributes, hclRemarks } from './terraform.ts';

/** `include_deprecated` (Packer's Amazon plugin from 1.2.8). */
export const packerAbilities: LookupAbilities = { expressions: false, deprecated: true };

/** Blocks `source_ami_filter` for the builders of Packer's Amazon plugin, as `packer fmt` formats them. */
export function packerFilters(lookups: readonly ImageLookup[]): string {
  return lookups.map((lookup) => heading(lookup, lookups.length) + source(lookup)).join('\n');
}

/** A source takes one block, so several get a heading each. */
function heading(lookup: ImageLookup, count: number): string {
  const label = commentText(lookup.label);
  return count === 1 || label === '' ? '' : `# ${label}\n`;
}

function source(lookup: ImageLookup): string {
  const reason = reasonForId(lookup, packerAbilities);
  return reason === undefined
    ? sourceFilter(lookup)
    : `# ${commentText(reason)}\nsource_ami = ${hclString(lookup.image.id)}\n`;
}

function sourceFilter(lookup: ImageLookup): string {
  const filters = filtersFor(lookup, packerAbilities).map(
    ({ name, values }) => [name, hclString(values.map(filterValue).join(','))] as const,
  );
  const attributes = hclAttributes('  ', [
    ['owners', `[${hclString(lookup.owner ?? '')}]`, lookup.ownerName],
    ['most_recent', 'true'],
    ...(lookup.deprecated ? [['include_deprecated', 'true'] as const] : []),
  ]);
  return `${hclRemarks(lookup, packerAbilities)}source_ami_filter {
  filters = {
${hclAttributes('    ', filters)}  }
${attributes}}
`;
}

/**
 * Packer reads the values as comma-separated, where quotation marks enclose a value, and `{{` as the beginning of a
 * template. EC2 takes `?` for any character.
 */
export function filterValue(value: string): string {
  const text = value.replaceAll('{{', '{?');
  return /^["\s]|,/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
