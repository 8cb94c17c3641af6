import { element, itemSet } from '../wire/xml.ts';

/** `tagSet`; EC2 leaves it out where there are no tags. */
export function tagSet(tags: ReadonlyMap<string, string> | undefined): string {
  const items = [...(tags ?? [])].map(([key, value]) => element('key', key) + element('value', value));
  return items.length === 0 ? '' : itemSet('tagSet', items);
}
