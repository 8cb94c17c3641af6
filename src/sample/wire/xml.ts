const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xd;',
};

export function escapeXml(text: string): string {
  return /[&<>"'\r]/.test(text) ? text.replace(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? character) : text;
}

/** `<name>value</name>`; nothing where there is no value, `<name/>` where it is empty. */
export function element(name: string, value: string | number | boolean | undefined): string {
  if (value === undefined) {
    return '';
  }
  return value === '' ? `<${name}/>` : `<${name}>${escapeXml(String(value))}</${name}>`;
}

/** `<name><item>…</item>…</name>` of items that are XML already; `<name/>` where there are none. */
export function itemSet(name: string, items: readonly string[]): string {
  return items.length === 0
    ? `<${name}/>`
    : `<${name}>${items.map((item) => `<item>${item}</item>`).join('')}</${name}>`;
}
