import { unseen } from '../visibleText.ts';

/**
 * String literals of the snippets' languages. Any text becomes one literal on one line, with the same value and no
 * invisible characters. (Unpaired surrogates, which no encoding can carry, become U+FFFD.)
 */

/**
 * Characters that are invisible or make text look different (Unicode TR 36; the "Trojan Source" attack), and must be
 * escaped in code. `wellFormed` replaces unpaired surrogates beforehand.
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

/** `\u…` per UTF-16 code unit, for JSON and JavaScript. */
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

/** Text of JSON with its invisible characters escaped, which stand in its strings alone, but for line breaks and tabs. */
export function visibleJson(json: string): string {
  return wellFormed(json).replaceAll(invisible, (character) =>
    /[\n\r\t]/.test(character) ? character : escapeUnits(character),
  );
}

/** A template string of HCL (Terraform, Packer), where `${` and `%{` begin a template. */
export function hclString(text: string): string {
  const escaped = wellFormed(text)
    .replaceAll(/["\\]/g, '\\$&')
    // HCL reads `$${` as `${`. A `$` before it is escaped by its code, since HCL pairs dollar signs from the left.
    .replaceAll(/\$+(?=\{)/g, (run) => `${'\\u0024'.repeat(run.length - 1)}$$`)
    .replaceAll(/%+(?=\{)/g, (run) => `${'\\u0025'.repeat(run.length - 1)}%%`)
    .replaceAll(invisible, (character) => {
      const value = codePoint(character);
      return shortEscapes.get(character) ?? (value > 0xffff ? `\\U${hex(value, 8)}` : `\\u${hex(value, 4)}`);
    });
  return `"${escaped}"`;
}

/** A YAML scalar: plain where it is certainly read as a string, otherwise in double quotes. */
export function yamlString(text: string): string {
  return isPlainYaml(text) ? text : yamlQuoted(text);
}

/** In double quotes. YAML's escapes are JSON's, but without surrogate pairs (YAML 1.2, 5.7). */
export function yamlQuoted(text: string): string {
  const escaped = wellFormed(text)
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll(invisible, (character) => {
      const value = codePoint(character);
      return shortEscapes.get(character) ?? (value > 0xffff ? `\\U${hex(value, 8)}` : `\\u${hex(value, 4)}`);
    });
  return `"${escaped}"`;
}

/** Stricter than YAML: begins with a letter, has no `: ` or ` #`, and is no word with a special meaning. */
function isPlainYaml(text: string): boolean {
  return (
    /^[A-Za-z][A-Za-z0-9._/*?()@+-]*(?: [A-Za-z0-9._/*?()@+-]+)*$/.test(text) &&
    !/^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(text)
  );
}

/** A JavaScript string as Prettier and Biome format it: the preferred quotes, unless the others need fewer escapes. */
export function scriptString(text: string, preferred: "'" | '"'): string {
  const other = preferred === "'" ? '"' : "'";
  const quote = text.split(preferred).length > text.split(other).length ? other : preferred;
  const escaped = wellFormed(text)
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll(invisible, (character) => shortEscapes.get(character) ?? escapeUnits(character));
  return `${quote}${escaped}${quote}`;
}

/** A key of a JavaScript object: quoted only where necessary. */
export function scriptKey(key: string, preferred: "'" | '"'): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : scriptString(key, preferred);
}

/**
 * A word of a POSIX shell, in single quotes where necessary. `printf` writes invisible characters, since a terminal
 * would obey them when the text is pasted. NUL, which cannot be passed to a program, is left out, and so are line
 * breaks at the end.
 */
export function shellWord(text: string): string {
  const passable = wellFormed(text).replaceAll('\0', '');
  if (passable.search(invisible) >= 0) {
    const format = passable.replaceAll(/[\\%']/g, octal).replaceAll(invisible, octal);
    return `"$(printf '${format}')"`;
  }
  return /^[A-Za-z0-9_.,:@%+=/-]+$/.test(passable) ? passable : `'${passable.replaceAll("'", "'\\''")}'`;
}

/** UTF-8 bytes as octal escapes for POSIX `printf`. */
function octal(character: string): string {
  return encodeURIComponent(character).replaceAll(/%(..)|([^%])/g, (_, byte: string | undefined, letter: string) =>
    byte === undefined
      ? `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`
      : `\\${Number.parseInt(byte, 16).toString(8).padStart(3, '0')}`,
  );
}

/** Text for a comment up to the end of the line: printable, on one line, and no longer than a line of code. */
export function commentText(text: string): string {
  const line = wellFormed(text)
    .replaceAll(new RegExp(`(?:\\s|${unseen.source})+`, 'gu'), ' ')
    .trim();
  return [...line].length <= 128 ? line : `${[...line].slice(0, 127).join('')}…`;
}
