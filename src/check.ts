import { parseArgs } from 'node:util';
import { findFiles } from './check/findFiles.ts';
import { type JsonRow, jsonRows } from './check/jsonReport.ts';
import { readerLoader } from './code/loadReaders.ts';
import { FileScans } from './scan/fileScans.ts';

const { positionals } = parseArgs({
  allowPositionals: true,
  options: { format: { type: 'string', default: 'text' }, aws: { type: 'boolean', default: false } },
});
const load = readerLoader();
const files = await findFiles(positionals, process.env['INIT_CWD'] ?? process.cwd());
const rows: JsonRow[] = [];
const scans = new FileScans(load);
for (const file of files) {
  const scanned = await scans.scan(file);
  if (scanned) rows.push(...jsonRows(scanned));
}
process.stdout.write(`${JSON.stringify(rows, undefined, 1)}\n`);
