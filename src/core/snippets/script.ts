import type { FixedImage, ImageLookup } from './input.ts';
import { commentText, scriptString } from './quote.ts';
import { type LookupAbilities, remarksOn } from './remarks.ts';

/** Prettier's and Biome's default. */
const lineWidth = 80;

/** `key: ['value'],` with an indentation, wrapped as by Prettier and Biome. */
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

/** `key: value,` with the value on its own line where one line is too long. */
export function property(indent: string, key: string, value: string): string {
  const line = `${indent}${key}: ${value},`;
  return line.length <= lineWidth ? `${line}\n` : `${indent}${key}:\n${indent}  ${value},\n`;
}

/**
 * `const name = call({ … });`, wrapped as by Prettier and Biome. `body` takes the indentation of the lines between the
 * braces.
 */
export function declaration(name: string, call: string, body: (indent: string) => string): string {
  const line = `const ${name} = ${call}({`;
  if (line.length <= lineWidth) return `${line}\n${body('  ')}});\n`;
  // The formatters move only the brace where it alone is too much.
  return line.length === lineWidth + 1
    ? `const ${name} = ${call}(\n  {\n${body('    ')}  },\n);\n`
    : `const ${name} =\n  ${call}({\n${body('    ')}  });\n`;
}

/** The image's id, and why there is no lookup. */
export function constantId({ id }: FixedImage, name: string, reason: string, quote: "'" | '"'): string {
  const line = `const ${name}Id = ${scriptString(id, quote)};`;
  const code = line.length <= lineWidth ? line : `const ${name}Id =\n  ${scriptString(id, quote)};`;
  return `// ${commentText(reason)}\n${code}\n`;
}

/** A line for each remark, before the lookup. */
export function scriptRemarks(lookup: ImageLookup, abilities: LookupAbilities): string {
  return remarksOn(lookup, abilities)
    .map((remark) => `// ${commentText(remark)}\n`)
    .join('');
}
