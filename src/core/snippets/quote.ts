import { unseen } from '../visibleText.ts';

/**
 * String literals of the languages that snippets are written in. What comes in may be anything; what goes out is one
 * literal on one line that means exactly that text, with nothing invisible in it. (Unpaired surrogates, which no encoding
 * can carry, become U+FFFD.)
 */

/**
 * What must not stand in code as it is: whatever nobody sees, and what makes text look like something else (Unicode TR 36;
 * the "Trojan Source" attack). Half of a surrogate pair is none of it: see `wellFormed`.
 */
const invisible = new RegExp(unseen.source, 'gu');

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0xfffd;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** `\u…` per UTF-16 unit: JSON and JavaScript. */
function escapeUnits(character: string): string {
  return [...Array(character.length).keys()].map((index) => `\\u${hex(character.charCodeAt(index), 4)}`).join('');
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** A JSON string. */
export function jsonString(text: string): string {
  const escaped = wellFormed(text)
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll(invisible, (character) => shortEscapes.get(character) ?? escapeUnits(character));
  return `"${escaped}"`;
}

/** A template string of HCL: Terraform, Packer. `${` and `%{` would begin a template. */
export function hclString(text: string): string {
  const escaped = wellFormed(text)
    .replaceAll(/["\\]/g, '\\$&')
    // `$${` stands for `${`. Before it a `$` must not stand as it is, or the pairs would be read from the left.
    .replaceAll(/\$+(?=\{)/g, (run) => `${'\\u0024'.repeat(run.length - 1)}$$`)
    .replaceAll(/%+(?=\{)/g, (run) => `${'\\u0025'.repeat(run.length - 1)}%%`)
    .replaceAll(invisible, (character) => {
      const value = codePoint(character);
      return shortEscapes.get(character) ?? (value > 0xffff ? `\\U${hex(value, 8)}` : `\\u${hex(value, 4)}`);
    });
  return `"${escaped}"`;
}

/** A YAML scalar: plain where it is certainly a string that way, in double quotes otherwise. */
export function yamlString(text: string): string {
  return isPlainYaml(text) ? text : yamlQuoted(text);
}

/** In double quotes. YAML's escapes are JSON's, save that it has no surrogate pairs (YAML 1.2, 5.7). */
export function yamlQuoted(text: string): string {
  const escaped = wellFormed(text)
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll(invisible, (character) => {
      const value = codePoint(character);
      return shortEscapes.get(character) ?? (value > 0xffff ? `\\U${hex(value, 8)}` : `\\u${hex(value, 4)}`);
    });
  return `"${escaped}"`;
}

/** Narrower than YAML allows: begins with a letter, has no `: ` or ` #`, and is none of the words that mean something else. */
function isPlainYaml(text: string): boolean {
  return (
    /^[A-Za-z][A-Za-z0-9._/*?()@+-]*(?: [A-Za-z0-9._/*?()@+-]+)*$/.test(text) &&
    !/^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(text)
  );
}

/** A JavaScript string the way Prettier and Biome leave it: the preferred quotes, unless the others need fewer escapes. */
export function scriptString(text: string, preferred: "'" | '"'): string {
  const other = preferred === "'" ? '"' : "'";
  const quote = text.split(preferred).length > text.split(other).length ? other : preferred;
  const escaped = wellFormed(text)
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll(invisible, (character) => shortEscapes.get(character) ?? escapeUnits(character));
  return `${quote}${escaped}${quote}`;
}

/** A key of a JavaScript object: quoted only where it must be. */
export function scriptKey(key: string, preferred: "'" | '"'): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : scriptString(key, preferred);
}

/**
 * A word of a POSIX shell: nothing has a meaning in single quotes. What is not seen is printed in their place, since a terminal
 * that it is pasted into obeys it. A NUL cannot be passed to a program and is left out, as line breaks at the end are.
 */
export function shellWord(text: string): string {
  const passable = wellFormed(text).replaceAll('\0', '');
  if (passable.search(invisible) >= 0) {
    const format = passable.replaceAll(/[\\%']/g, octal).replaceAll(invisible, octal);
    return `"$(printf '${format}')"`;
  }
  return /^[A-Za-z0-9_.,:@%+=/-]+$/.test(passable) ? passable : `'${passable.replaceAll("'", "'\\''")}'`;
}

/** The bytes of UTF-8, as `printf` of POSIX takes them. */
function octal(character: string): string {
  return encodeURIComponent(character).replaceAll(/%(..)|([^%])/g, (_, byte: string | undefined, letter: string) =>
    byte === undefined
      ? `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`
      : `\\${Number.parseInt(byte, 16).toString(8).padStart(3, '0')}`,
  );
}

/** Text for a comment that ends with its line: printable, on one line, and not longer than a line of code. */
export function commentText(text: string): string {
  const line = wellFormed(text)
    .replaceAll(new RegExp(`(?:\\s|${unseen.source})+`, 'gu'), ' ')
    .trim();
  return [...line].length <= 128 ? line : `${[...line].slice(0, 127).join('')}…`;
}
