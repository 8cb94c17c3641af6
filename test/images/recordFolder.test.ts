import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Schema } from '../../src/core/schemas.ts';
import { RecordFolder } from '../../src/images/recordFolder.ts';

interface Note {
  readonly id: string;
  readonly text: string;
}

const program = fileURLToPath(new URL('recordProcess.ts', import.meta.url));
/** Root may write everywhere, so its programs run as the user `nobody`. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ami-explorer-records-'));
  folder = join(parent, 'records');
});
afterEach(async () => {
  await chmod(folder, 0o755).catch(() => undefined);
  await rm(parent, { recursive: true, force: true });
});

const note: Schema<Note> = v.object({ id: v.string(), text: v.string() });

function open(): RecordFolder<Note> {
  return new RecordFolder(folder, note);
}

async function inProcess(what: string, name: string, count: number, options = {}): Promise<unknown> {
  const child = spawn(process.execPath, [program, folder, what, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
  return JSON.parse(await text(child.stdout));
}

describe('records', () => {
  it('are a file each, and nothing once all are gone', async () => {
    const records = open();
    expect(records.mayHaveSome).toBe(false);
    records.add({ id: 'a', text: 'old' });
    records.add({ id: 'a', text: 'new' });
    expect(records.mayHaveSome).toBe(true);
    expect(records.all).toEqual([{ id: 'a', text: 'new' }]);
    expect(await readdir(folder)).toHaveLength(1);
    expect([records.take('a'), records.take('a')]).toEqual([true, false]);
    expect(records.get('a')).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['nonsense', '[null, 1]', '{}', '{"id": 1}', 'null', ''])('as %j are left alone', async (stored) => {
    await mkdir(folder);
    await writeFile(join(folder, 'other.json'), stored);
    expect(open().all).toEqual([]);
    expect(await readFile(join(folder, 'other.json'), 'utf8')).toBe(stored);
  });
});

describe('records of two processes', () => {
  it('are all there, whoever wrote last', async () => {
    await Promise.all([inProcess('add', 'one', 200), inProcess('add', 'other', 200)]);
    expect(open().all).toHaveLength(400);
    expect((await readdir(folder)).filter((name) => !name.endsWith('.json'))).toEqual([]);
  });

  it('are whole while they are replaced', async () => {
    open().add({ id: 'shared', text: 'b'.repeat(50_000) });
    let isOver = false;
    const writing = Promise.all([inProcess('replace', 'a', 300), inProcess('replace', 'b', 300)]).finally(() => {
      isOver = true;
    });
    const seen = new Set<string>();
    while (!isOver) {
      const found = open().get('shared')?.text;
      seen.add(`${found?.length}${[...new Set(found)].join('')}`);
      await new Promise(setImmediate);
    }
    await writing;
    expect([...seen].filter((found) => !/^50000[ab]$/.test(found))).toEqual([]);
    expect(seen.size).toBeGreaterThan(0);
  });

  it('are taken by one of them alone', async () => {
    const records = open();
    const ids = Array.from({ length: 300 }, (_, index) => index);
    for (const index of ids) {
      records.add({ id: `shared-${index}`, text: '' });
    }
    const taken = await Promise.all([inProcess('take', '', ids.length), inProcess('take', '', ids.length)]);
    expect(taken.flat().sort((a, b) => Number(a) - Number(b))).toEqual(ids);
  });
});

describe('records that the disk does not take', () => {
  it('count for this window where there can be no folder, and are written once there can', async () => {
    await writeFile(folder, 'no folder');
    const records = open();
    records.add({ id: 'a', text: '' });
    records.add({ id: 'b', text: '' });
    expect(records.get('a')).toEqual({ id: 'a', text: '' });
    expect(records.all).toHaveLength(2);
    expect([records.take('b'), records.take('b')]).toEqual([true, false]);
    await rm(folder);
    records.flush();
    expect(open().all).toEqual([{ id: 'a', text: '' }]);
  });

  it.runIf(process.platform === 'linux')('count for this window on a full disk, and leave no half file', async () => {
    const [file = ''] = await fileNameOf({ id: 'a', text: '' });
    // What is written here finds no room.
    await symlink('/dev/full', join(folder, `${file}.${process.pid}.new`));
    const records = open();
    records.add({ id: 'a', text: 'x' });
    expect(records.all).toEqual([{ id: 'a', text: 'x' }]);
    expect(await readdir(folder)).toEqual([]);
    records.flush();
    expect(open().all).toEqual([{ id: 'a', text: 'x' }]);
  });

  it.skipIf(process.platform === 'win32')('to be added or removed are so for this window at least', async () => {
    open().add({ id: 'kept', text: '' });
    await chmod(parent, 0o755);
    await chmod(folder, 0o555);
    expect(await inProcess('unwritable', '', 0, nobody)).toEqual({
      added: true,
      taken: [true, false],
      left: ['new'],
    });
    expect(open().all).toEqual([{ id: 'kept', text: '' }]);
  });
});

/** The name of a record's file. */
async function fileNameOf(kept: Note): Promise<readonly string[]> {
  open().add(kept);
  const names = await readdir(folder);
  open().take(kept.id);
  return names;
}
