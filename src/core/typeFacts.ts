import { backingOf, type Image } from './image.ts';
import { devicesInOrder, rootDevice } from './rootDevice.ts';

/** A fact that follows from an image's root device type and its block device mapping, without words. */
export type TypeFact =
  /** For types other than `ebs` and `instance-store`, little else is known. */
  | { readonly kind: 'backed-by'; readonly root: 'ebs' | 'instance-store' | 'unknown'; readonly rootDeviceType: string }
  /** EBS: boots when the blocks needed to boot are there. Instance store: boots when all parts are fetched. */
  | { readonly kind: 'boot-time'; readonly fetchesFirst: 'needed-blocks' | 'everything' }
  | { readonly kind: 'stopping'; readonly canStop: boolean }
  /** What happens to a volume when the instance is terminated. `volumeSize` is GiB. */
  | {
      readonly kind: 'volume-at-termination';
      readonly deviceName: string;
      readonly root: boolean;
      readonly deleted: boolean;
      readonly volumeSize: number | undefined;
    }
  /** The root of an instance store-backed image has no mapping and is lost with the instance. */
  | { readonly kind: 'root-lost-at-termination'; readonly deviceName: string | undefined }
  /** Instance store volumes: their data is lost at termination and, where the instance can be stopped, at stop. */
  | {
      readonly kind: 'instance-store-volumes-lost';
      readonly devices: readonly { readonly deviceName: string; readonly virtualName: string }[];
      readonly atStop: boolean;
    }
  /** Where the image is stored, which is also what it costs. */
  | {
      readonly kind: 'stored-in-snapshots';
      readonly snapshotIds: readonly string[];
      readonly volumesWithoutSnapshot: number;
    }
  | { readonly kind: 'stored-in-s3'; readonly manifest: string | undefined }
  /** Devices that this image suppresses in its instances. */
  | { readonly kind: 'suppressed-devices'; readonly deviceNames: readonly string[] }
  /** CreateImage works only for instances with an EBS root. */
  | { readonly kind: 'can-create-image'; readonly value: boolean };

/**
 * The facts for the section Type of the details, in the order shown. Source: the EC2 User Guide, "Root volumes for your
 * Amazon EC2 instances" and "Determine the root device type of an AMI".
 */
export function typeFactsOf(image: Image): readonly TypeFact[] {
  const rootDeviceType = backingOf(image);
  switch (rootDeviceType) {
    case 'ebs':
      return [
        { kind: 'backed-by', root: 'ebs', rootDeviceType },
        { kind: 'boot-time', fetchesFirst: 'needed-blocks' },
        { kind: 'stopping', canStop: true },
        ...volumeFacts(image),
        ...instanceStoreFacts(image, true),
        ...snapshotFacts(image),
        ...suppressedFacts(image),
        { kind: 'can-create-image', value: true },
      ];
    case 'instance-store':
      return [
        { kind: 'backed-by', root: 'instance-store', rootDeviceType },
        { kind: 'boot-time', fetchesFirst: 'everything' },
        { kind: 'stopping', canStop: false },
        { kind: 'root-lost-at-termination', deviceName: image.rootDeviceName },
        ...volumeFacts(image),
        ...instanceStoreFacts(image, false),
        { kind: 'stored-in-s3', manifest: image.location },
        ...snapshotFacts(image),
        ...suppressedFacts(image),
        { kind: 'can-create-image', value: false },
      ];
    default:
      return [
        { kind: 'backed-by', root: 'unknown', rootDeviceType },
        ...volumeFacts(image),
        ...snapshotFacts(image),
        ...suppressedFacts(image),
      ];
  }
}

function volumeFacts(image: Image): readonly TypeFact[] {
  const root = rootDevice(image);
  return devicesInOrder(image).flatMap((device): readonly TypeFact[] =>
    device.kind !== 'ebs'
      ? []
      : [
          {
            kind: 'volume-at-termination',
            deviceName: device.deviceName,
            root: device === root,
            deleted: device.deleteOnTermination,
            volumeSize: device.volumeSize,
          },
        ],
  );
}

function instanceStoreFacts(image: Image, atStop: boolean): readonly TypeFact[] {
  const devices = devicesInOrder(image).flatMap((device) =>
    device.kind === 'instance-store' ? [{ deviceName: device.deviceName, virtualName: device.virtualName }] : [],
  );
  return devices.length === 0 ? [] : [{ kind: 'instance-store-volumes-lost', devices, atStop }];
}

function snapshotFacts(image: Image): readonly TypeFact[] {
  const volumes = devicesInOrder(image).filter((device) => device.kind === 'ebs');
  if (volumes.length === 0) return [];
  const snapshotIds = [...new Set(volumes.flatMap(({ snapshotId }) => (snapshotId === undefined ? [] : [snapshotId])))];
  const volumesWithoutSnapshot = volumes.filter(({ snapshotId }) => snapshotId === undefined).length;
  return [{ kind: 'stored-in-snapshots', snapshotIds, volumesWithoutSnapshot }];
}

function suppressedFacts(image: Image): readonly TypeFact[] {
  const deviceNames = devicesInOrder(image).flatMap((device) =>
    device.kind === 'suppressed' ? [device.deviceName] : [],
  );
  return deviceNames.length === 0 ? [] : [{ kind: 'suppressed-devices', deviceNames }];
}
