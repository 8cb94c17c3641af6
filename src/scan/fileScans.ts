import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mayMention } from '../code/mentions.ts';
import { asksOthers, referencesOf } from '../code/references.ts';
import { type FileScan, type LoadReader, scanText } from '../code/scanText.ts';
import { sistersOf } from '../code/sisters.ts';
import { Places } from './places.ts';
import type { FileToScan, ScannedFile } from './port.ts';
import { readText } from './readText.ts';

/** In UTF-16 code units. */
const maxLineLength = 400;

/** Scans files one after the other, each with the sister files that state its regions. */
export class FileScans {
  readonly #load: LoadReader;
  readonly #sisters = new Map<string, Promise<FileScan | undefined>>();
  readonly #folders = new Map<string, readonly string[]>();
  readonly #namesOf = new Map<string, readonly string[]>();

  constructor(load: LoadReader) {
    this.#load = load;
  }

  /** Undefined for a file without references, and one that cannot be read. Never rejects. */
  async scan({ file, path }: FileToScan): Promise<ScannedFile | undefined> {
    const text = readText(file);
    if (text === undefined || !mayMention(text)) return undefined;
    const scan = await this.#scanned(file, path, text);
    if (!scan || scan.ids.length + scan.lookups.length + scan.parameters.length === 0) return undefined;
    const places = new Places(text);
    const sisters = asksOthers(scan) ? await this.#sistersOf({ file, path }) : [];
    const references = referencesOf(scan, sisters).map((reference) => {
      const { start, end } = reference.kind === 'lookup' ? reference.whole : reference.span;
      return { reference, start: places.of(start), end: places.of(end), line: places.lineAround(start, maxLineLength) };
    });
    return { file, path, references };
  }

  async #scanText(path: string, text: string): Promise<FileScan | undefined> {
    try {
      return await scanText({ path, text }, this.#load);
    } catch {
      return undefined;
    }
  }

  async #sistersOf({ file, path }: FileToScan): Promise<readonly FileScan[]> {
    const depth = path.split('/').length - 1;
    const found: FileScan[] = [];
    for (const { folder, names } of sistersOf(path)) {
      const up = depth - (folder === '' ? 0 : folder.split('/').length);
      const onDisk = join(dirname(file), ...Array.from({ length: up }, () => '..'));
      for (const name of this.#namesIn(onDisk, names)) {
        const sister = folder === '' ? name : `${folder}/${name}`;
        if (sister === path) continue;
        const scan = await this.#sister({ file: join(onDisk, name), path: sister });
        if (scan) found.push(scan);
      }
    }
    return found;
  }

  #sister({ file, path }: FileToScan): Promise<FileScan | undefined> {
    const known = this.#sisters.get(file);
    if (known) return known;
    const text = readText(file);
    const scan = text === undefined ? Promise.resolve(undefined) : this.#scanText(path, text);
    this.#sisters.set(file, scan);
    return scan;
  }

  /** A file that states regions for others of its folder is read once for all of them and itself. */
  #scanned(file: string, path: string, text: string): Promise<FileScan | undefined> {
    const known = this.#sisters.get(file);
    if (known) return known;
    const scan = this.#scanText(path, text);
    const [folder, name] = [path.split('/').slice(0, -1).join('/'), path.split('/').at(-1) ?? ''];
    if (sistersOf(path).some((sister) => sister.folder === folder && sister.names.test(name))) {
      this.#sisters.set(file, scan);
    }
    return scan;
  }

  /** Of a folder's files those with such names: the same is asked for each file of the folder. */
  #namesIn(folder: string, names: RegExp): readonly string[] {
    const key = `${names.source} ${folder}`;
    const known = this.#namesOf.get(key);
    if (known) return known;
    const found = this.#filesIn(folder).filter((name) => names.test(name));
    this.#namesOf.set(key, found);
    return found;
  }

  #filesIn(folder: string): readonly string[] {
    const known = this.#folders.get(folder);
    if (known) return known;
    let names: readonly string[] = [];
    try {
      names = readdirSync(folder);
    } catch {
      // A folder that cannot be read states nothing.
    }
    this.#folders.set(folder, names);
    return names;
  }
}
