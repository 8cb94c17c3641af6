import type { Tag } from '../../core/image.ts';
import type { SampleDevice, SampleEbs, SampleInstance, SampleVolume, Tagged } from '../model.ts';
import { REFERENCE_TIME } from '../model.ts';
import { below, isoSecond, resourceId } from './identifiers.ts';
import { ebs, kmsKey } from './ownedImages.ts';

const DAY = 86_400_000;

interface InstancePlan {
  readonly key: string;
  /** The instance's tag `Name`; by default the key. */
  readonly name?: string | undefined;
  readonly imageId: string;
  readonly type: string;
  readonly daysAgo: number;
  readonly state: string;
  readonly devices: readonly SampleDevice[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly fields?: Partial<SampleInstance>;
}

export interface InstanceWithVolumes {
  readonly instance: Tagged<SampleInstance>;
  readonly volumes: readonly SampleVolume[];
}

export function instanceId(region: string, key: string): string {
  return resourceId('i', region, key);
}

function buildInstance(region: string, plan: InstancePlan): InstanceWithVolumes {
  const id = instanceId(region, plan.key);
  const launchTime = isoSecond(REFERENCE_TIME - plan.daysAgo * DAY - 4_321_000);
  const alive = plan.state !== 'terminated';
  const zone = `${region}${'abc'[below(3, id)] ?? 'a'}`;
  const mapped = plan.devices.filter((device): device is SampleDevice & { ebs: SampleEbs } => device.ebs !== undefined);
  const volumes = alive
    ? mapped.map((device) => ({
        ...device.ebs,
        id: resourceId('vol', region, `${plan.key}/${device.deviceName}`),
        instanceId: id,
        deviceName: device.deviceName,
        createTime: launchTime,
        availabilityZone: zone,
      }))
    : [];
  const instance: SampleInstance = {
    id,
    reservationId: resourceId('r', region, plan.key),
    imageId: plan.imageId,
    state: plan.state,
    transitionReason: '',
    instanceType: plan.type,
    architecture: 'x86_64',
    windows: false,
    platformDetails: 'Linux/UNIX',
    usageOperation: 'RunInstances',
    launchTime,
    availabilityZone: zone,
    privateIp: alive ? `10.0.${below(4, id) * 16}.${10 + below(200, `ip/${id}`)}` : undefined,
    publicIp: plan.state === 'running' ? `203.0.113.${below(254, `public/${id}`) + 1}` : undefined,
    subnetId: alive ? resourceId('subnet', region, zone) : undefined,
    vpcId: alive ? resourceId('vpc', region, 'main') : undefined,
    keyName: 'platform-team',
    instanceProfile: undefined,
    rootDeviceType: 'ebs',
    rootDeviceName: plan.devices[0]?.deviceName ?? '/dev/sda1',
    bootMode: 'uefi-preferred',
    tpmSupport: undefined,
    httpTokens: 'required',
    spot: false,
    volumes: volumes.map(({ id: volumeId, deviceName, deleteOnTermination }) => ({
      volumeId,
      deviceName,
      deleteOnTermination,
    })),
    instanceStore: plan.devices.filter((device) => device.virtualName !== undefined),
    ...plan.fields,
  };
  const named = 'name' in plan ? plan.name : plan.key;
  const tags: Tag[] = Object.entries({ ...(named === undefined ? {} : { Name: named }), ...plan.tags }).map(
    ([key, value]) => ({ key, value }),
  );
  return { instance: { resource: instance, tags }, volumes };
}

/** The images that a region's instances were launched from. */
export interface LaunchedFrom {
  /** The owned image with this prefix of its name that was the newest `daysAgo`. */
  readonly ownedImage: (prefix: string, daysAgo: number) => string;
  /** The public image with this prefix and suffix of its name that was the newest `daysAgo`. */
  readonly publicImage: (prefix: string, suffix: string, daysAgo: number) => string;
  /** An image that has been deregistered since. */
  readonly gone: string;
}

const UBUNTU = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-';

export function homeInstances(region: string, from: LaunchedFrom): InstanceWithVolumes[] {
  const encrypted = { encrypted: true, kmsKeyId: kmsKey(region) };
  const stopped = {
    code: 'Client.UserInitiatedShutdown',
    message: 'Client.UserInitiatedShutdown: User initiated shutdown',
  };
  const windows = {
    windows: true,
    platformDetails: 'Windows',
    usageOperation: 'RunInstances:0002',
    bootMode: undefined,
  };
  const arm = { architecture: 'arm64', bootMode: 'uefi' };
  const plans: readonly InstancePlan[] = [
    {
      key: 'web-1',
      imageId: from.ownedImage('web-server-golden-2026', 5),
      type: 'm7i.large',
      daysAgo: 5,
      state: 'running',
      devices: [ebs('/dev/xvda', 20)],
      tags: { Environment: 'production', Team: 'web-platform' },
    },
    {
      key: 'web-2',
      imageId: from.ownedImage('web-server-golden-2026', 5),
      type: 'm7i.large',
      daysAgo: 5,
      state: 'running',
      devices: [ebs('/dev/xvda', 20)],
      tags: { Environment: 'production', Team: 'web-platform' },
      fields: { spot: true },
    },
    {
      key: 'payments-api',
      imageId: from.ownedImage('payments-api-', 20),
      type: 'c7i.xlarge',
      daysAgo: 20,
      state: 'running',
      devices: [
        ebs('/dev/sda1', 30, encrypted),
        ebs('/dev/sdf', 100, { ...encrypted, iops: 6000, throughput: 500 }),
        ebs('/dev/sdg', 250, { ...encrypted, type: 'io2', iops: 10000, deleteOnTermination: false }),
      ],
      tags: { Environment: 'production', Team: 'payments', Compliance: 'pci-dss' },
    },
    {
      key: 'data-node-1',
      imageId: from.ownedImage('data-node-', 30),
      type: 'r8g.2xlarge',
      daysAgo: 30,
      state: 'running',
      devices: [
        ebs('/dev/sda1', 16),
        ebs('/dev/sdb', 500, { ...encrypted, type: 'io2', iops: 16000, deleteOnTermination: false }),
        ebs('/dev/sdc', 500, { ...encrypted, type: 'io2', iops: 16000, deleteOnTermination: false }),
        ebs('/dev/sdd', 2000, { type: 'st1', deleteOnTermination: false }),
        ebs('/dev/sde', 100, { iops: 4000, throughput: 250 }),
      ],
      tags: { Environment: 'production', Team: 'data' },
      fields: arm,
    },
    {
      key: 'golden-image-builder',
      imageId: from.publicImage('al2023-ami-2023.', 'kernel-6.1-x86_64', 40),
      type: 't3.medium',
      daysAgo: 40,
      state: 'stopped',
      devices: [ebs('/dev/xvda', 20), ebs('/dev/sdf', 50, { type: 'gp2', deleteOnTermination: false })],
      tags: { Team: 'developer-experience' },
      fields: { stateReason: stopped, transitionReason: 'User initiated (2026-11-12 17:45:10 GMT)' },
    },
    {
      key: 'windows-bastion',
      imageId: from.publicImage('Windows_Server-2022-English-Full-Base-', '', 75),
      type: 't3.large',
      daysAgo: 75,
      state: 'running',
      devices: [ebs('/dev/sda1', 60)],
      tags: { Team: 'corporate-it' },
      fields: { ...windows, httpTokens: 'optional' },
    },
    {
      key: 'legacy-batch',
      imageId: from.ownedImage('legacy-batch-', 2100),
      type: 'm3.medium',
      daysAgo: 2100,
      state: 'running',
      devices: [
        { deviceName: '/dev/sda2', virtualName: 'ephemeral0' },
        { deviceName: '/dev/sda3', virtualName: 'ephemeral1' },
      ],
      tags: { Status: 'do not touch' },
      fields: {
        rootDeviceType: 'instance-store',
        rootDeviceName: '/dev/sda1',
        bootMode: undefined,
        httpTokens: 'optional',
      },
    },
    {
      key: 'edge-cache',
      imageId: from.ownedImage('edge-cache-', 1),
      type: 't4g.small',
      daysAgo: 1,
      state: 'running',
      devices: [ebs('/dev/xvda', 10)],
      tags: { Environment: 'staging', Team: 'web-platform' },
      fields: arm,
    },
    {
      key: 'nvme-scratch',
      imageId: from.publicImage(UBUNTU, '', 9),
      type: 'i4i.large',
      daysAgo: 9,
      state: 'stopped',
      devices: [ebs('/dev/sda1', 40), { deviceName: '/dev/sdb', virtualName: 'ephemeral0' }],
      fields: { stateReason: stopped, transitionReason: 'User initiated (2026-11-19 08:02:31 GMT)' },
    },
    {
      key: 'load-test-42',
      imageId: from.publicImage(UBUNTU, '', 0),
      type: 'c7i.4xlarge',
      daysAgo: 0,
      state: 'terminated',
      devices: [ebs('/dev/sda1', 8)],
      fields: {
        stateReason: stopped,
        transitionReason: 'User initiated (2026-11-20 11:31:00 GMT)',
      },
    },
    {
      key: 'unnamed-experiment',
      name: undefined,
      imageId: from.gone,
      type: 't3.micro',
      daysAgo: 300,
      state: 'running',
      devices: [ebs('/dev/sda1', 8, { type: 'gp2' })],
    },
    {
      key: 'just-launched',
      imageId: from.publicImage('al2023-ami-2023.', 'kernel-6.1-x86_64', 0),
      type: 'm7i.large',
      daysAgo: 0,
      state: 'pending',
      devices: [ebs('/dev/xvda', 8)],
    },
  ];
  return plans.map((plan) => buildInstance(region, plan));
}

/** Two web servers, for regions with copies of the images. */
export function copiedInstances(region: string, from: LaunchedFrom): InstanceWithVolumes[] {
  return ['web-1', 'web-2'].map((key, number) =>
    buildInstance(region, {
      key,
      imageId: from.ownedImage('web-server-golden-', 5),
      type: 'm7i.large',
      daysAgo: 5,
      state: number === 0 ? 'running' : 'stopped',
      devices: [ebs('/dev/xvda', 20)],
      tags: { Environment: 'production', Team: 'web-platform' },
    }),
  );
}
