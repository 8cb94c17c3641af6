import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SampleImage } from '../model.ts';
import { REFERENCE_TIME, SAMPLE_HOME_REGION } from '../model.ts';
import { below, hash32, resourceId } from './identifiers.ts';
import { PublicImage } from './publicImage.ts';
import { LOOK_ALIKES, PUBLIC_SERIES } from './publicSeries.ts';
import type { Series } from './series.ts';

const DAY = 86_400_000;

/** How many series, of about 25 images each, are made before other work gets a turn. */
const SERIES_AT_ONCE = 30;

/**
 * A region's public images, sorted by their ids, an order that means nothing, as EC2's: about 3,000 at home and fewer
 * elsewhere. Other work gets a turn in between.
 */
export async function publicImages(region: string): Promise<SampleImage[]> {
  const share = region === SAMPLE_HOME_REGION ? 1 : 0.45;
  const images: SampleImage[] = [];
  for (const [number, series] of [...PUBLIC_SERIES, ...LOOK_ALIKES].entries()) {
    if (number % SERIES_AT_ONCE === 0) {
      await nextTurn();
    }
    const seriesKey = keyOf(series);
    const newest = (series.ended ?? 0) + 2 + below(Math.min(series.every, 20), seriesKey);
    for (const kind of series.archs.map((arch) => ({ series, region, arch }))) {
      for (let age = 0; age < Math.ceil(series.builds * share); age++) {
        const key = `${seriesKey}/${kind.arch}/${age}`;
        const moment = below(DAY / 1000, `${region}/${key}`) * 1000;
        const created = REFERENCE_TIME - (REFERENCE_TIME % DAY) - (newest + age * series.every) * DAY + moment;
        const id = resourceId('ami', region, key);
        images.push(new PublicImage(id, kind, age, created, hash32(key, 3)));
      }
    }
  }
  return images.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Identifies a series, wherever it stands in the list, by its owner and the name of an imaginary build. */
function keyOf({ ownerId, name }: Series): string {
  const build = { region: '', arch: 'x86_64', age: 0, date: '0', year: '0', month: '0', day: '0', hash: '00000000' };
  return `${ownerId}/${name(build)}`;
}
