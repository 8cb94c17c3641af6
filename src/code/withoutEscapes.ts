const lines: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * What a quoted text of YAML or JSON says, of the same length: U+0000 stands in place of what escapes a character.
 *
 * @param quote the character that opens the text; a text that nothing opens has no escapes
 */
export function withoutEscapes(written: string, quote: string | undefined): string {
  if (quote === "'") return written.replaceAll("''", "\0'");
  return quote === '"' ? withoutBackslashes(written) : written;
}

/** Of languages whose quotes all have escapes. */
export function withoutBackslashes(written: string): string {
  return written.replace(/\\([\\"'/nrt])/g, (_, char: string) => `\0${lines[char] ?? char}`);
}
