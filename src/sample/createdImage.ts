import type { ImageChange } from './accountChanges.ts';
import { isoSecond } from './data/identifiers.ts';
import { SAMPLE_ACCOUNT_ID, type SampleImage, type SampleInstance } from './model.ts';

/** An image made by CreateImage; its state depends on the time since then. */
export interface CreatedImage {
  readonly image: SampleImage;
  readonly change: ImageChange;
}

/** The image that CreateImage makes of an instance, as it is at first. */
export function createdImage(region: string, instance: SampleInstance, change: ImageChange): SampleImage {
  const { id, name, description, devices, createdAt } = change;
  return {
    id,
    name,
    description,
    location: `${SAMPLE_ACCOUNT_ID}/${name}`,
    ownerId: SAMPLE_ACCOUNT_ID,
    ownerAlias: undefined,
    state: 'pending',
    stateReason: undefined,
    creationDate: isoSecond(createdAt),
    deprecationTime: undefined,
    lastLaunchedTime: undefined,
    architecture: instance.architecture,
    imageType: 'machine',
    windows: instance.windows,
    platformDetails: instance.platformDetails,
    usageOperation: instance.usageOperation,
    hypervisor: 'xen',
    virtualizationType: 'hvm',
    bootMode: instance.bootMode,
    tpmSupport: instance.tpmSupport,
    imdsSupport: undefined,
    enaSupport: true,
    sriovNetSupport: 'simple',
    kernelId: undefined,
    ramdiskId: undefined,
    productCodes: [],
    rootDeviceType: 'ebs',
    rootDeviceName: instance.rootDeviceName,
    devices,
    sourceInstanceId: instance.id,
    sourceImageId: instance.imageId,
    sourceImageRegion: region,
    deregistrationProtection: 'disabled',
    freeTierEligible: false,
    permissions: [],
  };
}
