import { join, relative, sep } from 'node:path';
import type { Reference } from '../code/reference.ts';
import type { TextSpan } from '../code/textSpan.ts';
import type { Finding } from '../hints/finding.ts';
import { Places } from '../scan/places.ts';
import type { PlacedReference, TextPlace } from '../scan/port.ts';
import { readText } from '../scan/readText.ts';
import type { FoundFile } from './findFiles.ts';

/** A file with references, and what is wrong with them. */
export interface CheckedFile {
  readonly found: FoundFile;
  readonly references: readonly CheckedReference[];
}

export interface CheckedReference extends PlacedReference {
  /** The most important first. */
  readonly findings: readonly Finding[];
}

/** The findings of all files with their references and files, in the order of their places. */
export function allFindings(
  files: readonly CheckedFile[],
): readonly { readonly file: CheckedFile; readonly finding: Finding }[] {
  return files.flatMap((file) =>
    file.references
      .flatMap(({ findings }) => findings)
      .toSorted((a, b) => a.span.start - b.span.start)
      .map((finding) => ({ file, finding })),
  );
}

/** Lines and columns of spans in files, which are read once more for it. */
export class FilePlaces {
  readonly #cwd: string;
  readonly #places = new Map<string, { readonly text: string; readonly places: Places }>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  startOf(file: string, { start }: TextSpan): TextPlace {
    return this.#of(file).places.of(start);
  }

  endOf(file: string, { end }: TextSpan): TextPlace {
    return this.#of(file).places.of(end);
  }

  textOf(file: string): string {
    return this.#of(file).text;
  }

  /**
   * What states a reference's region: `provider`, `guess: zone`; with the place where that is in another file: `provider
   * (main.tf:12)`.
   */
  regionSource({ region }: Reference, { root }: FoundFile): string | undefined {
    const { from, at, isGuess } = region;
    if (from === undefined) return undefined;
    const source = isGuess ? `guess: ${from}` : from;
    if (at?.path === undefined) return source;
    const file = join(root, at.path);
    const shown = relative(this.#cwd, file).split(sep).join('/');
    return `${source} (${shown}:${this.startOf(file, at.span).line + 1})`;
  }

  #of(file: string) {
    const known = this.#places.get(file);
    if (known) return known;
    const text = readText(file) ?? '';
    const read = { text, places: new Places(text) };
    this.#places.set(file, read);
    return read;
  }
}
