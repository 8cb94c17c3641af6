import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hugeTexts } from '../test/code/hugeTexts.ts';
import { root } from '../test/vscode/install.ts';
import type { Table } from './table.ts';

/** In UTF-16 code units. */
const length = 10_000_000;

/** Reads open documents of each shape in the thread that reads them, which has read a small one before. */
export async function hugeTextsInCode(): Promise<Table> {
  const rows: (readonly string[])[] = [];
  for (const { name } of hugeTexts) {
    const script = join(root, 'bench', 'code', 'hugeText.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, name, String(length)]);
    const { references, cpu, memory, turn } = JSON.parse(stdout) as Readonly<Record<string, number>>;
    rows.push([name, String(references), ...[cpu, memory, turn].map((figure) => (figure ?? Number.NaN).toFixed(0))]);
  }
  return {
    title: `Texts of ${length / 1_000_000} MB (to reach: 1,500 ms, 250 MB, 50 ms)`,
    columns: ['', 'references', 'CPU of the thread, ms', 'memory at most, MB', 'longest turn of the host, ms'],
    rows,
  };
}
