import { completedMap, type WantedId } from '../../../src/code/regionMaps/completedMap.ts';
import { loadRegionMaps } from '../../../src/code/regionMaps/loadRegionMaps.ts';
import { edited } from '../../../src/code/textEdit.ts';

/** `{ 'eu-west-1': id }` for the only slot, or `{ 'eu-west-1': { HVM64: id } }`. */
export type Ids = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** The text with these ids in its first region map. */
export async function completeText(path: string, text: string, ids: Ids): Promise<string> {
  const [map] = await loadRegionMaps({ path, text });
  if (!map) throw new Error('There is no region map.');
  const edit = completedMap(text, map, wantedIds(ids));
  return edit ? edited(text, [edit]) : text;
}

function wantedIds(ids: Ids): readonly WantedId[] {
  return Object.entries(ids).flatMap(([region, value]) =>
    typeof value === 'string'
      ? [{ region, slot: '*', id: value }]
      : Object.entries(value).map(([key, id]) => ({ region, slot: key.includes('*') ? key : `*/${key}`, id })),
  );
}
