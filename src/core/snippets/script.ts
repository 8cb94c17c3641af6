import { scriptString } from './quote.ts';

/** Prettier's and Biome's default. */
const lineWidth = 80;

/** `key: ['value'],` at an indentation, broken as Prettier and Biome break it when it is too long for a line. */
export function arrayProperty(indent: string, key: string, value: string, quote: "'" | '"', comment = ''): string {
  const text = scriptString(value, quote);
  const line = `${indent}${key}: [${text}],`;
  return line.length <= lineWidth
    ? `${line}${comment}\n`
    : `${indent}${key}: [\n${indent}  ${text},${comment}\n${indent}],\n`;
}

/**
 * `const name = call({ … });`, after the `=` on a line of its own where the first line would be too long. `body` writes
 * the lines between the braces at an indentation.
 */
export function declaration(name: string, call: string, body: (indent: string) => string): string {
  const line = `const ${name} = ${call}({`;
  return line.length <= lineWidth
    ? `${line}\n${body('  ')}});\n`
    : `const ${name} =\n  ${call}({\n${body('    ')}  });\n`;
}
