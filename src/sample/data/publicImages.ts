import { setImmediate as pause } from 'node:timers/promises';
import type { LaunchPermission, ProductCode, SampleDevice, SampleImage } from '../model.ts';
import { REFERENCE_TIME, SAMPLE_HOME_REGION } from '../model.ts';
import { below, hash32, hex8, isoSecond, mix32, pick, resourceId, unmix32 } from './identifiers.ts';
import { LOOK_ALIKES, PUBLIC_SERIES } from './publicSeries.ts';
import { BOTTLEROCKET, type Build, bottlerocketOwner, OWNERS, type Series } from './series.ts';

const DAY = 86_400_000;

/** Of about 25 images each. */
const SERIES_AT_ONCE = 30;

const EVERYONE: readonly LaunchPermission[] = [{ group: 'all' }];
const NO_PRODUCTS: readonly ProductCode[] = [];

/** A public image: what it shares with its series is worked out when asked for, so that thousands weigh little. */
class PublicImage implements SampleImage {
  readonly id: string;
  readonly architecture: string;
  readonly #series: Series;
  readonly #region: string;
  readonly #created: number;
  readonly #age: number;
  readonly #hash: number;
  #build: Build | undefined;
  #name: string | undefined;

  constructor(
    id: string,
    series: Series,
    build: Pick<Build, 'region' | 'arch' | 'age'>,
    created: number,
    hash: number,
  ) {
    this.id = id;
    this.architecture = build.arch;
    this.#series = series;
    this.#region = build.region;
    this.#created = created;
    this.#age = build.age;
    this.#hash = hash;
  }

  #toBuild(): Build {
    if (!this.#build) {
      const day = isoSecond(this.#created).slice(0, 10);
      this.#build = {
        region: this.#region,
        arch: this.architecture,
        age: this.#age,
        date: day.replaceAll('-', ''),
        year: day.slice(0, 4),
        month: day.slice(5, 7),
        day: day.slice(8, 10),
        hash: hex8(this.#hash),
      };
    }
    return this.#build;
  }

  get name(): string {
    this.#name ??= this.#series.name(this.#toBuild());
    return this.#name;
  }
  get ownerId(): string {
    return this.#series.ownerId === BOTTLEROCKET ? bottlerocketOwner(this.#region) : this.#series.ownerId;
  }
  get ownerAlias(): string | undefined {
    return this.#series.ownerAlias;
  }
  get description(): string | undefined {
    return this.#series.description?.(this.#toBuild());
  }
  get location(): string {
    return this.rootDeviceType === 'instance-store'
      ? `ubuntu-images-${this.#region}/${this.name.split('/').at(-1)}.manifest.xml`
      : `${this.ownerAlias ?? this.ownerId}/${this.name}`;
  }
  get creationDate(): string {
    return isoSecond(this.#created);
  }
  get deprecationTime(): string | undefined {
    const days = this.#series.deprecatedAfter;
    return days === undefined ? undefined : `${isoSecond(this.#created + days * DAY).slice(0, 16)}:00.000Z`;
  }
  get platformDetails(): string {
    return this.#series.platformDetails ?? 'Linux/UNIX';
  }
  get usageOperation(): string {
    return this.#series.usageOperation ?? 'RunInstances';
  }
  get windows(): boolean {
    return this.#series.windows ?? false;
  }
  get virtualizationType(): string {
    return this.#series.virtualizationType ?? 'hvm';
  }
  get kernelId(): string | undefined {
    return this.virtualizationType === 'paravirtual' ? 'aki-919dcaf8' : undefined;
  }
  get bootMode(): string | undefined {
    const mode = this.#series.bootMode;
    return this.architecture.startsWith('arm64') ? 'uefi' : mode === 'legacy-bios' ? undefined : mode;
  }
  get tpmSupport(): string | undefined {
    return this.#series.tpm ? 'v2.0' : undefined;
  }
  get imdsSupport(): string | undefined {
    return this.#series.imdsV2 ? 'v2.0' : undefined;
  }
  get enaSupport(): boolean {
    return this.virtualizationType === 'hvm';
  }
  get sriovNetSupport(): string | undefined {
    return this.enaSupport ? 'simple' : undefined;
  }
  get productCodes(): readonly ProductCode[] {
    const code = this.#series.productCode;
    return code === undefined ? NO_PRODUCTS : [{ code, type: 'marketplace' }];
  }
  get rootDeviceType(): string {
    return this.#series.rootDeviceType ?? 'ebs';
  }
  get rootDeviceName(): string {
    return this.#series.root;
  }
  get devices(): readonly SampleDevice[] {
    const { size, volumeType, root, further = [] } = this.#series;
    if (this.rootDeviceType === 'instance-store') {
      return [];
    }
    const performance = volumeType === 'gp3' ? { iops: 3000, throughput: 125 } : {};
    const snapshotId = resourceId('snap', this.#region, this.id);
    return [
      {
        deviceName: root,
        ebs: { snapshotId, size, type: volumeType, ...performance, encrypted: false, deleteOnTermination: true },
      },
      ...further,
    ];
  }
  get freeTierEligible(): boolean {
    return this.#series.freeTier ?? false;
  }

  get state(): string {
    return 'available';
  }
  get imageType(): string {
    return 'machine';
  }
  get hypervisor(): string {
    return 'xen';
  }
  get permissions(): readonly LaunchPermission[] {
    return EVERYONE;
  }
  get stateReason(): undefined {
    return undefined;
  }
  get lastLaunchedTime(): undefined {
    return undefined;
  }
  get ramdiskId(): undefined {
    return undefined;
  }
  get sourceInstanceId(): undefined {
    return undefined;
  }
  get sourceImageId(): undefined {
    return undefined;
  }
  get sourceImageRegion(): undefined {
    return undefined;
  }
  get deregistrationProtection(): undefined {
    return undefined;
  }
}

/**
 * The public images of a region, about 3,000 at home and fewer elsewhere, in the order of their ids: an order that
 * means nothing, as EC2's. Lets other work have its turn in between.
 */
export async function publicImages(region: string): Promise<SampleImage[]> {
  const share = region === SAMPLE_HOME_REGION ? 1 : 0.45;
  const images: SampleImage[] = [];
  for (const [number, series] of [...PUBLIC_SERIES, ...LOOK_ALIKES].entries()) {
    if (number % SERIES_AT_ONCE === 0) {
      await pause();
    }
    const seriesKey = keyOf(series);
    const newest = (series.ended ?? 0) + 2 + below(Math.min(series.every, 20), seriesKey);
    for (let age = 0; age < Math.ceil(series.builds * share); age++) {
      for (const arch of series.archs) {
        const key = `${seriesKey}/${arch}/${age}`;
        const moment = below(DAY / 1000, `${region}/${key}`) * 1000;
        const created = REFERENCE_TIME - (REFERENCE_TIME % DAY) - (newest + age * series.every) * DAY + moment;
        const id = resourceId('ami', region, key);
        images.push(new PublicImage(id, series, { region, arch, age }, created, hash32(key, 3)));
      }
    }
  }
  return images.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Tells a series from all others, wherever it stands among them: its owner and the name of a build that never was. */
function keyOf({ ownerId, name }: Series): string {
  const build = { region: '', arch: 'x86_64', age: 0, date: '0', year: '0', month: '0', day: '0', hash: '00000000' };
  return `${ownerId}/${name(build)}`;
}

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

/** A public catalog of any size in which an image is a function of its place: nothing of it is kept. */
export interface SyntheticCatalog {
  readonly length: number;
  at(index: number): SampleImage;
  find(id: string): SampleImage | undefined;
}

export function syntheticCatalog(region: string, length: number): SyntheticCatalog {
  const key = hash32(`synthetic/${region}`);
  const idOf = (index: number) => {
    const place = mix32((index ^ key) >>> 0);
    return `ami-0${hex8(place)}${hex8(mix32(place ^ 0x5bd1e995))}`;
  };
  const publishers = Array.from(
    { length: 997 },
    (_, number): Series => ({
      ...COMMUNITY,
      ownerId: String(300_000_000_000 + (mix32(number) % 99_999) * 1_000_003),
    }),
  );
  const at = (index: number): SampleImage => {
    const bits = mix32(index + 0x9e3779b9);
    const arch = bits & 1 ? 'arm64' : 'x86_64';
    const created = REFERENCE_TIME - (bits % 1400) * DAY - (mix32(bits) % 86_400) * 1000;
    const series = index % 3 === 0 ? DAILY : (publishers[index % publishers.length] ?? COMMUNITY);
    return new PublicImage(idOf(index), series, { region, arch, age: index }, created, bits);
  };
  return {
    length,
    at,
    find(id) {
      const index = (unmix32(Number.parseInt(id.slice(5, 13), 16)) ^ key) >>> 0;
      return index < length && idOf(index) === id ? at(index) : undefined;
    },
  };
}
