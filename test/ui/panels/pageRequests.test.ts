import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { initialQuery } from '../../../src/protocol/catalogQuerySchema.ts';
import {
  errorButtonRequest,
  idsOf,
  queryRequest,
  rowsRequest,
  suggestRequest,
} from '../../../src/ui/panels/pageRequests.ts';

const bad = [undefined, null, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '1', [1], {}];

describe('what a page asks for', () => {
  it('is as many rows as are given at once, and no more', () => {
    expect(v.parse(rowsRequest, { start: 0, count: 50 })).toEqual({ start: 0, count: 50 });
    expect(v.parse(rowsRequest, { start: 200_000, count: 1_000_000 })).toEqual({ start: 200_000, count: 1_000 });
    expect(v.parse(queryRequest, { query: { text: 'x' }, start: 3, count: 2_000 })).toEqual({
      query: { ...initialQuery, text: 'x' },
      start: 3,
      count: 1_000,
    });
  });

  it.each(bad)('is refused where a number is %j', (value) => {
    for (const [schema, params] of [
      [rowsRequest, { start: value, count: 1 }],
      [rowsRequest, { start: 0, count: value }],
      [queryRequest, { query: initialQuery, start: value, count: 1 }],
      [suggestRequest, { text: 'x', cursor: value }],
      [errorButtonRequest, { index: value }],
    ] as const) {
      expect(v.is(schema, params), JSON.stringify(params)).toBe(false);
    }
  });

  it.each([undefined, null, 7, 'x'])('is refused where it is %j', (params) => {
    for (const schema of [rowsRequest, queryRequest, suggestRequest, errorButtonRequest]) {
      expect(v.is(schema, params)).toBe(false);
    }
  });

  it('is ids, as far as they are some', () => {
    expect(idsOf(['ami-0123456789abcdef0', 7, null, 'rm -rf', 'ami-000001'])).toEqual([
      'ami-0123456789abcdef0',
      'ami-000001',
    ]);
    expect(idsOf(undefined)).toEqual([]);
    expect(idsOf(Array.from({ length: 2_000 }, () => 'ami-000001'))).toHaveLength(1_000);
  });
});
