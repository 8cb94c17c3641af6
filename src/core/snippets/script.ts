import type { FixedImage, ImageLookup } from './input.ts';
import { commentText, scriptString } from './quote.ts';
import { type LookupAbilities, remarksOn } from './remarks.ts';

/** Prettier's and Biome's default. */
const lineWidth = 80;

/** `key: ['value'],` at an indentation, broken as Prettier and Biome break it when it is too long for a line. */
export function arrayProperty(
  indent: string,
  key: string,
  values: readonly string[],
  quote: "'" | '"',
  comment = '',
): string {
  const texts = values.map((value) => scriptString(value, quote));
  const line = `${indent}${key}: [${texts.join(', ')}],`;
  return line.length <= lineWidth
    ? `${line}${comment}\n`
    : `${indent}${key}: [\n${texts.map((text) => `${indent}  ${text},`).join('\n')}${comment}\n${indent}],\n`;
}

/** `key: value,`, the value on a line of its own where it is too long for the first. */
export function property(indent: string, key: string, value: string): string {
  const line = `${indent}${key}: ${value},`;
  return line.length <= lineWidth ? `${line}\n` : `${indent}${key}:\n${indent}  ${value},\n`;
}

/**
 * `const name = call({ … });`, broken as Prettier and Biome break it where the first line would be too long. `body` writes
 * the lines between the braces at an indentation.
 */
export function declaration(name: string, call: string, body: (indent: string) => string): string {
  const line = `const ${name} = ${call}({`;
  if (line.length <= lineWidth) return `${line}\n${body('  ')}});\n`;
  // Where only the brace is too much, it goes to the next line alone.
  return line.length === lineWidth + 1
    ? `const ${name} = ${call}(\n  {\n${body('    ')}  },\n);\n`
    : `const ${name} =\n  ${call}({\n${body('    ')}  });\n`;
}

/** The id itself, and why. */
export function constantId({ id }: FixedImage, name: string, reason: string, quote: "'" | '"'): string {
  const line = `const ${name}Id = ${scriptString(id, quote)};`;
  const code = line.length <= lineWidth ? line : `const ${name}Id =\n  ${scriptString(id, quote)};`;
  return `// ${commentText(reason)}\n${code}\n`;
}

/** A line each, before what they are about. */
export function scriptRemarks(lookup: ImageLookup, abilities: LookupAbilities): string {
  return remarksOn(lookup, abilities)
    .map((remark) => `// ${commentText(remark)}\n`)
    .join('');
}
