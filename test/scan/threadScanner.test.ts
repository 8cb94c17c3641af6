import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileToScan, ScannedFile } from '../../src/scan/port.ts';
import { ThreadScanner } from '../../src/scan/threadScanner.ts';

let folder: string;
const scanner = new ThreadScanner({
  thread: join(import.meta.dirname, '../../src/scan/scanThread.ts'),
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scan-'));
});

afterAll(async () => {
  await scanner.dispose();
  await rm(folder, { recursive: true });
});

async function put(path: string, content: string | Uint8Array): Promise<FileToScan> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return { file, path };
}

async function scanned(files: readonly FileToScan[], signal = new AbortController().signal) {
  const found: ScannedFile[] = [];
  for await (const part of scanner.scan(files, signal)) {
    found.push(...part);
  }
  return found;
}

it('tells where references are, and leaves out files that have none or are no text', async () => {
  const files = [
    await put('a.txt', 'one\r\n  use ami-0a1b2c3d4e5f60718 here\r\n'),
    await put('b.txt', 'nothing'),
    await put('c.bin', Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from('ami-0a1b2c3d4e5f60718')])),
    { file: join(folder, 'gone.txt'), path: 'gone.txt' },
    { file: folder, path: 'folder' },
  ];
  const found = await scanned(files);
  expect(found.map(({ path }) => path)).toEqual(['a.txt']);
  expect(found[0]?.references).toMatchObject([
    {
      reference: { kind: 'id', value: 'ami-0a1b2c3d4e5f60718' },
      start: { line: 1, character: 6 },
      end: { line: 1, character: 27 },
      line: 'use ami-0a1b2c3d4e5f60718 here',
    },
  ]);
});

it('scans many files in parts, and ends between two of them', async () => {
  const files = await Promise.all(
    Array.from({ length: 450 }, (_, index) =>
      put(`many/${index}.txt`, `ami-0a1b2c3d4e5f6${String(index).padStart(4, '0')}`),
    ),
  );
  expect((await scanned(files)).length).toBe(450);
  const abort = new AbortController();
  const parts = scanner.scan(files, abort.signal)[Symbol.asyncIterator]();
  expect((await parts.next()).value).toHaveLength(200);
  abort.abort();
  await expect(parts.next()).rejects.toThrow();
});

it('rejects where the thread cannot run', async () => {
  const broken = new ThreadScanner({ thread: join(folder, 'none.cjs') });
  const parts = broken.scan([await put('a.txt', 'ami-0a1b2c3d4e5f60718')], new AbortController().signal);
  await expect(parts[Symbol.asyncIterator]().next()).rejects.toThrow('none.cjs');
});
