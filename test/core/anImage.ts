import type { EbsDevice, Image } from '../../src/core/image.ts';

/** An image of Canonical's, with the fields that a test needs. */
export function anImage(parts: Partial<Image> = {}): Image {
  return {
    id: 'ami-0123456789abcdef0',
    region: 'us-east-1',
    name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260923',
    description: undefined,
    ownerId: '099720109477',
    ownerAlias: undefined,
    location: undefined,
    state: 'available',
    stateReason: undefined,
    creationDate: '2026-09-23T10:15:00.000Z',
    deprecationTime: undefined,
    lastLaunchedTime: undefined,
    public: true,
    architecture: 'x86_64',
    imageType: 'machine',
    platform: 'linux',
    platformDetails: 'Linux/UNIX',
    usageOperation: 'RunInstances',
    hypervisor: 'xen',
    virtualizationType: 'hvm',
    bootMode: undefined,
    tpmSupport: undefined,
    imdsSupport: undefined,
    enaSupport: true,
    sriovNetSupport: 'simple',
    kernelId: undefined,
    ramdiskId: undefined,
    productCodes: [],
    rootDeviceType: 'ebs',
    rootDeviceName: '/dev/sda1',
    blockDevices: [],
    tags: [],
    sourceInstanceId: undefined,
    sourceImageId: undefined,
    sourceImageRegion: undefined,
    deregistrationProtection: undefined,
    freeTierEligible: undefined,
    ...parts,
  };
}

/** An 8 GiB volume without a snapshot, with the fields that a test needs. */
export function anEbsDevice(parts: Partial<EbsDevice> = {}): EbsDevice {
  return {
    kind: 'ebs',
    deviceName: '/dev/sda1',
    snapshotId: undefined,
    volumeSize: 8,
    volumeType: 'gp3',
    iops: undefined,
    throughput: undefined,
    encrypted: false,
    kmsKeyId: undefined,
    deleteOnTermination: true,
    ...parts,
  };
}
