import { type IgnoredRules, ignoredRules } from './ignoredRules.ts';
import { findImageIds } from './imageIds.ts';
import { type Language, languageOf } from './language.ts';
import { lastUpTo } from './lastUpTo.ts';
import { movedReading } from './movedReading.ts';
import type { EmbeddedText, IdReading, Reader, Reading, RegionStatement, Unplaced } from './reading.ts';
import type { LookupReference, OwnerInsertion, ParameterReference } from './reference.ts';
import { contains, type TextSpan } from './textSpan.ts';

export interface SourceFile {
  /** With `/` between its parts, from the workspace's or the repository's root. */
  readonly path: string;
  readonly text: string;
  /** The editor's, where it is known. */
  readonly languageId?: string | undefined;
}

/** What one file says, before other files are looked at for its regions. */
export interface FileScan {
  readonly path: string;
  readonly language: Language;
  readonly ids: readonly IdReading[];
  readonly lookups: readonly Unplaced<LookupReference>[];
  readonly parameters: readonly Unplaced<ParameterReference>[];
  readonly statements: readonly RegionStatement[];
  readonly ignored: readonly IgnoredRules[];
}

/** Loads what reads a language, a parser of its own in most cases, at the first text in it. */
export type LoadReader = (language: Language) => Promise<Reader>;

/** Languages in languages: a shell script in JSON in a heredoc. */
const maxDepth = 3;

/** Reads a file with what is embedded in it. */
export async function scanText(file: SourceFile, load: LoadReader): Promise<FileScan> {
  const language = languageOf(file.path, file.text, file.languageId);
  const reading = await readWithEmbedded({ ...file, language, depth: 0 }, load);
  return { path: file.path, language, ...reading, ignored: ignoredRules(file.text) };
}

type WholeReading = Omit<Reading, 'embedded'>;

async function readWithEmbedded(
  { text, path, language, depth }: { text: string; path: string; language: Language; depth: number },
  load: LoadReader,
): Promise<WholeReading> {
  const read = await load(language);
  const { embedded, ...outer } = read({
    text,
    path,
    language,
    get ids() {
      return findImageIds(text);
    },
  });
  if (depth === maxDepth || embedded.length === 0) return outer;
  const inner: WholeReading[] = [];
  for (const { span, text: written, language: innerLanguage, clues } of embedded) {
    // The path's region is among the clues of what stands around: it comes behind those.
    const part = {
      text: written ?? text.slice(span.start, span.end),
      path: '',
      language: innerLanguage,
      depth: depth + 1,
    };
    const around = written === undefined ? undefined : escapedQuote(text[span.start - 1], language);
    const inside = await readWithEmbedded(part, load);
    const reading = around ? withEscapes(inside, part.text, around) : inside;
    inner.push(movedReading(reading, span.start, clues));
  }
  return joined(outer, inner, embedded);
}

interface EscapedQuote {
  readonly quote: string;
  /** As it is written within a text that it opens. */
  readonly escaped: string;
}

function escapedQuote(quote: string | undefined, language: Language): EscapedQuote | undefined {
  if (quote !== '"' && quote !== "'") return undefined;
  return { quote, escaped: quote === "'" && language === 'yaml' ? "''" : `\\${quote}` };
}

/** What is to be inserted is written as the quotes around the part have it, and not behind what escapes a character. */
function withEscapes(reading: WholeReading, text: string, { quote, escaped }: EscapedQuote): WholeReading {
  const written = (inserted: string) => inserted.replaceAll(quote, escaped);
  const moved = ({ offset, before, after }: OwnerInsertion): OwnerInsertion => ({
    offset: text[offset - 1] === '\0' ? offset - 1 : offset,
    before: written(before),
    after: written(after),
  });
  return {
    ...reading,
    lookups: reading.lookups.map(({ ownerInsertion: place, ...lookup }) => ({
      ...lookup,
      ownerInsertion: place && moved(place),
    })),
  };
}

/** The inner readings take the place of what the outer one has found within their spans. */
function joined(outer: WholeReading, inner: readonly WholeReading[], embedded: readonly EmbeddedText[]): WholeReading {
  const spans = embedded.map(({ span }) => span).sort((a, b) => a.start - b.start);
  const outside = ({ span }: { readonly span: TextSpan }) => {
    const before = spans[lastUpTo(spans, ({ start }) => start, span.start)];
    return !before || !contains(before, span);
  };
  return {
    ids: [...outer.ids.filter(({ found }) => outside(found)), ...inner.flatMap(({ ids }) => ids)].sort(
      (a, b) => a.found.span.start - b.found.span.start,
    ),
    lookups: [...outer.lookups.filter(outside), ...inner.flatMap(({ lookups }) => lookups)],
    parameters: [...outer.parameters.filter(outside), ...inner.flatMap(({ parameters }) => parameters)],
    statements: [...outer.statements, ...inner.flatMap(({ statements }) => statements)],
  };
}
