import type { Tag } from '../../core/image.ts';
import type { SampleDevice, SampleEbs, SampleImage, Tagged } from '../model.ts';
import { REFERENCE_TIME, SAMPLE_ACCOUNT_ID, SAMPLE_ORGANIZATION_ARN, SAMPLE_UNIT_ARN } from '../model.ts';
import { isoSecond, resourceId } from './identifiers.ts';

const DAY = 86_400_000;

/** The fields in which the account's images differ; the rest is that of an ordinary Linux image. */
export interface ImagePlan {
  /** Determines the image's id; equal to the name unless several regions have copies. */
  readonly key: string;
  readonly name?: string | undefined;
  readonly daysAgo: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly fields?: Partial<SampleImage>;
  readonly devices: readonly SampleDevice[];
}

export function kmsKey(region: string): string {
  return `arn:aws:kms:${region}:${SAMPLE_ACCOUNT_ID}:key/8f3c1d2e-4b5a-4c6d-9e7f-0a1b2c3d4e5f`;
}

/** An EBS device; its snapshot id follows when the image is made. */
export function ebs(deviceName: string, size: number, options: Partial<SampleEbs> = {}): SampleDevice {
  const type = options.type ?? 'gp3';
  const performance = type === 'gp3' ? { iops: 3000, throughput: 125 } : {};
  return {
    deviceName,
    ebs: { size, type, ...performance, encrypted: false, deleteOnTermination: true, ...options },
  };
}

/** The id of the owned image with this key. */
function ownedImageId(region: string, key: string): string {
  return resourceId('ami', region, `owned/${key}`);
}

export function ownedImage(region: string, plan: ImagePlan): Tagged<SampleImage> {
  const id = ownedImageId(region, plan.key);
  const name = 'name' in plan ? plan.name : plan.key;
  const created = REFERENCE_TIME - plan.daysAgo * DAY - (plan.key.length * 977_000 + 11_000);
  const arm = plan.fields?.architecture === 'arm64';
  const resource: SampleImage = {
    id,
    name,
    description: undefined,
    location: `${SAMPLE_ACCOUNT_ID}/${name ?? ''}`,
    ownerId: SAMPLE_ACCOUNT_ID,
    ownerAlias: undefined,
    state: 'available',
    stateReason: undefined,
    creationDate: isoSecond(created),
    deprecationTime: undefined,
    lastLaunchedTime: undefined,
    architecture: 'x86_64',
    imageType: 'machine',
    windows: false,
    platformDetails: 'Linux/UNIX',
    usageOperation: 'RunInstances',
    hypervisor: 'xen',
    virtualizationType: 'hvm',
    bootMode: arm ? 'uefi' : 'uefi-preferred',
    tpmSupport: undefined,
    imdsSupport: 'v2.0',
    enaSupport: true,
    sriovNetSupport: 'simple',
    kernelId: undefined,
    ramdiskId: undefined,
    productCodes: [],
    rootDeviceType: 'ebs',
    rootDeviceName: plan.devices[0]?.deviceName,
    devices: plan.devices.map((device) => withSnapshot(region, id, device)),
    // Most images are made from an instance that is terminated afterwards.
    sourceInstanceId:
      plan.fields?.sourceImageRegion === region ? resourceId('i', region, `baking/${plan.key}`) : undefined,
    sourceImageId: undefined,
    sourceImageRegion: undefined,
    deregistrationProtection: 'disabled',
    freeTierEligible: false,
    permissions: [],
    ...plan.fields,
  };
  const tags: Tag[] = Object.entries(plan.tags ?? {}).map(([key, value]) => ({ key, value }));
  return { resource, tags };
}

function withSnapshot(region: string, imageId: string, device: SampleDevice): SampleDevice {
  if (!device.ebs || device.ebs.size === 0) {
    return device;
  }
  const snapshotId = device.ebs.snapshotId ?? resourceId('snap', region, `${imageId}/${device.deviceName}`);
  return { ...device, ebs: { ...device.ebs, snapshotId } };
}

/** Public images that owned images and instances are based on. */
export interface SourceImages {
  /** The id of the region's public image with this prefix and suffix of its name that was the newest `daysAgo`. */
  readonly newest: (prefix: string, suffix: string, daysAgo: number) => string | undefined;
}

/** The time `daysAgo` before the data's fixed date; a negative number is after it. */
export function daysFrom(daysAgo: number): string {
  return isoSecond(REFERENCE_TIME - daysAgo * DAY);
}

/** `web-server-golden-*`, built every second week: one volume, tags, older images deprecated, newer ones after 3,600 days. */
function webServers(region: string, sources: SourceImages, instanceId: string, builds: number): Tagged<SampleImage>[] {
  return Array.from({ length: builds }, (_, age) => {
    const daysAgo = 6 + age * 14;
    const stamp = daysFrom(daysAgo).slice(0, 10).replaceAll('-', '');
    const deprecated = age >= 6;
    return ownedImage(region, {
      key: `web-server-golden-${stamp}`,
      daysAgo,
      devices: [ebs('/dev/xvda', 20)],
      tags: {
        Name: 'web-server-golden',
        Environment: age === 0 ? 'staging' : 'production',
        Team: 'web-platform',
        BuildNumber: String(412 - age * 3),
        'git:commit': `${stamp}c0ffee`.slice(-7),
      },
      fields: {
        description: `Golden image of the web servers, baked ${stamp}`,
        ...(age < 3 ? { sourceInstanceId: instanceId } : {}),
        // The instance behind the newest images was launched 40 days ago.
        sourceImageId: sources.newest('al2023-ami-2023.', 'kernel-6.1-x86_64', age < 3 ? 40 : daysAgo + 1),
        sourceImageRegion: region,
        deprecationTime: daysFrom(deprecated ? daysAgo - 84 : daysAgo - 3_600),
        lastLaunchedTime: age < 4 ? daysFrom(daysAgo - 1) : undefined,
        permissions: age < 2 ? [{ userId: '210987654321' }, { userId: '345678901234' }] : [],
      },
    });
  });
}

/** `payments-api-*`: encrypted with the account's key, protected, shared with the organization. */
function paymentsApis(region: string, sources: SourceImages, instanceId: string, versions: readonly string[]) {
  const encrypted = { encrypted: true, kmsKeyId: kmsKey(region) };
  return versions.map((version, age) =>
    ownedImage(region, {
      key: `payments-api-${version}`,
      daysAgo: 3 + age * 21,
      devices: [ebs('/dev/sda1', 30, encrypted), ebs('/dev/sdf', 100, { ...encrypted, iops: 6000, throughput: 500 })],
      tags: { Name: `payments-api-${version}`, Team: 'payments', Compliance: 'pci-dss', Version: version },
      fields: {
        description: `Payments API ${version} on Ubuntu 24.04`,
        ...(age === 0 ? { sourceInstanceId: instanceId } : {}),
        sourceImageId:
          age === 0
            ? ownedImageId(region, `payments-api-${versions[1]}`)
            : sources.newest('ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-', '', 4 + age * 21),
        sourceImageRegion: region,
        deregistrationProtection: age === 0 ? 'enabled-with-cooldown' : 'disabled',
        lastLaunchedTime: age < 2 ? daysFrom(age + 1) : undefined,
        permissions:
          age === 0
            ? [{ organizationArn: SAMPLE_ORGANIZATION_ARN }]
            : age === 1
              ? [
                  { userId: '210987654321' },
                  {
                    organizationalUnitArn: SAMPLE_UNIT_ARN,
                  },
                ]
              : [],
      },
    }),
  );
}

/** `data-node-*`: a root and several data volumes of different types, some of them not deleted on termination. */
function dataNodes(region: string, sources: SourceImages, instanceId: string, versions: readonly string[]) {
  const encrypted = { encrypted: true, kmsKeyId: kmsKey(region) };
  return versions.map((version, age) =>
    ownedImage(region, {
      key: `data-node-${version}`,
      daysAgo: 12 + age * 45,
      devices: [
        ebs('/dev/sda1', 16),
        ebs('/dev/sdb', 500, { ...encrypted, type: 'io2', iops: 16000, deleteOnTermination: false }),
        ebs('/dev/sdc', 500, { ...encrypted, type: 'io2', iops: 16000, deleteOnTermination: false }),
        ebs('/dev/sdd', 2000, { type: 'st1', deleteOnTermination: false }),
        ebs('/dev/sde', 100, { iops: 4000, throughput: 250 }),
        { deviceName: '/dev/sdf', virtualName: 'ephemeral0' },
      ],
      tags: { Name: `data-node-${version}`, Team: 'data', Tier: 'storage' },
      fields: {
        description: `Data node ${version}: two provisioned IOPS volumes, a throughput optimised one and a log volume`,
        architecture: 'arm64',
        bootMode: 'uefi',
        ...(age === 0 ? { sourceInstanceId: instanceId } : {}),
        sourceImageId:
          age === 0
            ? ownedImageId(region, `data-node-${versions[1]}`)
            : sources.newest('debian-12-arm64-', '', 13 + age * 45),
        sourceImageRegion: region,
      },
    }),
  );
}

/** One image of each unusual kind. */
function singleImages(region: string, sources: SourceImages): Tagged<SampleImage>[] {
  const windows = {
    windows: true,
    platformDetails: 'Windows',
    usageOperation: 'RunInstances:0002',
    bootMode: 'uefi',
    tpmSupport: 'v2.0',
  };
  const plans: readonly ImagePlan[] = [
    {
      key: 'legacy-batch-2014-instance-store',
      daysAgo: 4300,
      devices: [
        { deviceName: 'sda2', virtualName: 'ephemeral0' },
        { deviceName: 'sda3', virtualName: 'ephemeral1' },
      ],
      tags: { Name: 'legacy-batch', Status: 'do not touch' },
      fields: {
        description: 'Batch worker of 2014, bundled to S3',
        location: `example-corp-ami-bundles/legacy-batch-2014/image.manifest.xml`,
        rootDeviceType: 'instance-store',
        rootDeviceName: '/dev/sda1',
        virtualizationType: 'paravirtual',
        kernelId: 'aki-919dcaf8',
        bootMode: undefined,
        imdsSupport: undefined,
        enaSupport: false,
        sriovNetSupport: undefined,
      },
    },
    {
      key: 'build-agent-nvme-scratch-20260930',
      daysAgo: 51,
      devices: [
        ebs('/dev/sda1', 40),
        { deviceName: '/dev/sdb', virtualName: 'ephemeral0' },
        { deviceName: '/dev/sdc', virtualName: 'ephemeral1' },
      ],
      tags: { Name: 'build-agent', Team: 'developer-experience' },
      fields: {
        description: 'Build agent with two instance store volumes for scratch space',
        sourceImageId: sources.newest('ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-', '', 52),
        sourceImageRegion: region,
      },
    },
    {
      key: 'appliance-without-sdb-20260811',
      daysAgo: 101,
      devices: [
        ebs('/dev/sda1', 24, { type: 'gp2' }),
        { deviceName: '/dev/sdb' },
        ebs('/dev/sdc', 8, { type: 'standard' }),
      ],
      tags: { Name: 'appliance', Note: '/dev/sdb is suppressed: the vendor maps it to an empty volume' },
      fields: { description: 'Network appliance, second device suppressed', imdsSupport: undefined },
    },
    {
      key: 'web-server-golden-disabled-20250301',
      daysAgo: 629,
      devices: [ebs('/dev/xvda', 20)],
      tags: { Name: 'web-server-golden', Retired: '2026-03-01' },
      fields: { state: 'disabled', deprecationTime: daysFrom(264), description: 'Retired: OpenSSL before 3.0.16' },
    },
    {
      key: 'reporting-service-disabled-20250618',
      daysAgo: 520,
      devices: [ebs('/dev/xvda', 12)],
      fields: { state: 'disabled' },
    },
    {
      key: 'ml-training-20261120-pending',
      daysAgo: 0,
      devices: [ebs('/dev/sda1', 900)],
      tags: { Name: 'ml-training', Team: 'research' },
      fields: { state: 'pending', description: 'A large volume: its snapshot takes hours' },
    },
    {
      key: 'nightly-snapshot-20261113-failed',
      daysAgo: 7,
      devices: [ebs('/dev/sda1', 8)],
      tags: { Name: 'nightly' },
      fields: {
        state: 'failed',
        stateReason: {
          code: 'Client.InternalError',
          message: 'Client error on snapshot creation: the KMS key is disabled',
        },
      },
    },
    {
      key: 'demo-kiosk-public-by-mistake-20260704',
      daysAgo: 139,
      devices: [ebs('/dev/xvda', 8)],
      tags: { Name: 'demo-kiosk', Environment: 'demo' },
      fields: { description: 'Trade fair demo', permissions: [{ group: 'all' }], imdsSupport: undefined },
    },
    {
      key: 'nameless',
      name: undefined,
      daysAgo: 2950,
      devices: [ebs('/dev/sda1', 8, { type: 'standard' })],
      fields: {
        description: '',
        location: `${SAMPLE_ACCOUNT_ID}/`,
        platformDetails: '',
        usageOperation: '',
        bootMode: undefined,
        imdsSupport: undefined,
        sriovNetSupport: undefined,
        enaSupport: false,
        deregistrationProtection: undefined,
      },
    },
    {
      key: 'windows-ad-controller-20261101',
      daysAgo: 19,
      devices: [ebs('/dev/sda1', 60), ebs('xvdf', 40, { deleteOnTermination: false })],
      tags: { Name: 'ad-controller', Team: 'corporate-it' },
      fields: {
        ...windows,
        description: 'Windows Server 2025 domain controller, sysprepped',
        sourceImageId: sources.newest('Windows_Server-2025-English-Full-Base-', '', 20),
        sourceImageRegion: region,
      },
    },
    {
      key: 'windows-build-agent-20261010',
      daysAgo: 41,
      devices: [
        ebs('/dev/sda1', 120, { iops: 6000, throughput: 250 }),
        { deviceName: 'xvdca', virtualName: 'ephemeral0' },
      ],
      tags: { Name: 'windows-build-agent', Team: 'developer-experience' },
      fields: {
        ...windows,
        bootMode: undefined,
        tpmSupport: undefined,
        sourceImageId: sources.newest('Windows_Server-2022-English-Full-Base-', '', 42),
        sourceImageRegion: region,
      },
    },
    {
      key: 'edge-cache-arm64-20261115',
      daysAgo: 5,
      devices: [ebs('/dev/xvda', 10)],
      tags: { Name: 'edge-cache', Team: 'web-platform' },
      fields: {
        architecture: 'arm64',
        description: 'Edge cache on Graviton',
        sourceImageId: sources.newest('al2023-ami-2023.', 'kernel-6.12-arm64', 6),
        sourceImageRegion: region,
        lastLaunchedTime: daysFrom(1),
      },
    },
    {
      key: 'edge-cache-arm64-20260915',
      daysAgo: 66,
      devices: [ebs('/dev/xvda', 10)],
      tags: { Name: 'edge-cache', Team: 'web-platform' },
      fields: { architecture: 'arm64', description: 'Edge cache on Graviton', deprecationTime: daysFrom(-24) },
    },
  ];
  return plans.map((plan) => ownedImage(region, plan));
}

/** Ids of the home region's instances that the newest images were made from. */
export interface SourceInstances {
  readonly web: string;
  readonly payments: string;
  readonly data: string;
}

export function homeImages(region: string, sources: SourceImages, instances: SourceInstances): Tagged<SampleImage>[] {
  return [
    ...webServers(region, sources, instances.web, 12),
    ...paymentsApis(region, sources, instances.payments, ['4.12.0', '4.11.2', '4.11.1', '4.10.0', '4.9.3', '4.8.0']),
    ...dataNodes(region, sources, instances.data, ['2026.3', '2026.2', '2026.1', '2025.4']),
    ...singleImages(region, sources),
  ];
}

/** Copies of some of the home region's images: same names, with the region's own ids and keys. */
export function copiedImages(
  region: string,
  homeRegion: string,
  home: readonly Tagged<SampleImage>[],
): Tagged<SampleImage>[] {
  return home
    .filter(({ resource }) =>
      /^(web-server-golden-2026|payments-api-4\.1[12]|data-node-2026\.3|edge-cache)/.test(resource.name ?? ''),
    )
    .map(({ resource, tags }) =>
      ownedImage(region, {
        key: resource.name ?? '',
        daysAgo: (REFERENCE_TIME - Date.parse(resource.creationDate ?? '')) / DAY - 0.1,
        tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
        devices: resource.devices.map((device) =>
          device.ebs
            ? {
                ...device,
                ebs: {
                  ...device.ebs,
                  snapshotId: undefined,
                  kmsKeyId: device.ebs.kmsKeyId === undefined ? undefined : kmsKey(region),
                },
              }
            : device,
        ),
        fields: {
          architecture: resource.architecture,
          bootMode: resource.bootMode,
          description: `[Copied ${resource.id} from ${homeRegion}] ${resource.name ?? ''}`,
          deprecationTime: resource.deprecationTime,
          sourceImageId: resource.id,
          sourceImageRegion: homeRegion,
        },
      }),
    );
}
