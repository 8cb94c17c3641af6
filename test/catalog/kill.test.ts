import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadOutcome, DownloadQuestions, DownloadRequests } from '../../src/catalog/threads/contracts.ts';
import { noNetwork } from '../../src/ec2/network.ts';
import { Requests, serve } from '../../src/protocol/rpc.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { region } from './sampleCatalog.ts';
import { isComplete, storedRows, undisturbedRows } from './storedRows.ts';

const kills = 50;

/** Enough for a download to last longer than most of those that are killed. */
const images = 60_000;
const latency = 60;

let folder: string;
let server: SampleServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-kill-'));
  server = await startSampleServer({ images, latency });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** Fractions that are the same on every run. */
function* fractions(): Generator<number, never> {
  let state = 42;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

async function storeFile(): Promise<string> {
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.sqlite'));
  return join(folder, name ?? 'none');
}

describe('a download that is killed at any moment', () => {
  it(`goes on, and ends as an undisturbed one, when its process is killed ${kills} times`, async () => {
    const at = fractions();
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL_EC2: server.url,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_REGION: region,
    };
    const program = fileURLToPath(new URL('downloadProcess.ts', import.meta.url));
    const run = async (kill: number | undefined): Promise<string> => {
      const file = await storeFile();
      const whole = !file.endsWith('none') && isComplete(file) ? ['whole'] : [];
      const child = spawn(process.execPath, [program, folder, ...whole], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      const began = new Promise<void>((resolve) => {
        child.stdout.on('data', (data: Buffer) => {
          output += data.toString();
          resolve();
        });
      });
      const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
      if (kill !== undefined) {
        await Promise.race([began, ended]);
        await delay(kill);
        child.kill('SIGKILL');
      }
      await ended;
      return output;
    };
    let killed = 0;
    for (let round = 0; round < kills; round += 1) {
      const output = await run(at.next().value * 700);
      expect(output).not.toContain('failed');
      killed += output.includes('complete') ? 0 : 1;
      // The killed one cannot say that it is gone: by the clock the next would wait for it to be silent long enough.
      const file = await storeFile();
      const db = new DatabaseSync(file);
      db.exec('DELETE FROM download');
      db.close();
    }
    expect(killed).toBeGreaterThan(kills / 2);
    expect(await run(undefined)).toContain('complete');
    expect(storedRows(await storeFile())).toEqual(await undisturbedRows(images));
  }, 400_000);

  it(`goes on, and ends as an undisturbed one, when its thread is ended ${kills} times`, async () => {
    const at = fractions();
    const file = join(folder, 'aws.sqlite');
    const run = async (kill: number | undefined, owner: string): Promise<DownloadOutcome | undefined> => {
      const worker = new Worker(new URL('../../src/catalogDownload.ts', import.meta.url));
      const requests = new Requests<DownloadRequests>((message) => worker.postMessage(message));
      const answer = serve<DownloadQuestions>(
        { credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }) },
        (message) => worker.postMessage(message),
        String,
      );
      const progressed = new Promise<void>((resolve) => {
        worker.on('message', (message: unknown) => {
          requests.receive(message);
          void answer(message);
          resolve();
        });
      });
      const outcome = requests.send('download', {
        file,
        region,
        owner,
        whole: true,
        includeDeprecated: false,
        maxSize: 1e9,
        network: noNetwork,
        access: { kind: 'aws', endpoint: server.url, profile: undefined },
      });
      if (kill === undefined) {
        const result = await outcome;
        await worker.terminate();
        return result;
      }
      const done = await Promise.race([outcome, progressed.then(() => delay(kill)).then(() => undefined)]);
      await worker.terminate();
      return done;
    };
    for (let round = 0; round < kills; round += 1) {
      // The same window: another one would first have to find that this one is silent.
      const outcome = await run(at.next().value * 500, 'this window');
      expect(['done', undefined]).toContain(outcome?.kind);
    }
    expect(await run(undefined, 'this window')).toEqual({ kind: 'done' });
    expect(storedRows(file)).toEqual(await undisturbedRows(images));
  }, 400_000);
});
