import type { CatalogPort, CatalogQuestion } from '../../catalog/port.ts';
import { type Image, rootDeviceTypeFor, unknownArchitecture } from '../../core/image.ts';
import type { CatalogRow } from '../../protocol/catalog.ts';

export interface CatalogImageListing {
  readonly pages: AsyncIterable<readonly Image[]>;
  /** As CatalogListing has it. */
  readonly includesDeprecated: boolean;
}

/**
 * Public images of a region's catalog, where it is there; undefined where EC2 has to be asked. They are as EC2 listed them
 * when the catalog was downloaded, and without what it does not keep: their block devices among it. `isFromCatalog` tells.
 */
export class CatalogImages {
  readonly #catalog: CatalogPort;
  readonly #images = new WeakSet<Image>();

  constructor(catalog: CatalogPort) {
    this.#catalog = catalog;
  }

  isFromCatalog(image: Image): boolean {
    return this.#images.has(image);
  }

  /** A catalog that cannot be read is none: EC2 answers as well. */
  async list(region: string, question: CatalogQuestion): Promise<CatalogImageListing | undefined> {
    const listing = await this.#catalog.list(region, question).catch(() => undefined);
    return listing && { ...listing, pages: this.#toImages(region, listing.pages) };
  }

  async *#toImages(region: string, pages: AsyncIterable<readonly CatalogRow[]>): AsyncIterable<readonly Image[]> {
    for await (const rows of pages) {
      yield rows.map((row) => {
        const image = toImage(row, region);
        this.#images.add(image);
        return image;
      });
    }
  }
}

function toImage(row: CatalogRow, region: string): Image {
  return {
    id: row.id,
    region,
    name: row.name,
    description: row.description || undefined,
    ownerId: row.ownerId,
    ownerAlias: row.ownerAlias || undefined,
    location: undefined,
    // What is not available is not listed as public.
    state: 'available',
    stateReason: undefined,
    creationDate: row.created === undefined ? undefined : new Date(row.created).toISOString(),
    deprecationTime: row.deprecated === undefined ? undefined : new Date(row.deprecated).toISOString(),
    lastLaunchedTime: undefined,
    public: true,
    architecture: row.architecture || unknownArchitecture,
    imageType: 'machine',
    platform: row.platform.startsWith('Windows') ? 'windows' : 'linux',
    platformDetails: row.platform || undefined,
    usageOperation: undefined,
    hypervisor: undefined,
    virtualizationType: row.virtualizationType || undefined,
    bootMode: row.bootMode || undefined,
    tpmSupport: undefined,
    imdsSupport: undefined,
    enaSupport: false,
    sriovNetSupport: undefined,
    kernelId: undefined,
    ramdiskId: undefined,
    productCodes: [],
    rootDeviceType: rootDeviceTypeFor(row.rootDeviceType),
    namesRootDeviceType: row.rootDeviceType === rootDeviceTypeFor(row.rootDeviceType),
    rootDeviceName: undefined,
    blockDevices: [],
    tags: [],
    sourceInstanceId: undefined,
    sourceImageId: undefined,
    sourceImageRegion: undefined,
    deregistrationProtection: undefined,
    freeTierEligible: undefined,
  };
}
