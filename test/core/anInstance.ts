import type { Instance } from '../../src/core/instance.ts';

/** A running instance with three volumes, with the fields that a test needs. */
export function anInstance(parts: Partial<Instance> = {}): Instance {
  return {
    id: 'i-0000000000000000a',
    region: 'us-east-1',
    name: 'web-1',
    state: 'running',
    instanceType: 'm7i.large',
    imageId: undefined,
    architecture: 'x86_64',
    platform: 'linux',
    launchTime: undefined,
    privateIp: undefined,
    publicIp: undefined,
    availabilityZone: undefined,
    rootDeviceName: '/dev/xvda',
    rootDeviceType: 'ebs',
    volumes: [
      { deviceName: '/dev/sdf', volumeId: 'vol-f', deleteOnTermination: false },
      { deviceName: '/dev/xvda', volumeId: 'vol-a', deleteOnTermination: true },
      { deviceName: '/dev/sdb', volumeId: 'vol-b', deleteOnTermination: true },
    ],
    tags: [],
    ...parts,
  };
}
