import { describe, expect, it } from 'vitest';
import { familyFlags } from '../../src/core/familyState.ts';
import { datesOf, newestOfEach } from '../../src/core/newestImages.ts';
import { anImage } from './anImage.ts';

const now = Date.parse('2026-11-27T12:00:00.000Z');
const past = '2026-01-01T00:00:00.000Z';
const own = (parts: Parameters<typeof anImage>[0] = {}) => anImage({ public: false, name: 'web-1', ...parts });

describe('what is worth a look in a family', () => {
  it('is counted, the most important first', () => {
    const images = [
      own({ state: 'disabled' }),
      own({ state: 'pending' }),
      own({ public: true }),
      own({ state: 'failed' }),
      own({ state: 'error' }),
      own({ state: 'quarantined', public: true }),
      own(),
    ];
    expect(familyFlags(images, true, now)).toEqual([
      { flag: 'failed', count: 3 },
      { flag: 'public', count: 2 },
      { flag: 'pending', count: 1 },
      { flag: 'disabled', count: 1 },
    ]);
  });

  it('is no image that others have made public', () => {
    expect(familyFlags([own({ public: true })], false, now)).toEqual([]);
  });

  it('is deprecation only where all images are deprecated', () => {
    const old = own({ deprecationTime: past });
    expect(familyFlags([old, old], true, now)).toEqual([{ flag: 'deprecated', count: 2 }]);
    expect(familyFlags([old, own()], true, now)).toEqual([]);
    expect(familyFlags([], true, now)).toEqual([]);
  });
});

describe('the newest of a family', () => {
  const made = (id: string, creationDate: string, parts: Parameters<typeof anImage>[0] = {}) =>
    own({ id, creationDate, ...parts });

  it('is one for each owner, architecture and family, available, the newest first', () => {
    const images = [
      made('ami-00000001', '2026-01-01T00:00:00.000Z'),
      made('ami-00000002', '2026-03-01T00:00:00.000Z'),
      made('ami-00000003', '2026-04-01T00:00:00.000Z', { architecture: 'arm64' }),
      made('ami-00000004', '2026-02-01T00:00:00.000Z', { ownerId: '111122223333' }),
      made('ami-00000005', '2026-05-01T00:00:00.000Z', { state: 'pending' }),
      made('ami-00000006', '2026-01-15T00:00:00.000Z', { name: 'api-1' }),
    ];
    expect(newestOfEach(images).map(({ id }) => id)).toEqual([
      'ami-00000003',
      'ami-00000002',
      'ami-00000004',
      'ami-00000006',
    ]);
    expect(newestOfEach([])).toEqual([]);
  });

  it('is one for all accounts that EC2 says are Amazon’s', () => {
    const images = [
      made('ami-00000001', '2026-01-01T00:00:00.000Z', { ownerId: '137112412989', ownerAlias: 'amazon' }),
      made('ami-00000002', '2026-02-01T00:00:00.000Z', { ownerId: '591542846629', ownerAlias: 'amazon' }),
    ];
    expect(newestOfEach(images).map(({ id }) => id)).toEqual(['ami-00000002']);
  });

  it('is told with the span of dates, whatever is no date', () => {
    const dates = ['2026-03-01T00:00:00.000Z', 'soon', '2025-01-01T00:00:00.000Z', undefined];
    expect(datesOf(dates.map((creationDate) => own({ creationDate })))).toEqual([
      '2025-01-01T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
    ]);
    expect(datesOf([own({ creationDate: 'soon' })])).toBeUndefined();
  });
});
