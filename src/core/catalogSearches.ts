import { fieldText } from './catalogQuery.ts';
import type { ImageSummary } from './image.ts';
import { searchedFamily } from './imageSearch.ts';
import type { PublicFamily } from './publicFamilies.ts';
import type { Publisher } from './publishers.ts';

/** The text that finds an owner's images in a public catalog. */
export function searchForOwner(publisher: Publisher | undefined, ownerId: string): string {
  return fieldText('owner', publisher?.name ?? ownerId);
}

/** The text that finds a well-known family: what all of its names have, and the architecture. */
export function searchForFamily(publisher: Publisher | undefined, family: PublicFamily): string {
  const { namePatterns, architecture, publisherId } = family;
  const [pattern = '', other] = namePatterns;
  const parts = other === undefined ? pattern.split(/[*?]+/).filter((part) => /[a-z0-9]{2}/i.test(part)) : [];
  return [
    searchForOwner(publisher, publisherId),
    ...parts.map((part) => fieldText('name', part)),
    ...(architecture === undefined ? [] : [fieldText('architecture', architecture)]),
  ].join(' ');
}

/** The text that finds an image's family; all of the owner's images where the name tells none. */
export function searchForFamilyOf(image: ImageSummary): string {
  const family = searchedFamily(image);
  return [fieldText('owner', image.ownerId), ...(family === '' ? [] : [fieldText('family', family)])].join(' ');
}
