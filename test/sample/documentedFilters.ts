import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The SDK's types contain the API reference. */
const MODELS = new URL('../../node_modules/@aws-sdk/client-ec2/dist-types/models/', import.meta.url);

/** An item of the list of filters: its name in `<code>`, then its meaning. */
const ITEM = /<li>\s*<p>\s*<code>([\w.-]+)(:<key>)?<\/code>(:<key>)?/g;
/** A list within an item, with a filter's values. */
const INNER_LIST = /<ul>(?:(?!<\/?ul>)[\s\S])*<\/ul>/g;

/** The names of an operation's filters in the API reference, with `tag:<key>` for tags. */
export function documentedFilters(operation: string): readonly string[] {
  const request = new RegExp(`export interface ${operation}Request \\{([\\s\\S]*?)\\n\\}`);
  for (const file of readdirSync(MODELS).filter((name) => name.endsWith('.d.ts'))) {
    const body = request.exec(readFileSync(fileURLToPath(new URL(file, MODELS)), 'utf8'))?.[1];
    if (body !== undefined) {
      const text = body.slice(0, body.indexOf('Filters?')).replaceAll(/^\s*\* ?/gm, '');
      const documentation = text.slice(text.indexOf('<ul>', text.lastIndexOf('/**')) + '<ul>'.length);
      return [...documentation.replaceAll(INNER_LIST, '').matchAll(ITEM)].map(
        ([, name = '', inside = '', after = '']) => name + inside + after,
      );
    }
  }
  throw new Error(`The SDK documents no ${operation}.`);
}
