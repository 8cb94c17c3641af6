import { describe, expect, it } from 'vitest';
import { type Arrangement, initialArrangement, readArrangement, readPlace } from '../../media/catalog/savedPage.ts';
import * as details from '../../media/details/view.ts';
import { read } from '../../src/core/schemas.ts';
import { savedDetails } from '../../src/protocol/details.ts';

describe('what the page of a catalog has saved', () => {
  it('is read as it was', () => {
    const arrangement: Arrangement = {
      query: { text: 'x', facets: { year: ['2026'] }, newestOnly: true, sort: { column: 'name', descending: false } },
      columns: ['id', 'name'],
      widths: { id: 90 },
      openFacets: [],
      filtersShown: false,
    };
    const place = { scroll: 4, matches: 9, ids: ['ami-1'], anchor: 0, focus: 2, inTable: true };
    const saved: unknown = JSON.parse(JSON.stringify({ region: 'eu-west-1', arrangement, place }));
    expect(readArrangement(saved)).toEqual(arrangement);
    expect(readPlace(saved)).toEqual({ region: 'eu-west-1', ...place });
  });

  it('says where it was, or nothing of it', () => {
    const place = { scroll: 4, matches: 9, anchor: 0, focus: 2 };
    const region = 'eu-west-1';
    expect(readPlace({ region, place: { ...place, ids: ['ami-1', 7], inTable: 1 } })).toEqual({
      region,
      ...place,
      ids: ['ami-1'],
      inTable: false,
    });
    for (const saved of [{ place }, { region }, { region, place: { ...place, focus: null } }, 7, null, undefined]) {
      expect(readPlace(saved), JSON.stringify(saved)).toBeUndefined();
    }
  });

  it('is read with care', () => {
    expect(readArrangement(undefined)).toEqual(initialArrangement);
    expect(
      readArrangement({
        arrangement: {
          columns: ['id', 'id', 'nonsense'],
          widths: { id: 90, name: -5, size: 'wide' },
          query: { text: 7, facets: { year: ['2026', 5], evil: ['x'] }, newestOnly: 'yes', sort: { column: 'x' } },
          openFacets: ['year', 'x'],
        },
      }),
    ).toEqual({
      ...initialArrangement,
      columns: ['id'],
      widths: { id: 90 },
      query: { ...initialArrangement.query, facets: { year: ['2026'] } },
      openFacets: ['year'],
    });
  });
});

describe('what the page of an image has saved', () => {
  const ref = { region: 'eu-west-1', id: 'ami-000001' };

  it('is read as it was', () => {
    const arrangement: details.Arrangement = {
      closed: ['tags', 'raw'],
      sort: { column: 'size', descending: true },
      scroll: 400,
    };
    expect(read(details.arrangement, JSON.parse(JSON.stringify(arrangement)))).toEqual(arrangement);
    expect(read(details.arrangement, { closed: [] })).toEqual({ closed: [], sort: undefined, scroll: 0 });
  });

  it('is as at the beginning where it is not understood', () => {
    expect(read(details.arrangement, {})).toEqual(details.initialArrangement);
    expect(
      read(details.arrangement, { closed: ['raw', 'x', 7], sort: { column: 'x', descending: true }, scroll: '9' }),
    ).toEqual({ closed: ['raw'], sort: undefined, scroll: 0 });
  });

  it('names the image that its panel is opened with again', () => {
    expect(read(savedDetails, { ref, preview: true, arrangement: 7 })).toEqual({ ref, preview: true });
    expect(read(savedDetails, { ref })).toEqual({ ref, preview: false });
    for (const saved of [{}, { ref: { ...ref, id: '../x' } }, { ref: { ...ref, region: 'x y' } }, null, undefined]) {
      expect(read(savedDetails, saved), JSON.stringify(saved)).toBeUndefined();
    }
  });
});
