import type { RootDeviceType, Tag } from './image.ts';

/** The facts of an EC2 instance that making an image and recognising the instance need. Dates are ISO 8601. */
export interface Instance {
  readonly id: string;
  readonly region: string;
  /** The value of the tag `Name`; empty where there is none. */
  readonly name: string;
  readonly state: InstanceState;
  readonly instanceType: string;
  readonly imageId: string | undefined;
  readonly architecture: string;
  readonly platform: 'windows' | 'linux';
  readonly launchTime: string | undefined;
  readonly privateIp: string | undefined;
  readonly publicIp: string | undefined;
  readonly availabilityZone: string | undefined;
  readonly rootDeviceName: string | undefined;
  readonly rootDeviceType: RootDeviceType;
  readonly volumes: readonly InstanceVolume[];
  readonly tags: readonly Tag[];
}

export type InstanceState =
  | 'pending'
  | 'running'
  | 'shutting-down'
  | 'terminated'
  | 'stopping'
  | 'stopped'
  | (string & {});

/** An EBS volume attached to an instance. DescribeInstances gives neither its size nor its type. */
export interface InstanceVolume {
  readonly deviceName: string;
  readonly volumeId: string;
  readonly deleteOnTermination: boolean;
}
