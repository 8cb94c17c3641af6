import type { LaunchPermission, ProductCode, SampleDevice, SampleImage } from '../model.ts';
import { hex8, isoSecond, resourceId } from './identifiers.ts';
import { type Build, ownerIn, type Series } from './series.ts';

const DAY = 86_400_000;

const EVERYONE: readonly LaunchPermission[] = [{ group: 'all' }];
const NO_PRODUCTS: readonly ProductCode[] = [];

/** What all images of a series and an architecture share in a region; one object for all of them. */
export interface PublicImageKind {
  readonly series: Series;
  readonly region: string;
  readonly arch: string;
}

/** A public image. Fields that the series shares are computed when read, so thousands of images take little memory. */
export class PublicImage implements SampleImage {
  readonly id: string;
  readonly kind: PublicImageKind;
  readonly #created: number;
  readonly #age: number;
  readonly #hash: number;
  #build: Build | undefined;
  #name: string | undefined;
  #creationDate: string | undefined;

  /** `created` is in milliseconds; `age` counts the later builds of the series. */
  constructor(id: string, kind: PublicImageKind, age: number, created: number, hash: number) {
    this.id = id;
    this.kind = kind;
    this.#created = created;
    this.#age = age;
    this.#hash = hash;
  }

  get #series(): Series {
    return this.kind.series;
  }

  #toBuild(): Build {
    if (!this.#build) {
      const day = this.creationDate.slice(0, 10);
      const [year, month, date] = [day.slice(0, 4), day.slice(5, 7), day.slice(8)];
      this.#build = {
        region: this.kind.region,
        arch: this.kind.arch,
        age: this.#age,
        date: year + month + date,
        year,
        month,
        day: date,
        hash: hex8(this.#hash),
      };
    }
    return this.#build;
  }

  get architecture(): string {
    return this.kind.arch;
  }
  get name(): string {
    this.#name ??= this.#series.name(this.#toBuild());
    return this.#name;
  }
  get ownerId(): string {
    return ownerIn(this.kind.region, this.#series);
  }
  get ownerAlias(): string | undefined {
    return this.#series.ownerAlias;
  }
  get description(): string | undefined {
    return this.#series.description?.(this.#toBuild());
  }
  get location(): string {
    return this.rootDeviceType === 'instance-store'
      ? `ubuntu-images-${this.kind.region}/${this.name.split('/').at(-1)}.manifest.xml`
      : `${this.ownerAlias ?? this.ownerId}/${this.name}`;
  }
  get creationDate(): string {
    this.#creationDate ??= isoSecond(this.#created);
    return this.#creationDate;
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
    const snapshotId = resourceId('snap', this.kind.region, this.id);
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
