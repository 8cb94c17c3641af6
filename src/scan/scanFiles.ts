import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { maxTextLength, mayMention } from '../code/mentions.ts';
import type { Reference } from '../code/reference.ts';
import { referencesOf } from '../code/references.ts';
import { type FileScan, type LoadReader, scanText } from '../code/scanText.ts';
import { sistersOf } from '../code/sisters.ts';
import type { FileToScan } from './port.ts';

export interface ScannedFile extends FileToScan {
  readonly text: string;
  readonly references: readonly Reference[];
}

/** Scans files one after the other, each with the sister files that state its regions; leaves out those without references. */
export async function* scanFiles(files: readonly FileToScan[], load: LoadReader): AsyncGenerator<ScannedFile> {
  const scans = new Map<string, Promise<FileScan | undefined>>();
  for (const file of files) {
    const text = await readText(file.file);
    if (text === undefined || !mayMention(text)) continue;
    const scan = await scanText({ path: file.path, text }, load);
    if (scan.ids.length + scan.lookups.length + scan.parameters.length === 0) continue;
    yield { ...file, text, references: referencesOf(scan, await sisterScans(file, load, scans)) };
  }
}

async function sisterScans(
  { file, path }: FileToScan,
  load: LoadReader,
  scans: Map<string, Promise<FileScan | undefined>>,
): Promise<readonly FileScan[]> {
  const found: FileScan[] = [];
  for (const { folder, names } of sistersOf(path)) {
    const up = path.split('/').length - 1 - (folder === '' ? 0 : folder.split('/').length);
    const onDisk = join(dirname(file), ...Array.from({ length: up }, () => '..'));
    for (const name of await readdir(onDisk).catch(() => [])) {
      const sister = folder === '' ? name : `${folder}/${name}`;
      if (!names.test(name) || sister === path) continue;
      const known = scans.get(sister) ?? scanSister({ file: join(onDisk, name), path: sister }, load);
      scans.set(sister, known);
      const scan = await known;
      if (scan) found.push(scan);
    }
  }
  return found;
}

async function scanSister({ file, path }: FileToScan, load: LoadReader): Promise<FileScan | undefined> {
  const text = await readText(file);
  return text === undefined ? undefined : await scanText({ path, text }, load);
}

/** Undefined for what is no text, cannot be read or is too large. */
async function readText(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    if (size > maxTextLength) return undefined;
    const bytes = await readFile(file);
    return bytes.subarray(0, 8_000).includes(0) ? undefined : bytes.toString('utf8');
  } catch {
    return undefined;
  }
}
