import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SampleImage } from '../model.ts';
import { REFERENCE_TIME } from '../model.ts';
import { hash32, hex8, isoSecond, mix32, pick, unmix32 } from './identifiers.ts';
import { PrefixIndex } from './prefixIndex.ts';
import { PublicImage, type PublicImageKind } from './publicImage.ts';
import { OWNERS, type Series } from './series.ts';

const DAY = 86_400_000;

/** How many images are indexed before other work gets a turn: a few milliseconds. */
const SLICE = 50_000;

const WORDS = [
  'packer',
  'gitlab-runner',
  'jenkins-agent',
  'k3s-node',
  'vpn-gateway',
  'bastion',
  'mysql-replica',
  'elastic-data',
  'kafka-broker',
  'build-farm',
  'openvpn',
  'wordpress',
] as const;

const COMMUNITY: Series = {
  ownerId: '',
  archs: ['x86_64', 'arm64'],
  name: ({ hash, date, arch, age }) => `${pick(WORDS, hash)}-${arch}-${date}-${age}`,
  description: ({ hash }) => `Community image ${hash}`,
  every: 1,
  builds: 0,
  root: '/dev/sda1',
  size: 8,
  volumeType: 'gp3',
};

const DAILY: Series = {
  ...COMMUNITY,
  ownerId: OWNERS.canonical,
  name: ({ arch, date, age }) =>
    `ubuntu/images-testing/hvm-ssd-gp3/ubuntu-noble-daily-${arch === 'arm64' ? 'arm64' : 'amd64'}-server-${date}.${age}`,
  description: ({ arch, date }) => `Canonical, Ubuntu, 24.04, UNSUPPORTED daily ${arch} noble image build on ${date}`,
  bootMode: 'uefi-preferred',
};

/**
 * How ids and dates of synthetic images are distributed. `even`: over almost four years; `recent`: five of six in the
 * last two months; `oneDay`: all on one day; `sequentialIds`: evenly, but with ids `ami-00000000000000001` …, which
 * share long prefixes.
 */
export const SPREADS = ['even', 'recent', 'oneDay', 'sequentialIds'] as const;

export type Spread = (typeof SPREADS)[number];

/** A public catalog of any size. An image is computed from its place, and only two numbers of each are stored. */
export interface SyntheticCatalog {
  readonly length: number;
  at(place: number): SampleImage;
  idAt(place: number): string;
  /** Undefined for an id that is not in the catalog. */
  placeOf(id: string): number | undefined;
  /** An image of the same kind beyond the catalog's end; `created` is in milliseconds. */
  further(place: number, created: number): SampleImage;
  readonly byId: PrefixIndex;
  readonly byDate: PrefixIndex;
}

export interface SyntheticOptions {
  readonly length: number;
  readonly spread: Spread;
}

/** Yields to other work, since sorting hundreds of thousands of images takes a while. */
export async function syntheticCatalog(
  region: string,
  { length, spread }: SyntheticOptions,
): Promise<SyntheticCatalog> {
  const { idAt, rankAt, placeOf } = spread === 'sequentialIds' ? sequentialIds() : scatteredIds(region);
  const createdAt = moments(spread);
  const kinds = kindsOf(region);
  const imageAt = (place: number, created: number): SampleImage => {
    const bits = bitsOf(place);
    const pair = place % 3 === 0 ? kinds.daily : kinds.community(place);
    return new PublicImage(idAt(place), bits & 1 ? pair.arm64 : pair.x86_64, place, created, bits);
  };
  return {
    length,
    at: (place) => imageAt(place, createdAt(place)),
    idAt,
    placeOf(id) {
      const place = placeOf(id);
      return place >= 0 && place < length && idAt(place) === id ? place : undefined;
    },
    further: imageAt,
    byId: new PrefixIndex(await placesInOrder(length, rankAt), idAt),
    byDate: new PrefixIndex(await placesInOrder(length, (place) => createdAt(place) / 1000), (place) =>
      isoSecond(createdAt(place)),
    ),
  };
}

function bitsOf(place: number): number {
  return mix32(place + 0x9e3779b9);
}

interface Ids {
  readonly idAt: (place: number) => string;
  /** A 32-bit integer; ids sort in its order. */
  readonly rankAt: (place: number) => number;
  /** The place of an id in the catalog; for other texts any number or NaN. */
  readonly placeOf: (id: string) => number;
}

function scatteredIds(region: string): Ids {
  const key = hash32(`synthetic/${region}`);
  const rankAt = (place: number) => mix32((place ^ key) >>> 0);
  return {
    rankAt,
    idAt(place) {
      const start = rankAt(place);
      return `ami-0${hex8(start)}${hex8(mix32(start ^ 0x5bd1e995))}`;
    },
    placeOf: (id) => (unmix32(Number.parseInt(id.slice(5, 13), 16)) ^ key) >>> 0,
  };
}

function sequentialIds(): Ids {
  return {
    rankAt: (place) => place,
    idAt: (place) => `ami-${(place + 1).toString(16).padStart(17, '0')}`,
    placeOf: (id) => Number.parseInt(id.slice(4), 16) - 1,
  };
}

/** The creation date for each place: milliseconds, in whole seconds. */
function moments(spread: Spread): (place: number) => number {
  const today = REFERENCE_TIME - (REFERENCE_TIME % DAY);
  return (place) => {
    const bits = bitsOf(place);
    const moment = (mix32(bits) % 86_400) * 1000;
    if (spread === 'oneDay') {
      return today - DAY + moment;
    }
    const days = spread === 'recent' && mix32(bits + 1) % 6 > 0 ? 60 : 1400;
    return REFERENCE_TIME - (bits % days) * DAY - moment;
  };
}

type Pair = Readonly<Record<'arm64' | 'x86_64', PublicImageKind>>;

function kindsOf(region: string): { daily: Pair; community: (place: number) => Pair } {
  const pairOf = (series: Series): Pair => ({
    arm64: { series, region, arch: 'arm64' },
    x86_64: { series, region, arch: 'x86_64' },
  });
  const daily = pairOf(DAILY);
  const community = Array.from({ length: 997 }, (_, number) =>
    pairOf({ ...COMMUNITY, ownerId: String(300_000_000_000 + (mix32(number) % 99_999) * 1_000_003) }),
  );
  return { daily, community: (place) => community[place % community.length] ?? daily };
}

/**
 * Places sorted by a 32-bit integer, equal ones ascending: a radix sort by the low half and then the high half, in
 * steps.
 */
async function placesInOrder(length: number, numberAt: (place: number) => number): Promise<Uint32Array> {
  const numbers = new Uint32Array(length);
  let order = new Uint32Array(length);
  await inSteps(length, (place) => {
    numbers[place] = numberAt(place);
    order[place] = place;
  });
  for (const shift of [0, 16]) {
    const previous = order;
    const next = new Uint32Array(length);
    // Where the next place of each half goes.
    const starts = new Uint32Array(65_537);
    await inSteps(length, (place) => {
      const after = (((numbers[place] ?? 0) >>> shift) & 0xffff) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    });
    for (let half = 1; half < starts.length; half++) {
      starts[half] = (starts[half] ?? 0) + (starts[half - 1] ?? 0);
    }
    await inSteps(length, (at) => {
      const place = previous[at] ?? 0;
      const half = ((numbers[place] ?? 0) >>> shift) & 0xffff;
      const target = starts[half] ?? 0;
      next[target] = place;
      starts[half] = target + 1;
    });
    order = next;
  }
  return order;
}

async function inSteps(length: number, step: (at: number) => void): Promise<void> {
  for (let start = 0; start < length; start += SLICE) {
    await nextTurn();
    for (let at = start; at < Math.min(start + SLICE, length); at++) {
      step(at);
    }
  }
}
