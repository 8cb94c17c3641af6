import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountScope } from '../../src/core/accountScope.ts';
import { imagePin, type Pin } from '../../src/core/pins.ts';
import { PinFiles } from '../../src/ui/pins/pinFiles.ts';
import { anImage } from '../core/anImage.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'ami-explorer-pins-')), 'pins');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const own: AccountScope = {
  kind: 'aws',
  partition: 'aws',
  endpoint: undefined,
  account: '111111111111',
  profile: 'work',
};

function pin(number: number): Pin {
  return imagePin(anImage({ id: `ami-${number.toString(16).padStart(17, '0')}` }));
}

describe('pins', () => {
  it('of two windows, of which neither has read what the other wrote, are all there', () => {
    const windows = [new PinFiles(folder), new PinFiles(folder)];
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    for (const number of numbers) {
      windows[number % 2]?.add(own, [pin(number)], number);
    }
    expect(new PinFiles(folder).of(own)).toEqual(numbers.map(pin));
    for (const number of numbers.slice(5)) {
      windows[(number + 1) % 2]?.remove(own, [pin(number)]);
    }
    expect(new PinFiles(folder).of(own)).toEqual(numbers.slice(0, 5).map(pin));
  });

  it('keep the order in which they were given, and are there once', () => {
    const files = new PinFiles(folder);
    files.add(own, [pin(3), pin(1), pin(2)], 10);
    files.add({ ...own, account: undefined }, [pin(1)], 20);
    expect(files.of(own)).toEqual([pin(3), pin(1), pin(2)]);
  });

  it.each<[string, Partial<AccountScope>, boolean]>([
    ['another profile of the account', { profile: 'other' }, true],
    ['the profile, whose account is not known now', { account: undefined }, true],
    ['another profile, whose account is not known', { account: undefined, profile: 'other' }, false],
    ['another account', { account: '222222222222' }, false],
    ['the same number in another partition', { partition: 'aws-cn' }, false],
    ['the same number at a local endpoint', { endpoint: 'http://localhost:4566' }, false],
    ['the sample account', { kind: 'sample' }, false],
  ])('are those of %s, too: %#', (_name, other, expected) => {
    const files = new PinFiles(folder);
    files.add(own, [pin(1)], 1);
    expect(files.of({ ...own, ...other })).toEqual(expected ? [pin(1)] : []);
    files.remove({ ...own, ...other }, [pin(1)]);
    expect(files.of(own)).toEqual(expected ? [] : [pin(1)]);
  });

  it('that are damaged or of another form are left alone, and cost no others', async () => {
    const files = new PinFiles(folder);
    files.add(own, [pin(1)], 1);
    const others = {
      'cut.json': '{"scope":',
      'empty.json': '',
      'null.json': 'null',
      'future.json': JSON.stringify({ id: 'a', scope: own, pin: { kind: 'query' }, since: 1 }),
      'elsewhere.json': JSON.stringify({ id: 'b', scope: { ...own, partition: 'aws-mars' }, pin: pin(2), since: 1 }),
      'half.json.tmp': JSON.stringify({ id: 'c', scope: own, pin: pin(3), since: 1 }),
    };
    for (const [name, content] of Object.entries(others)) {
      await writeFile(join(folder, name), content);
    }
    expect(files.of(own)).toEqual([pin(1)]);
    expect(await readdir(folder)).toHaveLength(7);
  });

  it('are none where there is no folder', () => {
    expect(new PinFiles(folder).of(own)).toEqual([]);
    new PinFiles(folder).remove(own, [pin(1)]);
  });
});
