import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { region } from './sampleCatalog.ts';
import { isComplete, storedRows, undisturbedRows } from './storedRows.ts';

const kills = 50;

/** Enough images for most downloads to be killed before they end. */
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

/** Pseudo-random fractions, the same on every run. */
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
  it(`is resumed, and ends as an undisturbed one, when its process is killed ${kills} times`, async () => {
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
      // Releases the killed download's claim: the next one would wait until the heartbeat is old enough.
      const file = await storeFile();
      const db = new DatabaseSync(file);
      db.exec('DELETE FROM download');
      db.close();
    }
    expect(killed).toBeGreaterThan(kills / 2);
    expect(await run(undefined)).toContain('complete');
    expect(storedRows(await storeFile())).toEqual(await undisturbedRows(images));
  }, 1_200_000);

  it(`is resumed, and ends as an undisturbed one, when its thread is ended ${kills} times`, async () => {
    const at = fractions();
    const file = join(folder, 'aws.sqlite');
    // Each run has its own process: Node itself may crash when a thread is ended.
    const program = fileURLToPath(new URL('downloadThreadProcess.ts', import.meta.url));
    const run = async (kill?: number): Promise<unknown> => {
      const args = [program, file, server.url, ...(kill === undefined ? [] : [String(kill)])];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.on('data', (data: Buffer) => {
        output += data.toString();
      });
      await new Promise<void>((resolve) => child.on('close', () => resolve()));
      return JSON.parse(output);
    };
    let ended = 0;
    for (let round = 0; round < kills; round += 1) {
      const outcome = await run(at.next().value * 500);
      expect([{ kind: 'done' }, { kind: 'ended' }]).toContainEqual(outcome);
      ended += Number(JSON.stringify(outcome).includes('ended'));
    }
    expect(ended).toBeGreaterThan(kills / 2);
    expect(await run()).toEqual({ kind: 'done' });
    expect(storedRows(file)).toEqual(await undisturbedRows(images));
  }, 1_200_000);
});
