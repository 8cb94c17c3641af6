import { findImageIds } from './imageIds.ts';
import { type Language, languageOf } from './language.ts';
import type { IdReading, Reader, Reading, RegionClue, RegionStatement, Unplaced } from './reading.ts';
import type { LookupReference, ParameterReference } from './reference.ts';
import { contains, shifted, type TextSpan } from './textSpan.ts';

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
}

/** Loads what reads a language, a parser of its own in most cases, at the first text in it. */
export type LoadReader = (language: Language) => Promise<Reader>;

/** Languages in languages: a shell script in JSON in a heredoc. */
const maxDepth = 3;

/** Reads a file with what is embedded in it. */
export async function scanText(file: SourceFile, load: LoadReader): Promise<FileScan> {
  const language = languageOf(file.path, file.text, file.languageId);
  const reading = await readWithEmbedded({ ...file, language, depth: 0 }, load);
  return { path: file.path, language, ...reading };
}

type WholeReading = Omit<Reading, 'embedded'>;

async function readWithEmbedded(
  { text, path, language, depth }: { text: string; path: string; language: Language; depth: number },
  load: LoadReader,
): Promise<WholeReading> {
  const read = await load(language);
  const { embedded, ...outer } = read({ text, path, language, ids: findImageIds(text) });
  if (depth === maxDepth || embedded.length === 0) return outer;
  let whole: WholeReading = outer;
  for (const { span, language: inner, clues } of embedded) {
    const part = { text: text.slice(span.start, span.end), path, language: inner, depth: depth + 1 };
    const reading = await readWithEmbedded(part, load);
    whole = joined(whole, moved(reading, span, clues), span);
  }
  return whole;
}

/** The inner reading takes the place of what the outer one has found within the span. */
function joined(outer: WholeReading, inner: WholeReading, span: TextSpan): WholeReading {
  const outside = (part: { readonly span: TextSpan }) => !contains(span, part.span);
  return {
    ids: [...outer.ids.filter(({ found }) => outside(found)), ...inner.ids].sort(
      (a, b) => a.found.span.start - b.found.span.start,
    ),
    lookups: [...outer.lookups.filter(outside), ...inner.lookups],
    parameters: [...outer.parameters.filter(outside), ...inner.parameters],
    statements: [...outer.statements, ...inner.statements],
  };
}

function moved(reading: WholeReading, { start }: TextSpan, outerClues: readonly RegionClue[]): WholeReading {
  const clue = (inner: RegionClue): RegionClue =>
    inner.kind === 'untold' ? inner : { ...inner, span: shifted(inner.span, start) };
  const clues = (inner: readonly RegionClue[]) => [...inner.map(clue), ...outerClues];
  const literal = <T extends { readonly span: TextSpan }>(part: T): T => ({ ...part, span: shifted(part.span, start) });
  return {
    ids: reading.ids.map((id) => ({
      found: literal(id.found),
      clues: clues(id.clues),
      instanceType: id.instanceType && literal(id.instanceType),
    })),
    lookups: reading.lookups.map((lookup) => ({
      ...literal(lookup),
      whole: shifted(lookup.whole, start),
      filters: lookup.filters.map(literal),
      ownerInsertion: lookup.ownerInsertion && {
        ...lookup.ownerInsertion,
        offset: lookup.ownerInsertion.offset + start,
      },
      clues: clues(lookup.clues),
    })),
    parameters: reading.parameters.map((parameter) => ({
      ...literal(parameter),
      instanceType: parameter.instanceType && literal(parameter.instanceType),
      clues: clues(parameter.clues),
    })),
    statements: reading.statements.map(literal),
  };
}
