import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TextScans } from '../../src/scan/textScans.ts';

const rpc = pathToFileURL(join(import.meta.dirname, '../../src/protocol/rpc.ts')).href;

/** A thread that never comes to an end with a text that says so. */
const endless = `
import { parentPort } from 'node:worker_threads';
import { serve } from '${rpc}';
const receive = serve(
  {
    statements: ({ file }) => {
      while (file.text === 'endless') {}
      return { path: file.path };
    },
  },
  (message) => parentPort.postMessage(message),
  String,
);
parentPort.on('message', (message) => void receive(message));
`;

let folder: string;
let thread: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'text-scans-'));
  thread = join(folder, 'thread.mjs');
  await writeFile(thread, endless);
});
afterAll(() => rm(folder, { recursive: true }));

it('a text that does not come to an end fails alone', { timeout: 60_000 }, async () => {
  const scans = new TextScans({ thread, timeout: 5_000 });
  try {
    const answers = await Promise.allSettled(
      ['a', 'endless', 'b', 'c'].map((text) => scans.statements({ path: text, text })),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  } finally {
    scans.dispose();
  }
});

it('what waits when the scans are disposed of is rejected', async () => {
  const scans = new TextScans({ thread });
  const answers = Promise.allSettled(['endless', 'b'].map((text) => scans.statements({ path: text, text })));
  scans.dispose();
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
