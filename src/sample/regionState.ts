import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImageChange, RegionChanges } from './accountChanges.ts';
import { type CreatedImage, createdImage } from './createdImage.ts';
import { isoSecond, resourceId } from './data/identifiers.ts';
import {
  copiedInstances,
  homeInstances,
  type InstanceWithVolumes,
  instanceId,
  type LaunchedFrom,
} from './data/instances.ts';
import { oddImages } from './data/oddImages.ts';
import { copiedImages, homeImages } from './data/ownedImages.ts';
import { PrefixIndex } from './data/prefixIndex.ts';
import { publicImages } from './data/publicImages.ts';
import { LOOK_ALIKE_OWNERS } from './data/publicSeries.ts';
import { hiddenImages, sharedImages } from './data/sharedImages.ts';
import { type Spread, type SyntheticCatalog, syntheticCatalog } from './data/syntheticCatalog.ts';
import type { SampleImage, SampleInstance, SampleSnapshot, SampleVolume, Tagged } from './model.ts';
import { isPublic, REFERENCE_TIME, SAMPLE_ACCOUNT_ID, SAMPLE_HOME_REGION } from './model.ts';
import { ImageWriter } from './operations/imageXml.ts';

/** Regions with copies of the home region's images and with instances. */
const FURTHER_REGIONS: readonly string[] = ['eu-west-1', 'ap-southeast-2', 'us-west-2'];

export interface Reboot {
  readonly region: string;
  readonly instanceId: string;
  readonly time: string;
}

export interface RegionOptions {
  /** The number of synthetic public images. */
  readonly extraImages: number;
  readonly spread: Spread;
  /** Whether the region gets images with unusual fields and hostile texts. */
  readonly oddImages: boolean;
  readonly pendingSeconds: number;
  /** An image was made, or tags have changed. */
  readonly changed: () => void;
}

/** All resources of the sample account in one region. */
export class RegionState {
  readonly name: string;
  readonly instances = new Map<string, SampleInstance>();
  readonly volumes = new Map<string, SampleVolume>();
  /** Snapshots of the account's first images. */
  readonly snapshots = new Map<string, SampleSnapshot>();
  /** Tags by resource id. */
  readonly #tags = new Map<string, ReadonlyMap<string, string>>();
  /** The first tags of the resources whose tags have changed. */
  readonly #firstTags = new Map<string, ReadonlyMap<string, string> | undefined>();
  readonly #created = new Map<string, CreatedImage>();
  /** Public images that were added later. */
  readonly added = new Map<string, SampleImage>();
  /** Ids of the first public images that were removed since. */
  readonly #removed = new Set<string>();
  /** Places of the removed synthetic images. */
  readonly removedPlaces = new Set<number>();
  #addedSoFar = 0;
  readonly synthetic: SyntheticCatalog;
  /** In the order of listings, which continue with created images. */
  readonly images: readonly SampleImage[];
  readonly imagesById: ReadonlyMap<string, SampleImage>;
  readonly byId: PrefixIndex;
  readonly byDate: PrefixIndex;
  readonly imageWriter = new ImageWriter();
  readonly #pendingMilliseconds: number;
  readonly #changed: () => void;

  /** Yields to other work, since making thousands of images takes a while. */
  static async create(name: string, options: RegionOptions): Promise<RegionState> {
    const catalog = await publicImages(name);
    await nextTurn();
    const own = ownImages(name, catalog);
    await nextTurn();
    const synthetic = await syntheticCatalog(name, { length: options.extraImages, spread: options.spread });
    return new RegionState(name, options, catalog, [...own, ...(options.oddImages ? oddImages(name) : [])], synthetic);
  }

  private constructor(
    name: string,
    { pendingSeconds, changed }: RegionOptions,
    catalog: readonly SampleImage[],
    own: readonly Tagged<SampleImage>[],
    synthetic: SyntheticCatalog,
  ) {
    this.name = name;
    this.#pendingMilliseconds = pendingSeconds * 1000;
    this.#changed = changed;
    this.synthetic = synthetic;
    this.images = [...own.map(({ resource }) => resource), ...catalog];
    this.imagesById = new Map(this.images.map((image) => [image.id, image]));
    this.byId = PrefixIndex.of(this.images.map(({ id }) => id));
    this.byDate = PrefixIndex.of(this.images.map(({ creationDate }) => creationDate));
    for (const { resource, tags } of own) {
      this.#addTags(resource.id, tags);
      this.#addSnapshots(resource);
    }
    for (const { instance, volumes } of ownInstances(name, catalog, own)) {
      this.instances.set(instance.resource.id, instance.resource);
      this.#addTags(instance.resource.id, instance.tags);
      const { devices = [] } = this.imagesById.get(instance.resource.imageId) ?? {};
      for (const volume of volumes) {
        const origin = devices.find(({ deviceName }) => deviceName === volume.deviceName);
        this.volumes.set(volume.id, { ...volume, snapshotId: origin?.ebs?.snapshotId });
      }
    }
  }

  get tags(): ReadonlyMap<string, ReadonlyMap<string, string>> {
    return this.#tags;
  }

  /** How many images were made. */
  get createdCount(): number {
    return this.#created.size;
  }

  setTags(id: string, tags: ReadonlyMap<string, string>): void {
    if (!this.#firstTags.has(id)) {
      this.#firstTags.set(id, this.#tags.get(id));
    }
    this.#tags.set(id, new Map(tags));
    this.#changed();
  }

  /** Adds an image of one of the region's instances. */
  addCreated(change: ImageChange): void {
    this.#addCreated(change);
    this.#changed();
  }

  #addCreated(change: ImageChange): void {
    const instance = this.instances.get(change.instanceId);
    // What another version has saved may be of an instance that there was once.
    if (instance) {
      this.#created.set(change.id, { image: createdImage(this.name, instance, change), change });
    }
  }

  /** All that differs from the region's beginning, for `restore`. */
  get changes(): RegionChanges {
    return {
      created: [...this.#created.values()].map(({ change }) => change),
      tags: [...this.#firstTags.keys()].map((id) => [id, [...(this.#tags.get(id) ?? [])]]),
    };
  }

  /** Makes the region differ from its beginning by these changes alone. */
  restore({ created, tags }: RegionChanges): void {
    for (const [id, first] of this.#firstTags) {
      if (first) {
        this.#tags.set(id, first);
      } else {
        this.#tags.delete(id);
      }
    }
    this.#firstTags.clear();
    this.#created.clear();
    for (const change of created) {
      this.#addCreated(change);
    }
    for (const [id, pairs] of tags) {
      this.#firstTags.set(id, this.#tags.get(id));
      this.#tags.set(id, new Map(pairs));
    }
  }

  /** The image with this id, of any owner, in its state at `now`. */
  findImage(id: string, now: number): SampleImage | undefined {
    const created = this.#created.get(id);
    if (created) {
      return this.#createdNow(created, now);
    }
    if (this.isRemoved(id)) {
      return undefined;
    }
    const place = this.synthetic.placeOf(id);
    return (
      this.imagesById.get(id) ?? this.added.get(id) ?? (place === undefined ? undefined : this.synthetic.at(place))
    );
  }

  /** Whether an instance that is not terminated was launched from the image. The image itself may be deregistered. */
  isInUse(imageId: string): boolean {
    return [...this.instances.values()].some(
      (instance) => instance.imageId === imageId && instance.state !== 'terminated',
    );
  }

  isRemoved(id: string): boolean {
    return this.#removed.has(id);
  }

  /** Publishes `count` images of other accounts at `now` (milliseconds), and returns their ids. */
  addPublicImages(count: number, now: number): string[] {
    return Array.from({ length: count }, () => {
      const image = this.synthetic.further(this.synthetic.length + this.#addedSoFar++, Math.floor(now / 1000) * 1000);
      this.added.set(image.id, image);
      return image.id;
    });
  }

  /** Removes images of other accounts, and returns the ids of those that existed. */
  removePublicImages(ids: readonly string[]): string[] {
    return ids.filter((id) => {
      if (this.added.delete(id)) {
        return true;
      }
      const place = this.synthetic.placeOf(id);
      const image = this.imagesById.get(id);
      const there = place !== undefined || (image && isPublic(image) && image.ownerId !== SAMPLE_ACCOUNT_ID);
      if (!there || this.#removed.has(id)) {
        return false;
      }
      this.#removed.add(id);
      if (place !== undefined) {
        this.removedPlaces.add(place);
      }
      return true;
    });
  }

  createdImages(now: number): SampleImage[] {
    return [...this.#created.values()].map((created) => this.#createdNow(created, now));
  }

  /** The account's snapshots, with their progress at `now`. */
  allSnapshots(now: number): SampleSnapshot[] {
    const underWay = [...this.#created.values()].flatMap((created) => this.#snapshotsOf(created, now));
    return [...this.snapshots.values(), ...underWay];
  }

  #createdNow({ image, change }: CreatedImage, now: number): SampleImage {
    if (now - change.createdAt < this.#pendingMilliseconds) {
      return image;
    }
    if (change.fails) {
      const stateReason = { code: 'Client.InternalError', message: 'Client error on snapshot creation' };
      return { ...image, state: 'failed', stateReason };
    }
    return { ...image, state: 'available' };
  }

  #snapshotsOf({ image, change }: CreatedImage, now: number): SampleSnapshot[] {
    const { createdAt, fails } = change;
    const volumeIds = new Map(change.volumeIds);
    const share = this.#pendingMilliseconds === 0 ? 1 : (now - createdAt) / this.#pendingMilliseconds;
    const done = share >= 1;
    return image.devices.flatMap(({ ebs }) => {
      const id = ebs?.snapshotId;
      const volumeId = volumeIds.get(id ?? '');
      return ebs === undefined || id === undefined || volumeId === undefined
        ? []
        : [
            {
              id,
              volumeId,
              description: `Created by CreateImage(${image.sourceInstanceId ?? ''}) for ${image.id}`,
              ownerId: SAMPLE_ACCOUNT_ID,
              startTime: image.creationDate ?? '',
              size: ebs.size,
              encrypted: ebs.encrypted,
              kmsKeyId: ebs.kmsKeyId,
              state: done ? (fails ? 'error' : 'completed') : 'pending',
              stateMessage: done && fails ? 'Client error on snapshot creation' : undefined,
              progress: done && !fails ? 100 : Math.min(99, Math.max(0, Math.floor(share * 100))),
            },
          ];
    });
  }

  #addTags(id: string, tags: Tagged<unknown>['tags']): void {
    if (tags.length > 0) {
      this.#tags.set(id, new Map(tags.map(({ key, value }) => [key, value])));
    }
  }

  #addSnapshots(image: SampleImage): void {
    for (const { deviceName, ebs } of image.ownerId === SAMPLE_ACCOUNT_ID ? image.devices : []) {
      if (ebs?.snapshotId !== undefined) {
        const pending = image.state === 'pending';
        const failed = image.state === 'failed';
        this.snapshots.set(ebs.snapshotId, {
          id: ebs.snapshotId,
          volumeId: resourceId('vol', this.name, `${image.id}/${deviceName}`),
          description: `Created by CreateImage(${image.sourceInstanceId ?? resourceId('i', this.name, image.id)}) for ${image.id}`,
          ownerId: SAMPLE_ACCOUNT_ID,
          startTime: image.creationDate ?? '',
          size: ebs.size,
          encrypted: ebs.encrypted,
          kmsKeyId: ebs.kmsKeyId,
          state: pending ? 'pending' : failed ? 'error' : 'completed',
          stateMessage: failed ? image.stateReason?.message : undefined,
          progress: pending ? 45 : failed ? 0 : 100,
        });
      }
    }
  }
}

/** The id of a deregistered image with a running instance. */
function deregisteredImage(region: string): string {
  return resourceId('ami', region, 'deregistered');
}

/** Finds the image with this prefix and suffix of its name that was the newest `daysAgo`. */
function newestOf(images: readonly SampleImage[]) {
  const families = new Map<string, SampleImage[]>();
  return (prefix: string, suffix: string, daysAgo: number): string | undefined => {
    const key = `${prefix}*${suffix}`;
    const family =
      families.get(key) ??
      images
        .filter(({ name = '', ownerId }) => name.startsWith(prefix) && name.endsWith(suffix) && isTrusted(ownerId))
        .sort((a, b) => ((a.creationDate ?? '') < (b.creationDate ?? '') ? 1 : -1));
    families.set(key, family);
    const day = isoSecond(REFERENCE_TIME - daysAgo * 86_400_000);
    return family.find(({ creationDate = '' }) => creationDate <= day)?.id;
  };
}

function isTrusted(ownerId: string): boolean {
  return !LOOK_ALIKE_OWNERS.has(ownerId);
}

function ownImages(region: string, catalog: readonly SampleImage[]): Tagged<SampleImage>[] {
  const sourceInstances = (name: string) => ({
    web: instanceId(name, 'golden-image-builder'),
    payments: instanceId(name, 'payments-api'),
    data: instanceId(name, 'data-node-1'),
  });
  if (region === SAMPLE_HOME_REGION) {
    const home = homeImages(region, { newest: newestOf(catalog) }, sourceInstances(region));
    return [...home, ...sharedImages(region), ...hiddenImages(region)];
  }
  if (FURTHER_REGIONS.includes(region)) {
    const home = homeImages(SAMPLE_HOME_REGION, { newest: () => undefined }, sourceInstances(SAMPLE_HOME_REGION));
    return [...copiedImages(region, SAMPLE_HOME_REGION, home), ...sharedImages(region).slice(0, 2)];
  }
  return [];
}

function ownInstances(
  region: string,
  catalog: readonly SampleImage[],
  own: readonly Tagged<SampleImage>[],
): InstanceWithVolumes[] {
  const gone = deregisteredImage(region);
  const newest = newestOf(catalog);
  const newestOwn = newestOf(own.map(({ resource }) => resource));
  const from: LaunchedFrom = {
    ownedImage: (prefix, daysAgo) => newestOwn(prefix, '', daysAgo) ?? gone,
    publicImage: (prefix, suffix, daysAgo) => newest(prefix, suffix, daysAgo) ?? gone,
    gone,
  };
  if (region === SAMPLE_HOME_REGION) {
    return homeInstances(region, from);
  }
  return FURTHER_REGIONS.includes(region) ? copiedInstances(region, from) : [];
}
