import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountScopeOf, isSameAccount } from '../../../src/core/accountScope.ts';
import { foreignEndpoint } from '../../../src/ec2/endpoint.ts';
import type { Connection } from '../../../src/ec2/port.ts';
import { recordIdOf } from '../../../src/images/watches/imageBeingMade.ts';
import { watchFoldersIn } from '../../../src/images/watches/watchFolders.ts';
import type { WatchRecord } from '../../../src/images/watches/watchRecord.ts';
import { WatchRecords } from '../../../src/images/watches/watchRecords.ts';

type Place = Pick<Connection, 'choice' | 'profile' | 'foreignEndpoint' | 'defaultRegion'>;

const region = 'us-east-1';
const imageId = 'ami-0123456789abcdef0';
let storage: string;

beforeEach(async () => {
  storage = await mkdtemp(join(tmpdir(), 'ami-explorer-records-'));
});
afterEach(() => rm(storage, { recursive: true, force: true }));

function open(): WatchRecords {
  return new WatchRecords(watchFoldersIn(storage));
}

function aws(profile: string | undefined, url?: string): Place {
  return {
    choice: { kind: 'aws', profile, endpointUrl: undefined },
    profile,
    defaultRegion: region,
    foreignEndpoint: foreignEndpoint(url),
  };
}

const sample: Place = {
  choice: { kind: 'sample' },
  profile: undefined,
  foreignEndpoint: undefined,
  defaultRegion: region,
};

function recorded(connection: Place, account: string | undefined): WatchRecord {
  const scope = accountScopeOf(connection, account);
  const subject = { imageId, name: 'golden' };
  return { id: recordIdOf(scope, region, imageId), kind: 'image', region, scope, since: 1, heldUntil: 0, subject };
}

describe('what is watched is looked at', () => {
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
      'not in the sample account when it was begun at AWS',
      aws(undefined),
      '123456789012',
      sample,
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
  ] as const)('%s', (_, begunThrough, begunIn, now, account, expected) => {
    open().add(recorded(begunThrough, begunIn));
    // As it is after a restart.
    const [record] = open().all;
    expect(record && isSameAccount(record.scope, accountScopeOf(now, account))).toBe(expected);
  });
});

describe('records', () => {
  it('of the sample account are this window\u2019s alone', async () => {
    const records = open();
    const record = recorded(sample, undefined);
    records.add(record);
    expect(records.all).toEqual([record]);
    expect(open().all).toEqual([]);
    expect(await readdir(storage)).toEqual([]);
    expect([records.take(record.id), records.take(record.id)]).toEqual([true, false]);
  });

  it('of images with the same id at two endpoints, or in two regions, are two', () => {
    const [here, there] = [aws('a'), aws('a', 'http://127.0.0.1:5000')].map((place) => accountScopeOf(place, '1'));
    const ids = [here, there].flatMap((scope) =>
      scope ? [recordIdOf(scope, region, imageId), recordIdOf(scope, 'eu-west-1', imageId)] : [],
    );
    expect(new Set(ids).size).toBe(4);
  });
});

describe('records of an earlier version', () => {
  const place = { kind: 'aws', profile: 'work', account: '111111111111', region, since: 1_700_000_000_000 };
  const scope = { kind: 'aws', partition: 'aws', endpoint: undefined, account: '111111111111', profile: 'work' };
  const pending = { ...place, id: imageId, name: 'golden' };
  const sought = {
    ...place,
    id: '7a1f2c1e-0000-4000-8000-000000000000',
    name: 'lost',
    instanceId: 'i-0123456789abcdef0',
    before: ['ami-00000000000000001'],
    dryRun: false,
    heldUntil: 5,
    soughtUntil: 7,
  };

  async function write(folder: string, records: Readonly<Record<string, unknown>>): Promise<void> {
    await mkdir(join(storage, 'creations', folder), { recursive: true });
    for (const [name, record] of Object.entries(records)) {
      const text = typeof record === 'string' ? record : JSON.stringify(record);
      await writeFile(join(storage, 'creations', folder, name), text);
    }
  }

  it('are read once, and gone from where they were', async () => {
    await write('pending', { 'a.json': pending });
    await write('sought', { 'b.json': sought });
    const expected = [
      {
        id: recordIdOf({ kind: 'aws', endpoint: undefined }, region, imageId),
        kind: 'image',
        region,
        scope,
        since: place.since,
        heldUntil: 0,
        subject: { imageId, name: 'golden' },
      },
      {
        id: sought.id,
        kind: 'unanswered',
        region,
        scope,
        since: place.since,
        heldUntil: 5,
        subject: {
          name: 'lost',
          instanceId: sought.instanceId,
          before: sought.before,
          dryRun: false,
          soughtUntil: 7,
        },
      },
    ];
    const byKind = (records: WatchRecords) => [...records.all].sort((a, b) => a.kind.localeCompare(b.kind));
    expect(byKind(open())).toEqual(expected);
    expect(await readdir(storage)).toEqual(['watches']);
    expect(byKind(open())).toEqual(expected);
  });

  it('that say nothing of an account belong to their profile', async () => {
    const { profile: _profile, account: _account, ...nameless } = pending;
    await write('pending', { 'a.json': nameless });
    expect(open().all.map((record) => record.scope)).toEqual([{ ...scope, profile: undefined, account: undefined }]);
  });

  it('of the sample account, which has ended, go', async () => {
    await write('pending', { 'a.json': { ...pending, kind: 'sample' } });
    expect(open().all).toEqual([]);
    expect(await readdir(storage)).toEqual([]);
  });

  it.each(['nonsense', 'null', '{}', { ...pending, id: 1 }, { ...pending, since: 'now' }, { ...pending, region: '/' }])(
    'as %j are left alone, and cost no others',
    async (stored) => {
      await write('pending', { 'a.json': stored, 'b.json': pending });
      expect(open().all).toHaveLength(1);
      expect(await readdir(join(storage, 'creations', 'pending'))).toEqual(['a.json']);
    },
  );
});
