import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findFiles } from './check/findFiles.ts';
import { type JsonRow, jsonRows } from './check/jsonReport.ts';
import { readerLoader } from './code/loadReaders.ts';
import { scanFiles } from './scan/scanFiles.ts';

const { positionals } = parseArgs({
  allowPositionals: true,
  options: { format: { type: 'string', default: 'text' }, aws: { type: 'boolean', default: false } },
});
const load = readerLoader((file) => readFile(join(import.meta.dirname, `${file}.wasm`)));
const files = await findFiles(positionals, process.env['INIT_CWD'] ?? process.cwd());
const rows: JsonRow[] = [];
for await (const file of scanFiles(files, load)) {
  rows.push(...jsonRows(file));
}
process.stdout.write(`${JSON.stringify(rows, undefined, 1)}\n`);
