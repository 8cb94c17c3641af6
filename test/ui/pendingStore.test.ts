import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/ec2/port.ts';
import { belongsTo, PendingStore, recordOf } from '../../src/ui/createImage/pendingStore.ts';

type Place = Pick<Connection, 'choice' | 'profile' | 'endpoint'>;

const image = { id: 'ami-0123456789abcdef0', region: 'us-east-1', name: 'golden', since: 1 };

function aws(profile: string | undefined, url?: string): Place {
  return {
    choice: { kind: 'aws', profile, endpointUrl: undefined },
    profile,
    endpoint: url === undefined ? undefined : { url, source: 'amiExplorer.endpointUrl' },
  };
}

const sample: Place = { choice: { kind: 'sample' }, profile: undefined, endpoint: undefined };

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
    ['in the sample account it was made in', sample, undefined, sample, '123456789012', true],
  ] as const)('%s', (_, madeThrough, madeIn, now, account, expected) => {
    // As it is after a restart: through JSON, which drops what is undefined.
    const record = JSON.parse(JSON.stringify(recordOf(madeThrough, madeIn, image)));
    expect(belongsTo(record, now, account)).toBe(expected);
  });
});

describe('what is stored', () => {
  function storeOf(initial: unknown) {
    const values = new Map<string, unknown>([['pendingImages', initial]]);
    const memento = {
      keys: () => [...values.keys()],
      get: <T>(key: string, fallback?: T) => (values.get(key) ?? fallback) as T,
      update: async (key: string, value: unknown) => {
        values.set(key, value);
      },
    };
    return { store: new PendingStore(memento), values };
  }

  it('is one record an image, and nothing once all are gone', () => {
    const { store, values } = storeOf(undefined);
    store.add(recordOf(sample, undefined, image));
    store.add(recordOf(sample, '123456789012', image));
    expect(store.all.map((record) => record.account)).toEqual(['123456789012']);
    store.remove(image.id);
    expect(store.has(image.id)).toBe(false);
    expect(values.get('pendingImages')).toBeUndefined();
  });

  it.each([['nonsense'], [[null, 1, {}, { id: 1 }]], [{ all: true }]])('as %j is taken for nothing', (stored) => {
    expect(storeOf(stored).store.all).toEqual([]);
  });
});
