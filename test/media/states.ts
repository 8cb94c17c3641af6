import type { BlockDevice, EbsDevice, Image } from '../../src/core/image.ts';
import type { DetailsState, ImageDetailsModel } from '../../src/protocol/details.ts';
import { anEbsDevice, anImage } from '../core/anImage.ts';

const asOf = Date.parse('2026-11-23T09:30:00Z');

/** A volume of a golden image, with the fields that a test sets. */
export function aVolume(parts: Partial<EbsDevice> = {}): EbsDevice {
  return anEbsDevice({
    snapshotId: 'snap-0a1b2c3d4e5f60718',
    volumeSize: 20,
    iops: 3000,
    throughput: 125,
    ...parts,
  });
}

/** An owned image with all fields that EC2 may answer, and those that a test sets. */
export function aGoldenImage(parts: Partial<Image> = {}): Image {
  return anImage({
    name: 'golden-web-2026.11.02-1030',
    description: 'Hardened web tier, built from Ubuntu 24.04 by the platform team',
    ownerId: '123456789012',
    location: '123456789012/golden-web-2026.11.02-1030',
    creationDate: '2026-11-02T10:31:12.000Z',
    lastLaunchedTime: '2026-11-21T22:05:00.000Z',
    public: false,
    bootMode: 'uefi-preferred',
    imdsSupport: 'v2.0',
    blockDevices: [
      aVolume(),
      aVolume({
        deviceName: '/dev/sdf',
        snapshotId: 'snap-0fedcba9876543210',
        volumeSize: 200,
        iops: 6000,
        throughput: 250,
        encrypted: true,
        kmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/1f2e3d4c-5b6a-7980-91a2-b3c4d5e6f708',
        deleteOnTermination: false,
      }),
      { kind: 'instance-store', deviceName: '/dev/sdb', virtualName: 'ephemeral0' },
      { kind: 'suppressed', deviceName: '/dev/sdc' },
    ],
    tags: [
      { key: 'Name', value: 'golden-web' },
      { key: 'team', value: 'platform' },
      { key: 'empty', value: '' },
    ],
    sourceInstanceId: 'i-0aaaabbbbccccdddd',
    sourceImageId: 'ami-0fedcba9876543210',
    sourceImageRegion: 'us-east-1',
    deregistrationProtection: 'disabled',
    freeTierEligible: false,
    ...parts,
  });
}

export function aModel(overrides: Partial<ImageDetailsModel> = {}): ImageDetailsModel {
  return {
    image: aGoldenImage(),
    asOf,
    publisher: undefined,
    ownedByAccount: true,
    launchPermissions: {
      kind: 'known',
      public: false,
      accounts: ['210987654321', '333344445555'],
      organizations: ['arn:aws:organizations::123456789012:organization/o-abcd123456'],
      organizationalUnits: [],
    },
    consoleAvailable: true,
    ...overrides,
  };
}

/** The state of a panel after EC2 has answered. */
export function ready(overrides: Partial<Image> = {}, model: Partial<ImageDetailsModel> = {}): DetailsState {
  const image = aGoldenImage(overrides);
  return {
    ref: { region: image.region, id: image.id },
    name: image.name,
    preview: true,
    status: { kind: 'ready' },
    uses: undefined,
    pinned: false,
    model: aModel({ image, ...model }),
  };
}

export const instanceStoreBacked: Partial<Image> = {
  name: 'legacy-batch-2014',
  rootDeviceType: 'instance-store',
  location: 'my-bucket/legacy-batch/image.manifest.xml',
  creationDate: '2014-05-06T07:08:09.000Z',
  deprecationTime: '2025-01-01T00:00:00.000Z',
  description: undefined,
  imdsSupport: undefined,
  blockDevices: [{ kind: 'instance-store', deviceName: '/dev/sdb', virtualName: 'ephemeral0' }],
  tags: [],
};

/** An image with more devices and tags than most, from 8 GiB to 16 TiB. */
export const large: Partial<Image> = {
  blockDevices: [...'abcdefghijklmnopqrstuvwxyz'].map(
    (letter, index): BlockDevice =>
      index % 9 === 8
        ? { kind: 'instance-store', deviceName: `/dev/sd${letter}`, virtualName: `ephemeral${index}` }
        : aVolume({
            deviceName: index === 0 ? '/dev/sda1' : `/dev/sd${letter}`,
            volumeSize: index === 25 ? 16_384 : 8 * (index + 1),
            encrypted: index % 3 === 1,
            kmsKeyId: index % 3 === 1 ? `arn:aws:kms:us-east-1:123456789012:key/${letter.repeat(8)}-1111` : undefined,
            iops: index % 4 === 2 ? undefined : 3000 + index,
          }),
  ),
  tags: Array.from({ length: 50 }, (_, index) => ({ key: `cost-centre:${index}`, value: `value ${index}` })),
};
