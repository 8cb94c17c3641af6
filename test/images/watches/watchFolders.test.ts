import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayHaveRecords, watchFoldersIn } from '../../../src/images/watches/watchFolders.ts';
import { WatchRecords } from '../../../src/images/watches/watchRecords.ts';

let storage: string;

beforeEach(async () => {
  storage = await mkdtemp(join(tmpdir(), 'ami-explorer-watches-'));
});
afterEach(() => rm(storage, { recursive: true, force: true }));

const may = () => mayHaveRecords(watchFoldersIn(storage));

async function write(...path: readonly string[]): Promise<void> {
  const file = join(storage, ...path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '{}');
}

describe('the look at the folders of records', () => {
  it('finds what was kept, until it is over', async () => {
    const records = new WatchRecords(watchFoldersIn(storage));
    const scope = {
      kind: 'aws',
      partition: 'aws',
      endpoint: undefined,
      account: '111122223333',
      profile: undefined,
    } as const;
    records.add({ id: 'a', kind: 'image', region: 'us-east-1', scope, since: 0, heldUntil: 0, subject: {} });
    expect(await may()).toBe(true);
    records.take('a');
    expect(await may()).toBe(false);
  });

  it.each(['pending', 'sought'])('finds what earlier versions kept as %s', async (kind) => {
    await write('creations', kind, 'a.json');
    expect(await may()).toBe(true);
  });

  it('finds nothing where there is no folder, an empty one, or what else the extension keeps', async () => {
    expect(await may()).toBe(false);
    await mkdir(join(storage, 'watches'));
    await mkdir(join(storage, 'creations', 'pending'), { recursive: true });
    await write('pins', 'a.json');
    await write('watches', 'a.json.123.new');
    expect(await may()).toBe(false);
  });

  it('finds nothing where a file is in the folder’s place', async () => {
    await write('watches');
    expect(await may()).toBe(false);
  });
});
