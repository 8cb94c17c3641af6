import type { ImageLookup } from './input.ts';
import { jsonString, shellWord } from './quote.ts';

/** `aws ec2 describe-images` for a POSIX shell; prints the id of the newest image that can be launched. */
export function awsCliCommands(lookups: readonly ImageLookup[]): string {
  return lookups.map(describeImages).join('\n');
}

function describeImages(lookup: ImageLookup): string {
  const filters = [...lookup.filters, { name: 'state', value: 'available' }];
  const parts = [
    'aws ec2 describe-images',
    `--region ${shellWord(lookup.region)}`,
    `--owners ${shellWord(lookup.owner)}`,
    `--filters ${filtersArgument(filters)}`,
    "--query 'sort_by(Images, &CreationDate)[-1].ImageId'",
    '--output text',
  ];
  return `${parts.join(' \\\n  ')}\n`;
}

/** The CLI's shorthand where nothing in the values has a meaning in it, JSON otherwise. */
function filtersArgument(filters: ImageLookup['filters']): string {
  if (filters.every(({ value }) => /^[A-Za-z0-9*?](?:[A-Za-z0-9 ()_./*?@-]*[A-Za-z0-9*?)])?$/.test(value))) {
    const words = filters.map(({ name, value }) => `'Name=${name},Values=${value}'`);
    return `\\\n    ${words.join(' \\\n    ')}`;
  }
  const objects = filters.map(({ name, value }) => `{"Name":${jsonString(name)},"Values":[${jsonString(value)}]}`);
  return shellWord(`[${objects.join(',')}]`);
}
