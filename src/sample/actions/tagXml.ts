import { element, itemSet } from '../wire/xml.ts';

/** `tagSet`; nothing where there are no tags, as EC2 answers it. */
export function tagSet(tags: ReadonlyMap<string, string> | undefined): string {
  const items = [...(tags ?? [])].map(([key, value]) => element('key', key) + element('value', value));
  return items.length === 0 ? '' : itemSet('tagSet', items);
}
