import { backingOf, type Image } from './image.ts';
import { devicesInOrder, rootDevice } from './rootDevice.ts';

/** What follows from an image's root device type and its own block device mapping, one statement each, without words. */
export type TypeFact =
  /** `root` is the image's own word for it; a type other than `ebs` and `instance-store` gets no further statements. */
  | { readonly kind: 'backed-by'; readonly root: 'ebs' | 'instance-store' | 'unknown'; readonly rootDeviceType: string }
  /** EBS: boots as soon as the blocks needed to boot are there. Instance store: boots when every part is fetched. */
  | { readonly kind: 'boot-time'; readonly fetchesFirst: 'needed-blocks' | 'everything' }
  | { readonly kind: 'stopping'; readonly canStop: boolean }
  /** What becomes of a volume when the instance is terminated. `volumeSize` is GiB. */
  | {
      readonly kind: 'volume-at-termination';
      readonly deviceName: string;
      readonly root: boolean;
      readonly deleted: boolean;
      readonly volumeSize: number | undefined;
    }
  /** The root of an instance store-backed image has no mapping: it is gone when the instance is. */
  | { readonly kind: 'root-lost-at-termination'; readonly deviceName: string | undefined }
  /** Instance store volumes of this image: their data is lost at termination and, where it can be stopped, at stop. */
  | {
      readonly kind: 'instance-store-volumes-lost';
      readonly devices: readonly { readonly deviceName: string; readonly virtualName: string }[];
      readonly atStop: boolean;
    }
  /** Where the template is kept, which is also what it costs to keep. */
  | {
      readonly kind: 'stored-in-snapshots';
      readonly snapshotIds: readonly string[];
      readonly volumesWithoutSnapshot: number;
    }
  | { readonly kind: 'stored-in-s3'; readonly manifest: string | undefined }
  /** Devices of the parent that this image keeps away from its instances. */
  | { readonly kind: 'suppressed-devices'; readonly deviceNames: readonly string[] }
  /** CreateImage works for instances with an EBS root only. */
  | { readonly kind: 'can-create-image'; readonly value: boolean };

/**
 * The statements for the section Type of the details, in the order to show them. After the EC2 User Guide, "Root volumes
 * for your Amazon EC2 instances" and "Determine the root device type of an AMI".
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
