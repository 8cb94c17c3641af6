import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountScope } from '../../src/core/accountScope.ts';
import { RecentImages } from '../../src/images/recentImages.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-recent-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const account = (number: string): AccountScope => ({
  kind: 'aws',
  partition: 'aws',
  endpoint: undefined,
  account: number,
  profile: 'work',
});
const image = (number: number) => ({
  region: 'eu-west-1',
  id: `ami-${String(number).padStart(17, '0')}`,
  name: `image ${number}`,
});

describe('recent images', () => {
  it('are those of the account, the last one first and each once, in another window too', () => {
    const recent = new RecentImages(folder);
    recent.add(account('123456789012'), image(1), 1);
    recent.add(account('123456789012'), image(2), 2);
    recent.add(account('210987654321'), image(3), 3);
    recent.add(account('123456789012'), image(1), 4);
    expect(new RecentImages(folder).of(account('123456789012'))).toEqual([image(1), image(2)]);
    expect(new RecentImages(folder).of(account('210987654321'))).toEqual([image(3)]);
    expect(new RecentImages(folder).of({ ...account('123456789012'), endpoint: 'http://127.0.0.1:4566' })).toEqual([]);
  });

  it('are few: the oldest go first', async () => {
    const recent = new RecentImages(folder);
    for (let number = 1; number <= 25; number += 1) {
      recent.add(account('123456789012'), image(number), number);
    }
    expect(recent.of(account('123456789012')).map(({ name }) => name)).toEqual(
      Array.from({ length: 20 }, (_, index) => `image ${25 - index}`),
    );
    for (let other = 0; other < 80; other += 1) {
      recent.add(account(String(100_000_000_000 + other)), image(other), 100 + other);
    }
    expect((await readdir(folder)).length).toBe(60);
  });

  it('keep nothing of an image but its region, id and name', async () => {
    const recent = new RecentImages(folder);
    recent.add(account('123456789012'), { ...image(1), tags: ['secret'] } as ReturnType<typeof image>, 1);
    const [file = ''] = await readdir(folder);
    expect(JSON.parse(await readFile(join(folder, file), 'utf8'))).toEqual({
      id: expect.any(String),
      scope: { kind: 'aws', partition: 'aws', account: '123456789012', profile: 'work' },
      image: image(1),
      opened: 1,
    });
  });
});
