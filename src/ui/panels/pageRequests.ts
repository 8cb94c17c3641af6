import * as v from 'valibot';
import { resourceId } from '../../core/imageRefSchema.ts';
import { listOf, read } from '../../core/schemas.ts';
import { catalogQuery } from '../../protocol/catalogQuerySchema.ts';

/*
 * What a page sends is read as carefully as anything from outside.
 */

/** More rows or images than this are not asked for at once. */
const maxRows = 1_000;

const resourceIds = listOf(resourceId);

export function idsOf(ids: unknown): readonly string[] {
  return read(resourceIds, ids)?.slice(0, maxRows) ?? [];
}

/** Of an item in a list, or of a cursor in a text. */
const place = v.pipe(v.number(), v.integer(), v.minValue(0));

const rows = { start: place, count: v.pipe(place, v.toMaxValue(maxRows)) };

export const rowsRequest = v.object(rows);

export const queryRequest = v.object({ query: catalogQuery, ...rows });

export const suggestRequest = v.object({ text: v.string(), cursor: place });

export const errorButtonRequest = v.object({ index: place });
