import { describe, expect, it } from 'vitest';
import { newestFirst } from '../../src/core/imageAge.ts';
import { anImage } from './anImage.ts';

describe('newestFirst', () => {
  const ids = (images: readonly { readonly id: string }[]) => images.map(({ id }) => id);

  it('goes by creation date, then build date, then name, then id', () => {
    const date = '2026-01-01T00:00:00.000Z';
    const images = [
      anImage({ id: 'ami-00000001', name: 'web-9', creationDate: date }),
      anImage({ id: 'ami-00000002', name: 'web-10', creationDate: date }),
      anImage({ id: 'ami-00000003', name: 'web-20251231', creationDate: date }),
      anImage({ id: 'ami-00000005', name: 'a', creationDate: '2026-02-01T00:00:00.000Z' }),
      anImage({ id: 'ami-00000004', name: 'a', creationDate: '2026-02-01T00:00:00.000Z' }),
    ];
    expect(ids(images.toSorted(newestFirst))).toEqual([
      'ami-00000004',
      'ami-00000005',
      'ami-00000003',
      'ami-00000002',
      'ami-00000001',
    ]);
  });

  it('puts images without a date, or with one that is none, last', () => {
    const images = [
      anImage({ id: 'ami-00000001', creationDate: undefined }),
      anImage({ id: 'ami-00000002', creationDate: 'yesterday' }),
      anImage({ id: 'ami-00000003', creationDate: '1999-01-01T00:00:00.000Z' }),
      anImage({ id: 'ami-00000004', creationDate: '' }),
    ];
    expect(ids(images.toSorted(newestFirst))[0]).toBe('ami-00000003');
  });

  it('is an order: the same whatever the order before', () => {
    const dates = [undefined, 'x', '2026-01-01T00:00:00.000Z', '2026-01-01', '2025-06-01T00:00:00Z'];
    const images = dates.flatMap((creationDate, d) =>
      ['web-1', 'web-20260101', ''].map((name, n) => anImage({ id: `ami-0000000${d}${n}`, name, creationDate })),
    );
    const sorted = images.toSorted(newestFirst);
    for (let turn = 1; turn < images.length; turn++) {
      const turned = [...images.slice(turn), ...images.slice(0, turn)];
      expect(ids(turned.toSorted(newestFirst))).toEqual(ids(sorted));
    }
    for (const image of images) expect(newestFirst(image, image)).toBe(0);
  });
});
