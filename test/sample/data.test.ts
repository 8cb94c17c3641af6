import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  type EC2Client,
  type Image,
  type Instance,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { PUBLIC_SERIES } from '../../src/sample/data/publicSeries.ts';
import { sampleEc2 } from './sampleClients.ts';

async function images(ec2: EC2Client, own: boolean): Promise<Image[]> {
  const scope = own ? { Owners: ['self'] } : { ExecutableUsers: ['all'] };
  const answer = await ec2.send(
    new DescribeImagesCommand({ ...scope, IncludeDeprecated: true, IncludeDisabled: true }),
  );
  return answer.Images ?? [];
}

async function instances(ec2: EC2Client): Promise<Instance[]> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
  return Reservations.flatMap((reservation) => reservation.Instances ?? []);
}

describe('the home region', () => {
  const { ec2 } = sampleEc2();

  test('has own images of every kind', async () => {
    const own = await images(ec2, true);
    expect(own.length).toBeGreaterThanOrEqual(30);
    const kinds: Record<string, (image: Image) => unknown> = {
      severalVolumes: ({ BlockDeviceMappings = [] }) => BlockDeviceMappings.filter(({ Ebs }) => Ebs).length > 2,
      encryptedWithKey: ({ BlockDeviceMappings = [] }) =>
        BlockDeviceMappings.some(({ Ebs }) => Ebs?.Encrypted && Ebs.KmsKeyId?.startsWith('arn:aws:kms:us-east-1:')),
      provisioned: ({ BlockDeviceMappings = [] }) =>
        BlockDeviceMappings.some(({ Ebs }) => Ebs?.Iops && Ebs.Throughput && Ebs.VolumeType === 'gp3'),
      instanceStoreBacked: ({ RootDeviceType, ImageLocation }) =>
        RootDeviceType === 'instance-store' && ImageLocation?.endsWith('.manifest.xml'),
      ephemeral: ({ RootDeviceType, BlockDeviceMappings = [] }) =>
        RootDeviceType === 'ebs' && BlockDeviceMappings.some(({ VirtualName }) => VirtualName === 'ephemeral0'),
      suppressed: ({ BlockDeviceMappings = [] }) => BlockDeviceMappings.some(({ NoDevice }) => NoDevice === ''),
      deprecated: ({ DeprecationTime = '9' }) => DeprecationTime < '2026-11-20',
      disabled: ({ State }) => State === 'disabled',
      pending: ({ State }) => State === 'pending',
      failed: ({ State, StateReason }) => State === 'failed' && StateReason?.Message,
      publicByMistake: (image) => image.Public,
      nameless: ({ Name }) => Name === undefined,
      arm: ({ Architecture }) => Architecture === 'arm64',
      windows: ({ Platform }) => Platform?.toLowerCase() === 'windows',
      protected: ({ DeregistrationProtection }) => DeregistrationProtection === 'enabled-with-cooldown',
    };
    for (const [kind, test] of Object.entries(kinds)) {
      expect(own.filter(test), kind).not.toEqual([]);
    }
    const families = new Set(own.map(({ Name = '' }) => Name.replace(/-[\d.]+.*$/, '')));
    expect(families.size).toBeGreaterThan(8);
  });

  test('has five images of others that were shared', async () => {
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ExecutableUsers: ['self'] }));
    expect(Images).toHaveLength(5);
    expect(new Set(Images.map(({ OwnerId }) => OwnerId)).size).toBeGreaterThan(3);
  });

  test('shows no text that tries to be markup, in any region', async () => {
    for (const region of ['us-east-1', 'eu-west-1', 'ap-southeast-2']) {
      const { ec2: inRegion } = sampleEc2({}, region);
      const all = await inRegion.send(new DescribeImagesCommand({ IncludeDeprecated: true, IncludeDisabled: true }));
      const { Reservations } = await inRegion.send(new DescribeInstancesCommand({}));
      const texts = JSON.stringify([all.Images, Reservations]);
      expect(all.Images?.length).toBeGreaterThan(1000);
      expect(texts).not.toMatch(/[<>]|\]\(|\$\(|command:|alert|\u202e/i);
    }
  });

  test('has thousands of public images with real owners and patterns', async () => {
    const open = await images(ec2, false);
    expect(open.length).toBeGreaterThan(3000);
    const matching = (owner: string, pattern: RegExp) =>
      open.filter(({ OwnerId, Name = '' }) => OwnerId === owner && pattern.test(Name)).length;
    const patterns: [string, RegExp][] = [
      ['099720109477', /^ubuntu\/images\/hvm-ssd-gp3\/ubuntu-noble-24\.04-(amd64|arm64)-server-\d{8}$/],
      ['137112412989', /^al2023-ami-2023\.\d+\.\d{8}\.0-kernel-6\.1-(x86_64|arm64)$/],
      ['801119661308', /^Windows_Server-2022-English-Full-Base-\d{4}\.\d\d\.\d\d$/],
      ['309956199498', /^RHEL-9\.6\.0_HVM-\d{8}-x86_64-0-Hourly2-GP3$/],
      ['136693071363', /^debian-12-amd64-\d{8}-\d+$/],
      ['013907871322', /^suse-sles-15-sp6-v\d{8}-hvm-ssd-x86_64$/],
      ['792107900819', /^Rocky-9-EC2-Base-9\.6-\d{8}\.0\.x86_64$/],
      ['764336703387', /^AlmaLinux OS 9\.6\.\d{8} x86_64$/],
      ['602401143452', /^amazon-eks-node-al2023-x86_64-standard-1\.33-v\d{8}$/],
      ['591542846629', /^al2023-ami-ecs-hvm-2023\.0\.\d{8}-kernel-6\.1-x86_64$/],
      ['898082745236', /^Deep Learning /],
      ['782442783595', /^FreeBSD 14\.3-RELEASE/],
      ['075585003325', /^Flatcar-stable-/],
      ['427812963091', /^nixos\/26\.05\./],
      ['540036508848', /^talos-v1\./],
      ['125523088429', /^Fedora-Cloud-Base-AmazonEC2\./],
      ['125523088429', /^CentOS Stream 10 /],
      ['131827586825', /^OL9\.6-x86_64-HVM-/],
      ['100343932686', /^amzn-ec2-macos-/],
      ['679593333241', /^WordPress Certified by Bitnami/],
    ];
    for (const [owner, pattern] of patterns) {
      expect(matching(owner, pattern), String(pattern)).toBeGreaterThan(1);
    }
    const bottlerocket = open.filter(({ Name = '' }) =>
      /^bottlerocket-aws-k8s-1\.33-x86_64-v1\.\d+\.0-[0-9a-f]{8}$/.test(Name),
    );
    expect(new Set(bottlerocket.map(({ ImageOwnerAlias }) => ImageOwnerAlias))).toEqual(new Set(['amazon']));
    expect(new Set(open.map(({ ImageOwnerAlias }) => ImageOwnerAlias))).toEqual(
      new Set(['amazon', 'aws-marketplace', undefined]),
    );
    const known = new Set(PUBLIC_SERIES.map(({ ownerId }) => ownerId));
    const lookAlikes = open.filter(
      ({ Name = '', OwnerId = '' }) => /^ubuntu\/images/.test(Name) && !known.has(OwnerId),
    );
    expect(lookAlikes.length).toBeGreaterThan(1);
    expect(lookAlikes.every(({ ImageOwnerAlias }) => ImageOwnerAlias === undefined)).toBe(true);
  });

  test('has instances of every kind, whose images and volumes exist', async () => {
    const all = await instances(ec2);
    expect(all.length).toBeGreaterThanOrEqual(8);
    const states = new Set(all.map(({ State }) => State?.Name));
    expect(states).toEqual(new Set(['running', 'stopped', 'terminated', 'pending']));
    expect(all.some(({ Platform }) => Platform?.toLowerCase() === 'windows')).toBe(true);
    expect(all.some(({ Architecture }) => Architecture === 'arm64')).toBe(true);
    expect(all.some(({ RootDeviceType }) => RootDeviceType === 'instance-store')).toBe(true);
    expect(all.some(({ BlockDeviceMappings = [] }) => BlockDeviceMappings.length > 2)).toBe(true);
    const gone = all.filter(({ Tags }) => Tags === undefined).map(({ ImageId }) => ImageId);
    expect(gone).toHaveLength(1);
    const launched = all.filter(({ ImageId }) => ImageId !== gone[0]);
    const ImageIds = [...new Set(launched.map(({ ImageId = '' }) => ImageId))];
    const { Images } = await ec2.send(new DescribeImagesCommand({ ImageIds, IncludeDisabled: true }));
    expect(Images).toHaveLength(ImageIds.length);
    for (const { Architecture, Platform, ImageId, InstanceId } of launched) {
      const image = Images?.find((candidate) => candidate.ImageId === ImageId);
      expect([image?.Architecture, image?.Platform], InstanceId).toEqual([Architecture, Platform]);
    }
    const VolumeIds = all.flatMap(({ BlockDeviceMappings = [] }) =>
      BlockDeviceMappings.map(({ Ebs }) => Ebs?.VolumeId ?? ''),
    );
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({ VolumeIds }));
    expect(Volumes).toHaveLength(VolumeIds.length);
  });

  test('knows where its images come from', async () => {
    const own = await images(ec2, true);
    const there = new Map((await instances(ec2)).map((instance) => [instance.InstanceId, instance.ImageId]));
    const made = own.filter(({ SourceInstanceId }) => there.has(SourceInstanceId));
    expect(made.length).toBeGreaterThan(2);
    expect(made.map(({ SourceImageId }) => SourceImageId)).toEqual(
      made.map(({ SourceInstanceId }) => there.get(SourceInstanceId)),
    );
    const known = new Set([...own, ...(await images(ec2, false))].map(({ ImageId }) => ImageId));
    const derived = own.filter(({ SourceImageId }) => SourceImageId);
    expect(derived.length).toBeGreaterThan(10);
    expect(derived.every(({ SourceImageId }) => known.has(SourceImageId))).toBe(true);
  });
});

test('nothing comes from what was made later', async () => {
  for (const region of ['us-east-1', 'eu-west-1']) {
    const { ec2 } = sampleEc2({}, region);
    const all = [...(await images(ec2, true)), ...(await images(ec2, false))];
    const made = new Map(all.map(({ ImageId, CreationDate = '' }) => [ImageId, CreationDate]));
    const launched = new Map((await instances(ec2)).map((instance) => [instance.InstanceId, instance]));
    const order = (earlier: string | undefined, later: string | undefined, what: string | undefined) => {
      if (earlier !== undefined && later !== undefined) {
        expect([earlier, later].sort(), what).toEqual([earlier, later]);
      }
    };
    for (const { Name, SourceInstanceId, SourceImageId, CreationDate } of all) {
      order(launched.get(SourceInstanceId)?.LaunchTime?.toISOString(), CreationDate, Name);
      order(made.get(SourceImageId), CreationDate, Name);
    }
    for (const { ImageId, InstanceId, LaunchTime } of launched.values()) {
      order(made.get(ImageId), LaunchTime?.toISOString(), InstanceId);
    }
  }
});

describe('other regions', () => {
  test.each(['eu-west-1', 'ap-southeast-2'])('%s has images of its own', async (region) => {
    const { ec2 } = sampleEc2({}, region);
    const home = new Set((await images(sampleEc2().ec2, false)).map(({ ImageId }) => ImageId));
    const open = await images(ec2, false);
    expect(open.length).toBeGreaterThan(1000);
    expect(open.some(({ ImageId }) => home.has(ImageId))).toBe(false);
    expect((await images(ec2, true)).length).toBeGreaterThan(5);
    expect((await instances(ec2)).length).toBeGreaterThan(1);
  });

  test('that are enabled but unused have public images only', async () => {
    const { ec2 } = sampleEc2({}, 'ca-central-1');
    expect(await images(ec2, true)).toEqual([]);
    expect((await images(ec2, false)).length).toBeGreaterThan(1000);
  });
});

test('everything is the same on every start, with ids of 17 hexadecimal digits', async () => {
  const first = await images(sampleEc2().ec2, false);
  const later = sampleEc2({ now: () => new Date('2031-01-01T00:00:00Z') });
  expect(await images(later.ec2, false)).toEqual(first);
  const own = await images(later.ec2, true);
  expect(own).toEqual(await images(sampleEc2().ec2, true));
  const ids = [...first, ...own].map(({ ImageId = '' }) => ImageId);
  expect(new Set(ids).size).toBe(ids.length - 1); // The one that is public by mistake is in both.
  expect(ids.every((id) => /^ami-[0-9a-f]{17}$/.test(id))).toBe(true);
  const snapshots = own.flatMap(({ BlockDeviceMappings = [] }) =>
    BlockDeviceMappings.map(({ Ebs }) => Ebs?.SnapshotId),
  );
  expect(snapshots.filter(Boolean).every((id) => /^snap-[0-9a-f]{17}$/.test(id ?? ''))).toBe(true);
});
