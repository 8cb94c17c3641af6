import { type ParsedProblem, parseQuery, type QueryTerm, type TextQueryField } from './catalogQuery.ts';
import { familyNamed } from './family.ts';
import type { ImageSummary } from './image.ts';
import { sortedNewestFirst } from './imageAge.ts';
import { isMarketplaceImage } from './marketplace.ts';
import { type Publisher, publisherOf } from './publishers.ts';
import { hasWholeWord, hasWord, type SearchWord, toSearchWord } from './searchWord.ts';

type SearchedImage = Omit<ImageSummary, 'state' | 'public'>;

type WordTerm = Extract<QueryTerm, { readonly kind: 'word' }>;

/**
 * What a user has typed to find images, by the language of `parseQuery`: the same in the filter of the Images view, in
 * Find Image… and in the public catalog, whose index has this rule for its columns (src/catalog/search/match.ts).
 */
export class ImageSearch {
  readonly text: string;
  readonly terms: readonly QueryTerm[];
  /** The parts of the text that are not understood. */
  readonly problems: readonly ParsedProblem[];
  readonly #words: readonly (SearchWord & Pick<WordTerm, 'excluded'>)[];
  readonly #others: readonly Exclude<QueryTerm, WordTerm>[];

  constructor(text: string) {
    this.text = text.trim();
    const { terms, problems } = parseQuery(text);
    this.terms = terms;
    this.problems = problems;
    this.#words = this.terms.flatMap((term) =>
      term.kind === 'word' ? { ...toSearchWord(term.text), excluded: term.excluded } : [],
    );
    this.#others = this.terms.filter((term) => term.kind !== 'word');
  }

  /** Whether it finds every image. */
  get isEmpty(): boolean {
    return this.terms.length === 0;
  }

  /** @param custom the publishers of the user's settings */
  matches(image: SearchedImage, custom: readonly Publisher[]): boolean {
    if (this.isEmpty) {
      return true;
    }
    const texts = ownTextsOf(image);
    const publisher = once(() => publisherOf(image, custom));
    const hasId = (word: SearchWord) =>
      word.isOfId && (image.id.toLowerCase().includes(word.text) || image.ownerId.includes(word.text));
    const has = (word: SearchWord) =>
      texts.some((text) => hasWord(text, word)) ||
      hasId(word) ||
      publisherTexts(publisher()).some((text) => hasWord(text, word));
    return (
      this.#words.every((word) => has(word) !== word.excluded) &&
      this.#others.every((term) => holds(term, image, publisher) !== term.excluded)
    );
  }

  /** Whether texts that belong to no image, such as the name of a parameter, have all that was typed. */
  matchesTexts(texts: readonly string[]): boolean {
    const lower = texts.map((text) => text.toLowerCase());
    return this.terms.every((term) => {
      if (term.kind !== 'word' && term.kind !== 'field') {
        return true;
      }
      const word = toSearchWord(term.text);
      return lower.some((text) => hasWord(text, word)) !== term.excluded;
    });
  }

  /** How many of the words an image has whole, elsewhere than in its description, which is prose. */
  wholeWords(image: SearchedImage, custom: readonly Publisher[]): number {
    const [, ...texts] = ownTextsOf(image);
    const publisher = once(() => publisherOf(image, custom));
    const has = (word: SearchWord) =>
      [...texts, ...(word.isOfId ? [image.id.toLowerCase(), image.ownerId] : [])].some((text) =>
        hasWholeWord(text, word),
      ) || publisherTexts(publisher()).some((text) => hasWholeWord(text, word));
    return this.#words.filter((word) => !word.excluded && has(word)).length;
  }

  /** Images with the most whole words first, then those of verified publishers, then the newest. */
  bestFirst<T extends ImageSummary>(images: readonly T[], custom: readonly Publisher[]): T[] {
    return sortedNewestFirst(images)
      .map((image) => ({
        image,
        whole: this.wholeWords(image, custom),
        verified: Number(publisherOf(image, custom)?.verified ?? false),
      }))
      .sort((a, b) => b.whole - a.whole || b.verified - a.verified)
      .map(({ image }) => image);
  }
}

/** The names that an architecture goes by, EC2's first. */
export function architectureNames(architecture: string): readonly string[] {
  return [architecture, ...(otherNames[architecture] ?? [])];
}

const otherNames: Readonly<Record<string, readonly string[]>> = { x86_64: ['amd64'], arm64: ['aarch64'] };

/** The texts by which a publisher is found, in lower case. */
export function publisherTexts(publisher: Publisher | undefined): readonly string[] {
  if (!publisher) {
    return [];
  }
  const name = publisher.name.toLowerCase();
  return publisher.verified ? [name, publisher.id] : [name];
}

/** Who published an image is looked up only where its own texts do not tell: that takes most of the time. */
function once<T>(look: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => {
    found ??= { value: look() };
    return found.value;
  };
}

/** The texts in which words are searched, in lower case, the description first. Kept, since lists are searched again with each key. */
const ownTexts = new WeakMap<SearchedImage, readonly string[]>();

function ownTextsOf(image: SearchedImage): readonly string[] {
  let texts = ownTexts.get(image);
  if (!texts) {
    texts = [
      (image.description ?? '').toLowerCase(),
      image.name.toLowerCase(),
      searchedFamily(image).toLowerCase(),
      ...(image.architecture ? architectureNames(image.architecture) : []),
    ];
    ownTexts.set(image, texts);
  }
  return texts;
}

/** An image's family as the public catalog has it, which knows no product codes; may be empty. */
export function searchedFamily(image: SearchedImage): string {
  return familyNamed(image.name, isMarketplaceImage(image)).label;
}

function holds(
  term: Exclude<QueryTerm, WordTerm>,
  image: SearchedImage,
  publisher: () => Publisher | undefined,
): boolean {
  if (term.kind === 'field') {
    return fieldTexts(term.field, image, publisher).some((text) => text.toLowerCase().includes(term.text));
  }
  const created = Date.parse(image.creationDate ?? '');
  return term.kind === 'before' ? created < term.time : created >= term.time;
}

function fieldTexts(
  field: TextQueryField,
  image: SearchedImage,
  publisher: () => Publisher | undefined,
): readonly string[] {
  switch (field) {
    case 'owner':
      return [image.ownerId, image.ownerAlias ?? '', ...publisherTexts(publisher())];
    case 'family':
      return [searchedFamily(image)];
    case 'platform':
      return [image.platformDetails ?? image.platform];
    default:
      return [image[field] ?? ''];
  }
}
