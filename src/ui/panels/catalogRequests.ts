import { resourceId } from '../../core/imageRefSchema.ts';
import { listOf, read } from '../../core/schemas.ts';

/** More rows or images than this are not asked for at once. */
export const maxRows = 1_000;

const resourceIds = listOf(resourceId);

/** What a page sends is read as carefully as anything from outside. */
export function idsOf(ids: unknown): readonly string[] {
  return read(resourceIds, ids)?.slice(0, maxRows) ?? [];
}
