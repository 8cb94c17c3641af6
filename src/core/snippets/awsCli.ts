import type { ImageLookup } from './input.ts';
import { commentText, jsonString, shellWord } from './quote.ts';
import { filtersFor, type LookupAbilities, reasonForId, remarksOn } from './remarks.ts';

/** `--include-deprecated`; JMESPath has no regular expressions. */
export const awsCliAbilities: LookupAbilities = { expressions: false, deprecated: true };

/** `aws ec2 describe-images` for a POSIX shell; prints the id of the newest available image. */
export function awsCliCommands(lookups: readonly ImageLookup[]): string {
  return lookups
    .map((lookup) => {
      const reason = reasonForId(lookup, awsCliAbilities);
      return reason === undefined
        ? remarksOn(lookup, awsCliAbilities).map(remark).join('') + describeImages(lookup)
        : `${remark(reason)}echo ${shellWord(lookup.image.id)}\n`;
    })
    .join('\n');
}

/** An interactive zsh runs comments as commands, so a remark is a quoted argument of `:`. */
function remark(text: string): string {
  return `: ${shellWord(commentText(text))}\n`;
}

function describeImages(lookup: ImageLookup): string {
  const parts = [
    'aws ec2 describe-images',
    `--region ${shellWord(lookup.region)}`,
    `--owners ${shellWord(lookup.owner ?? '')}`,
    ...(lookup.deprecated ? ['--include-deprecated'] : []),
    `--filters ${filtersArgument(filtersFor(lookup, awsCliAbilities))}`,
    // The CLI refuses to sort by a field that one image lacks.
    `--query "sort_by(Images, &(CreationDate || ''))[-1].ImageId"`,
    '--output text',
  ];
  return `${parts.join(' \\\n  ')}\n`;
}

/** The CLI's shorthand where no value has characters that are special in it, otherwise JSON. */
function filtersArgument(filters: ImageLookup['filters']): string {
  const plain = /^[A-Za-z0-9*?](?:[A-Za-z0-9 ()_./*?@-]*[A-Za-z0-9*?)])?$/;
  if (filters.every(({ values }) => values.every((value) => plain.test(value)))) {
    const words = filters.map(({ name, values }) => `'Name=${name},Values=${values.join(',')}'`);
    return `\\\n    ${words.join(' \\\n    ')}`;
  }
  const objects = filters.map(
    ({ name, values }) => `{"Name":${jsonString(name)},"Values":[${values.map(jsonString).join(',')}]}`,
  );
  return shellWord(`[${objects.join(',')}]`);
}
