import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { FileToScan, ScannedFile } from '../../src/scan/port.ts';
import { ThreadScanner } from '../../src/scan/threadScanner.ts';

let folder: string;
const thread = join(import.meta.dirname, '../../src/scan/scanThread.ts');
const scanner = new ThreadScanner({ thread });

const rpc = pathToFileURL(join(import.meta.dirname, '../../src/protocol/rpc.ts')).href;

/** A thread that `ends.tf` ends, and that finds all other files. */
const mortal = `
import { parentPort } from 'node:worker_threads';
import { serve } from '${rpc}';
const receive = serve(
  {
    start: () => {},
    scan: ({ files }) => {
      if (files.some(({ path }) => path.endsWith('ends.tf'))) process.exit(1);
      return files.map((file) => ({ ...file, references: [] }));
    },
  },
  (message) => parentPort.postMessage(message),
  String,
);
parentPort.on('message', (message) => void receive(message));
`;

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

async function scanned(files: readonly FileToScan[], by = scanner) {
  const found: ScannedFile[] = [];
  for await (const part of by.scan(files, new AbortController().signal)) {
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

it('scans very many files in two threads, each once, those of a folder with the file that states their region', async () => {
  const files = await Promise.all(
    Array.from({ length: 300 }, (_, index) => [
      put(`live/${index}/provider.tf`, `provider "aws" {\n  region = "${index % 2 ? 'eu-west-1' : 'us-east-1'}"\n}\n`),
      put(`live/${index}/a.tf`, 'resource "aws_instance" "a" {\n  ami = "ami-0a1b2c3d4e5f60718"\n}\n'),
      put(`live/${index}/b.tf`, 'resource "aws_instance" "b" {\n  ami = "ami-0a1b2c3d4e5f60718"\n}\n'),
      put(`live/${index}/c.txt`, 'nothing'),
    ]).flat(),
  );
  const own = new ThreadScanner({ thread });
  const threads = new Set<Worker>();
  const count = (started: Worker) => threads.add(started);
  process.on('worker', count);
  onTestFinished(async () => {
    process.off('worker', count);
    await own.dispose();
  });
  const found = await scanned(files, own);
  expect(threads.size).toBe(Math.min(2, availableParallelism()));
  const expected = files.filter(({ path }) => /[ab]\.tf$/.test(path)).map(({ path }) => path);
  expect(found.map(({ path }) => path).sort()).toEqual(expected.sort());
  const regions = found.map(({ references }) => references[0]?.reference.region.regions.join());
  expect(regions.filter((region) => region === 'eu-west-1')).toHaveLength(300);
  expect(regions.filter((region) => region === 'us-east-1')).toHaveLength(300);
});

it('leaves out a file that ends its thread, and finds all others once', async () => {
  const module = join(folder, 'mortal.mjs');
  await writeFile(module, mortal);
  const own = new ThreadScanner({ thread: module });
  onTestFinished(() => own.dispose());
  const paths = Array.from({ length: 1_200 }, (_, index) => `${index % 40}/${index === 777 ? 'ends' : index}.tf`);
  const found = await scanned(
    paths.map((path) => ({ file: join(folder, path), path })),
    own,
  );
  expect(found.map(({ path }) => path).sort()).toEqual(paths.filter((path) => !path.endsWith('ends.tf')).sort());
});
