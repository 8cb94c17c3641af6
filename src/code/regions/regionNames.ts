import { knownRegionsOf, placeNameOf } from '../../core/regions.ts';
import type { TextSpan } from '../textSpan.ts';

/** A region in a text. */
export interface FoundRegion {
  /** As AWS writes it: `us-east-1`. */
  readonly region: string;
  readonly span: TextSpan;
  /** Whether a zone of the region stands there: `us-east-1b`. */
  readonly isZone: boolean;
}

/**
 * Stricter than the form of a region's name: names of hosts and environments have that form, too (`web-server-1`,
 * `prod-east-1`). Code also writes `us_east_1` and `US_EAST_1`.
 */
const regionName =
  /(?<![a-z0-9])((?:us[-_](?:gov|iso[bf]?)|eu[-_]isoe|eusc[-_]de|af|ap|ca|cn|eu|il|me|mx|sa|us)[-_](?:north|south|central)?(?:east|west|north|south|central)[-_]\d)([a-f])?(?![a-z0-9])/gi;

const shortestName = 'us-east-1'.length;

/** All regions of a text, in their order. */
export function regionsIn(text: string): readonly FoundRegion[] {
  if (text.length < shortestName) return [];
  const found: FoundRegion[] = [];
  regionName.lastIndex = 0;
  for (let match = regionName.exec(text); match; match = regionName.exec(text)) {
    const { index, 0: whole, 1: name = '', 2: zone } = match;
    found.push({
      region: name.toLowerCase().replaceAll('_', '-'),
      span: { start: index, end: index + whole.length },
      isZone: zone !== undefined,
    });
  }
  return found;
}

/** The region that a text names as a whole, without a zone. */
export function regionNamed(text: string): string | undefined {
  if (text.length < shortestName || text.length > 40) return undefined;
  const [found] = regionsIn(text);
  const isWhole = found && found.span.start === 0 && found.span.end === text.length && !found.isZone;
  return isWhole ? found.region : undefined;
}

const code =
  /^(us|eu|ap|ca|sa|me|af|il|cn|mx)[-_]?(gov|g)?[-_]?(north|south|central|n|s|c)??(east|west|north|south|central|e|w|n|s|c)[-_]?(\d)$/i;
const directions: Readonly<Record<string, string>> = { n: 'north', s: 'south', e: 'east', w: 'west', c: 'central' };

/** The region of a short form that a text consists of: `use1`, `euw2`, `apse1`, `us_east1`, `useast1`. */
export function regionOfCode(text: string): string | undefined {
  const [, area, gov, side, direction = '', digit] = code.exec(text) ?? [];
  if (area === undefined) return undefined;
  const word = (short: string) => directions[short.toLowerCase()] ?? short;
  const where = `${side === undefined ? '' : word(side)}${word(direction)}`;
  return [area, ...(gov === undefined ? [] : ['gov']), where, digit].join('-').toLowerCase();
}

/** The one region that a text names among other words, as a name, a zone or, in words, a place; undefined for several. */
export function onlyRegionIn(text: string): string | undefined {
  const regions = new Set(regionsIn(text).map(({ region }) => region));
  if (regions.size === 0) {
    for (const [, place = ''] of text.matchAll(placeName)) regions.add(regionsByPlace.get(place.toLowerCase()) ?? '');
  }
  const [region] = regions;
  return regions.size === 1 ? region : undefined;
}

/** `Oregon`, `N. Virginia` and `Virginia`; no countries, which more than images are in. */
const regionsByPlace: ReadonlyMap<string, string> = new Map(
  knownRegionsOf('aws').flatMap((region) => {
    const place = placeNameOf(region)?.toLowerCase() ?? '';
    const [short = place] = place.split(' ').slice(-1);
    return place === '' || place.startsWith('central ') ? [] : ([[short, region]] as const);
  }),
);

const placeName = new RegExp(
  `(?<![\\p{L}\\p{N}_-])(${[...regionsByPlace.keys()].join('|')})(?![\\p{L}\\p{N}_-])`,
  'giu',
);
