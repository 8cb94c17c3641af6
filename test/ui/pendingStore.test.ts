import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foreignEndpoint } from '../../src/ec2/endpoint.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { openPendingStore, type PendingRecord } from '../../src/ui/createImage/pendingStore.ts';
import { belongsTo, placeOf } from '../../src/ui/createImage/recordedPlace.ts';

type Place = Pick<Connection, 'choice' | 'profile' | 'foreignEndpoint' | 'defaultRegion'>;

const image = { id: 'ami-0123456789abcdef0', region: 'us-east-1', name: 'golden', since: 1 };

function aws(profile: string | undefined, url?: string): Place {
  return {
    choice: { kind: 'aws', profile, endpointUrl: undefined },
    profile,
    defaultRegion: 'us-east-1',
    foreignEndpoint: foreignEndpoint(url),
  };
}

const sample: Place = {
  choice: { kind: 'sample' },
  profile: undefined,
  foreignEndpoint: undefined,
  defaultRegion: 'us-east-1',
};

function recorded(connection: Place, account: string | undefined, record: typeof image): PendingRecord {
  return { ...record, ...placeOf(connection, account) };
}

describe('an image being made is looked at', () => {
  it.each([
    ['through the same profile, account unknown', aws('a'), undefined, aws('a'), undefined, true],
    ['through the same profile, account known since', aws('a'), undefined, aws('a'), '111111111111', true],
    ['through another profile of the same account', aws('a'), '111111111111', aws('b'), '111111111111', true],
    ['not through another profile', aws('a'), undefined, aws('b'), undefined, false],
    [
      'not when the profile has come to mean another account',
      aws('a'),
      '111111111111',
      aws('a'),
      '222222222222',
      false,
    ],
    ['not at another endpoint', aws('a', 'http://127.0.0.1:5000'), '1', aws('a'), '1', false],
    [
      'not at AWS when it was made in the sample account',
      sample,
      '123456789012',
      aws(undefined),
      '123456789012',
      false,
    ],
    [
      'not in another partition, where numbers mean something else',
      aws('a'),
      '111111111111',
      { ...aws('a'), defaultRegion: 'cn-north-1' },
      '111111111111',
      false,
    ],
    [
      'through an endpoint of a VPC, which leads to the same accounts',
      aws('a'),
      '111111111111',
      aws('a', 'https://vpce-0a-b.ec2.us-east-1.vpce.amazonaws.com'),
      '111111111111',
      true,
    ],
    ['in the sample account it was made in', sample, undefined, sample, '123456789012', true],
  ] as const)('%s', (_, madeThrough, madeIn, now, account, expected) => {
    // As it is after a restart: through JSON, which drops what is undefined.
    const record = JSON.parse(JSON.stringify(recorded(madeThrough, madeIn, image)));
    expect(belongsTo(record, now, account)).toBe(expected);
  });
});

describe('what is stored', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ami-explorer-records-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is one record an image, and nothing once all are gone', async () => {
    const store = openPendingStore(folder);
    store.add(recorded(sample, undefined, image));
    store.add(recorded(sample, '123456789012', image));
    expect(store.all.map((record) => record.account)).toEqual(['123456789012']);
    expect(store.get(image.id)).toMatchObject(image);
    store.remove(image.id);
    expect(store.get(image.id)).toBeUndefined();
    expect(await readdir(join(folder, 'pending'))).toEqual([]);
  });

  it('by one window is there for the others, and none loses what another has written', () => {
    const [one, other] = [openPendingStore(folder), openPendingStore(folder)];
    one.add(recorded(sample, undefined, image));
    other.add(recorded(sample, undefined, { ...image, id: 'ami-0aaaaaaaaaaaaaaaa' }));
    expect(one.all.map(({ id }) => id).sort()).toEqual([image.id, 'ami-0aaaaaaaaaaaaaaaa']);
    other.remove(image.id);
    expect(one.get(image.id)).toBeUndefined();
    expect(one.all).toHaveLength(1);
  });

  it.each(['nonsense', '[null, 1]', '{}', '{"id": 1}', ''])('as %j is taken for nothing', async (stored) => {
    await mkdir(join(folder, 'pending'));
    await writeFile(join(folder, 'pending', 'other.json'), stored);
    expect(openPendingStore(folder).all).toEqual([]);
  });

  it('counts for this window where it cannot be written', async () => {
    await writeFile(join(folder, 'pending'), 'no folder');
    const store = openPendingStore(folder);
    store.add(recorded(sample, undefined, image));
    expect(store.get(image.id)).toMatchObject(image);
    expect(store.all).toHaveLength(1);
    store.remove(image.id);
    expect(store.all).toEqual([]);
  });
});
