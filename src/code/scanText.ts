import { findImageIds } from './imageIds.ts';
import { type Language, languageOf } from './language.ts';
import { movedReading } from './movedReading.ts';
import type { EmbeddedText, IdReading, Reader, Reading, RegionStatement, Unplaced } from './reading.ts';
import type { LookupReference, ParameterReference } from './reference.ts';
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
    inner.push(movedReading(await readWithEmbedded(part, load), span.start, clues));
  }
  return joined(outer, inner, embedded);
}

/** The inner readings take the place of what the outer one has found within their spans. */
function joined(outer: WholeReading, inner: readonly WholeReading[], embedded: readonly EmbeddedText[]): WholeReading {
  const spans = embedded.map(({ span }) => span).sort((a, b) => a.start - b.start);
  const outside = ({ span }: { readonly span: TextSpan }) => {
    const before = lastBefore(spans, span.start);
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

/** The last of spans, in their order, that begins at the offset or before it. */
function lastBefore(spans: readonly TextSpan[], offset: number): TextSpan | undefined {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1];
}
