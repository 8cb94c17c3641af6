const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xd;',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 does not allow these characters, even escaped.
const SPECIAL = /[&<>"'\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const SPECIAL_ALL = new RegExp(SPECIAL, 'g');

/** Escapes a text for XML; characters that XML cannot contain become the replacement character. */
export function escapeXml(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIAL_ALL, (character) => ENTITIES[character] ?? '\ufffd') : text;
}

/** `<name>value</name>`; empty without a value, `<name/>` for an empty one. */
export function element(name: string, value: string | number | boolean | undefined): string {
  if (value === undefined) {
    return '';
  }
  return value === '' ? `<${name}/>` : `<${name}>${escapeXml(String(value))}</${name}>`;
}

/** `<name><item>…</item>…</name>` for items in XML; `<name/>` without items. */
export function itemSet(name: string, items: readonly string[]): string {
  return items.length === 0 ? `<${name}/>` : `<${name}><item>${items.join('</item><item>')}</item></${name}>`;
}
