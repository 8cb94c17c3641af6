import { type FileScan, type LoadReader, type SourceFile, scanText } from '../code/scanText.ts';

/** So many texts are kept, of up to some 10 MB. */
const maxScans = 8;

/** Scans of the last texts: one is asked for as it is, with its sister files, and as a sister of others. */
export class RecentScans {
  readonly #load: LoadReader;
  /** The latest behind the others. */
  #recent: readonly { readonly file: SourceFile; readonly scan: Promise<FileScan> }[] = [];

  constructor(load: LoadReader) {
    this.#load = load;
  }

  of(file: SourceFile): Promise<FileScan> {
    const { path, languageId, text } = file;
    const same = this.#recent.find(
      ({ file: other }) => other.path === path && other.languageId === languageId && other.text === text,
    );
    const scan = same?.scan ?? scanText(file, this.#load);
    // An older text of the file is not asked for again.
    const others = this.#recent.filter(({ file: other }) => other.path !== path);
    this.#recent = [...others, { file, scan }].slice(-maxScans);
    return scan;
  }
}
