import type { RegionClue } from '../reading.ts';
import { regionOfCode, regionsIn } from './regionNames.ts';

const span = { start: 0, end: 0 };

/**
 * The region of a file's name or, behind that, of its folders from the closest one: `live/eu-west-1/app/main.tf`,
 * `us-east-1.tfvars`. What a text itself says comes before it.
 */
export function pathClue(path: string): readonly RegionClue[] {
  for (const part of path.split('/').reverse()) {
    const regions = new Set(regionsIn(part).map(({ region }) => region));
    if (regions.size === 1) return [{ kind: 'stated', regions: [...regions], from: 'path', span }];
    if (regions.size > 1) return [];
    const short = regionOfCode(part.split('.')[0] ?? '');
    if (short !== undefined) return [{ kind: 'stated', regions: [short], from: 'path', span, isHint: true }];
  }
  return [];
}
