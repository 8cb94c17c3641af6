import type { TextQueryField } from '../core/catalogQuery.ts';
import { architectureNames, type ImageSearch, publisherTexts } from '../core/imageSearch.ts';
import { familiesOf } from '../core/publicFamilies.ts';
import { ownersOf, type Publisher, publishersIn } from '../core/publishers.ts';
import { partitionOf } from '../core/regions.ts';
import { idQuery, maxFilterValues, serverNamePatterns } from '../core/search.ts';
import { hasWord, isWherever, toSearchWord } from '../core/searchWord.ts';
import { escapeWildcards } from '../core/wildcard.ts';
import type { ImageFilter, ImageQuery } from '../ec2/port.ts';

/**
 * The questions to EC2 that together find the public images of a search: by name, by description, and by the publishers
 * and their well-known families that have some of the words. Empty where there is nothing that EC2 has a filter for.
 *
 * EC2's filters are coarser than the search, and cannot join name and description: an image that has some of the words
 * in its name alone, and others in its description alone, is found in a catalog only.
 *
 * @param custom the publishers of the user's settings
 */
export function publicQueries(
  search: ImageSearch,
  region: string,
  custom: readonly Publisher[],
): readonly ImageQuery[] {
  const words = askedWords(search);
  const id = idQuery(words);
  if (id) {
    return [toQuery([{ name: 'image-id', values: id.patterns }])];
  }
  const { names, architectures } = withoutArchitectures(words);
  const fields = fieldFilters(search);
  const more = [...(architectures.length > 0 ? [{ name: 'architecture', values: architectures }] : []), ...fields];
  const values = serverNamePatterns(names);
  const named = values.length > 0 ? ['name', 'description'].map((name) => [{ name, values }, ...more]) : [];
  const owners = askedOwners(search, region, custom);
  if (owners) {
    return owners.length > 0
      ? (named.length > 0 ? named : [more]).map((filters) => ({ ...toQuery(filters), owners }))
      : [];
  }
  if (names.length === 0 && fields.length > 0) {
    return [toQuery(fields)];
  }
  const ids = names.filter((word) => ownerId.test(word));
  const others = serverNamePatterns(names.filter((word) => !ownerId.test(word)));
  const ofOwners = ids.map((id) => ({
    ...toQuery(others.length > 0 ? [{ name: 'name', values: others }] : []),
    owners: [id],
  }));
  return [
    ...named.map(toQuery),
    ...[...ofOwners, ...publisherQueries(names, region, custom)].map((query) => ({
      ...query,
      filters: [...(query.filters ?? []), ...more],
    })),
  ];
}

const ownerId = /^\d{12}$/;

/** The filters for `field:value` that EC2 has, which find the value anywhere, as an `ImageSearch` does. */
function fieldFilters({ terms }: ImageSearch): readonly ImageFilter[] {
  return terms.flatMap((term) => {
    if (term.kind !== 'field' || term.excluded) {
      return [];
    }
    const { field, text } = term;
    if (field === 'platform') {
      // The only value that EC2 has for this filter; the platforms of all other images are in no filter.
      return text.startsWith('win') ? [{ name: 'platform', values: ['windows'] }] : [];
    }
    const name = field === 'owner' && isPartOfOwnerId(text) ? 'owner-id' : filterOfField[field];
    return name ? [{ name, values: [`*${escapeWildcards(text)}*`] }] : [];
  });
}

const filterOfField: Readonly<Partial<Record<TextQueryField, string>>> = {
  architecture: 'architecture',
  rootDeviceType: 'root-device-type',
  virtualizationType: 'virtualization-type',
  bootMode: 'boot-mode',
};

/** Whole ids are asked for as owners. Fewer digits are in too many. */
function isPartOfOwnerId(text: string): boolean {
  return /^\d{4,11}$/.test(text);
}

/** The owners that `owner:` names, by their ids or as publishers; undefined where it names none. */
function askedOwners(
  { terms }: ImageSearch,
  region: string,
  custom: readonly Publisher[],
): readonly string[] | undefined {
  const named = terms.find((term) => term.kind === 'field' && term.field === 'owner' && !term.excluded);
  if (named?.kind !== 'field') {
    return undefined;
  }
  const { text } = named;
  if (ownerId.test(text)) {
    return [text];
  }
  if (isPartOfOwnerId(text)) {
    return undefined;
  }
  const partition = partitionOf(region);
  const found = publishersIn(partition, custom).filter((publisher) =>
    [...publisherTexts(publisher), publisher.ownerAlias ?? ''].some((each) => each.includes(text)),
  );
  return [...new Set(found.flatMap((publisher) => ownersOf(publisher, partition)))];
}

/** The filters that find the account's own images where there are too many to list. */
export function accountFilters(search: ImageSearch): readonly ImageFilter[] {
  const words = askedWords(search);
  const id = idQuery(words);
  const values = serverNamePatterns(words);
  return id
    ? [{ name: 'image-id', values: id.patterns }]
    : [...(values.length > 0 ? [{ name: 'name', values }] : []), ...fieldFilters(search)];
}

/**
 * Whether the questions for a word, which is the same or a part of another, find whatever those for the other find: not
 * where the other is asked for as an owner or an architecture, nor where the part is too short for a publisher.
 */
export function isFoundByPart(part: string, word: string): boolean {
  return (
    part === word ||
    // EC2's filters depend on case.
    (word.includes(part) &&
      part.length >= shortestName &&
      !ownerId.test(word) &&
      architectureOf(word) === undefined &&
      isWherever(toSearchWord(part.toLowerCase()), toSearchWord(word.toLowerCase())))
  );
}

/** The words that EC2 can be asked for, as they were typed, since its filters depend on case. */
export function askedWords({ text, terms }: ImageSearch): readonly string[] {
  const lower = text.toLowerCase();
  return terms.flatMap((term) => {
    const isWord = term.kind === 'word' || (term.kind === 'field' && ['name', 'family', 'id'].includes(term.field));
    if (!isWord || term.excluded) {
      return [];
    }
    const at = lower.indexOf(term.text);
    return at < 0 ? term.text : text.slice(at, at + term.text.length);
  });
}

/** The words without names of architectures, which have a filter of their own. */
function withoutArchitectures(words: readonly string[]): {
  readonly names: readonly string[];
  readonly architectures: readonly string[];
} {
  const names = words.filter((word) => !architectureOf(word));
  return names.length === 0
    ? { names: words, architectures: [] }
    : { names, architectures: [...new Set(words.flatMap((word) => architectureOf(word) ?? []))] };
}

function architectureOf(word: string): string | undefined {
  return askedArchitectures.find((architecture) => architectureNames(architecture).includes(word.toLowerCase()));
}

const askedArchitectures = ['x86_64', 'arm64'];

/** Questions to the publishers that have the most of the words; the others are asked for by name and description. */
function publisherQueries(
  words: readonly string[],
  region: string,
  custom: readonly Publisher[],
): readonly ImageQuery[] {
  const partition = partitionOf(region);
  const sought = words.map((word) => ({ word, sought: toSearchWord(word.toLowerCase()) }));
  const left = publishersIn(partition, custom).map((publisher) => {
    const texts = publisherTexts(publisher);
    const others = sought.filter(
      ({ word, sought: each }) => word.length < shortestName || !texts.some((text) => hasWord(text, each)),
    );
    return { publisher, others };
  });
  const fewest = Math.min(words.length - 1, ...left.map(({ others }) => others.length));
  const ownersByNames = new Map<string, { readonly names: readonly string[]; readonly owners: Set<string> }>();
  for (const { publisher, others } of left.filter((each) => each.others.length === fewest)) {
    const families = familiesOf(publisher, partition).filter(
      ({ kind, label }) => kind === 'series' && others.every((each) => hasWord(label.toLowerCase(), each.sought)),
    );
    const names =
      others.length === 0
        ? publisher.namePatterns
        : [...serverNamePatterns(others.map(({ word }) => word)), ...families.flatMap((family) => family.namePatterns)];
    const key = names.join();
    const known = ownersByNames.get(key) ?? { names, owners: new Set() };
    ownersByNames.set(key, known);
    for (const owner of ownersOf(publisher, partition)) {
      known.owners.add(owner);
    }
  }
  return Array.from(ownersByNames.values(), ({ owners, names }) => ({
    ...toQuery(names.length > 0 ? [{ name: 'name', values: names.slice(0, maxFilterValues) }] : []),
    owners: [...owners],
  }));
}

/** Shorter words are in the names of too many publishers. */
const shortestName = 3;

function toQuery(filters: readonly ImageFilter[]): ImageQuery {
  return { executableUsers: ['all'], filters };
}
