import { describe, expect, it } from 'vitest';
import { groupByFamily } from '../../src/core/familyGroups.ts';
import { anImage } from './anImage.ts';

const older = anImage({ id: 'ami-00000001', name: 'web-20260101', creationDate: '2026-01-01T00:00:00.000Z' });
const newer = anImage({ id: 'ami-00000002', name: 'Web-20260201', creationDate: '2026-02-01T00:00:00.000Z' });
const other = anImage({ id: 'ami-00000003', name: 'api-20260301', creationDate: '2026-03-01T00:00:00.000Z' });
const unnamed = anImage({ id: 'ami-00000004', name: '20260401', creationDate: '2026-04-01T00:00:00.000Z' });

describe('groupByFamily', () => {
  it('sorts families by label, the nameless last, and images newest first', () => {
    expect(
      groupByFamily([unnamed, older, newer, other]).map(({ label, images }) => [label, ...images.map(({ id }) => id)]),
    ).toEqual([
      ['api', 'ami-00000003'],
      ['Web', 'ami-00000002', 'ami-00000001'],
      ['', 'ami-00000004'],
    ]);
    expect(groupByFamily([])).toEqual([]);
  });
});
