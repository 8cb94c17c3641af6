import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeSnapshotsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  type Filter,
  type Image,
  type Instance,
  type Region,
  type Snapshot,
  type TagDescription,
  type Volume,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { escapeWildcards } from '../../src/core/wildcard.ts';
import { documentedFilters } from './documentedFilters.ts';
import { failure, sampleEc2 } from './sampleClients.ts';

type Value = string | number | boolean | Date | undefined;

/** A kind of resource: how to list it, and which part of an answer shows each documented filter. */
interface Kind<T> {
  readonly operation: string;
  readonly atLeast: number;
  readonly list: (Filters: Filter[]) => Promise<readonly T[]>;
  readonly seen: Readonly<Record<string, (resource: T) => readonly Value[]>>;
}

const OWNER = '123456789012';
const { ec2 } = sampleEc2();

const instances: Kind<Instance & { reservation?: string }> = {
  operation: 'DescribeInstances',
  atLeast: 130,
  async list(Filters) {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
    return Reservations.flatMap(({ ReservationId = '', Instances = [] }) =>
      Instances.map((instance) => ({ ...instance, reservation: ReservationId })),
    );
  },
  seen: {
    architecture: (i) => [i.Architecture],
    'availability-zone': (i) => [i.Placement?.AvailabilityZone],
    'block-device-mapping.attach-time': (i) => (i.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.AttachTime),
    'block-device-mapping.delete-on-termination': (i) =>
      (i.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.DeleteOnTermination),
    'block-device-mapping.device-name': (i) => (i.BlockDeviceMappings ?? []).map(({ DeviceName }) => DeviceName),
    'block-device-mapping.status': (i) => (i.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.Status),
    'block-device-mapping.volume-id': (i) => (i.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.VolumeId),
    'boot-mode': (i) => [i.BootMode],
    'capacity-reservation-specification.capacity-reservation-preference': (i) => [
      i.CapacityReservationSpecification?.CapacityReservationPreference,
    ],
    'client-token': (i) => [i.ClientToken],
    'current-instance-boot-mode': (i) => [i.CurrentInstanceBootMode],
    'dns-name': (i) => [i.PublicDnsName],
    'ebs-optimized': (i) => [i.EbsOptimized],
    'ena-support': (i) => [i.EnaSupport],
    'enclave-options.enabled': (i) => [i.EnclaveOptions?.Enabled],
    'hibernation-options.configured': (i) => [i.HibernationOptions?.Configured],
    hypervisor: (i) => [i.Hypervisor],
    'iam-instance-profile.arn': (i) => [i.IamInstanceProfile?.Arn],
    'image-id': (i) => [i.ImageId],
    'instance-id': (i) => [i.InstanceId],
    'instance-lifecycle': (i) => [i.InstanceLifecycle],
    'instance-state-code': (i) => [i.State?.Code],
    'instance-state-name': (i) => [i.State?.Name],
    'instance-type': (i) => [i.InstanceType],
    'ip-address': (i) => [i.PublicIpAddress],
    'key-name': (i) => [i.KeyName],
    'launch-index': (i) => [i.AmiLaunchIndex],
    'launch-time': (i) => [i.LaunchTime],
    'maintenance-options.auto-recovery': (i) => [i.MaintenanceOptions?.AutoRecovery],
    'metadata-options.http-endpoint': (i) => [i.MetadataOptions?.HttpEndpoint],
    // Answers have no value for it: IPv4 is on wherever the endpoint is.
    'metadata-options.http-protocol-ipv4': (i) => [i.MetadataOptions?.HttpEndpoint],
    'metadata-options.http-protocol-ipv6': (i) => [i.MetadataOptions?.HttpProtocolIpv6],
    'metadata-options.http-put-response-hop-limit': (i) => [i.MetadataOptions?.HttpPutResponseHopLimit],
    'metadata-options.http-tokens': (i) => [i.MetadataOptions?.HttpTokens],
    'metadata-options.instance-metadata-tags': (i) => [i.MetadataOptions?.InstanceMetadataTags],
    'metadata-options.state': (i) => [i.MetadataOptions?.State],
    'monitoring-state': (i) => [i.Monitoring?.State],
    'operator.managed': (i) => [i.Operator?.Managed],
    'owner-id': () => [OWNER],
    platform: (i) => [i.Platform],
    'platform-details': (i) => [i.PlatformDetails],
    'private-dns-name': (i) => [i.PrivateDnsName],
    'private-ip-address': (i) => [i.PrivateIpAddress],
    reason: (i) => [i.StateTransitionReason],
    'reservation-id': (i) => [i.reservation],
    'root-device-name': (i) => [i.RootDeviceName],
    'root-device-type': (i) => [i.RootDeviceType],
    'source-dest-check': (i) => [i.SourceDestCheck],
    'state-reason-code': (i) => [i.StateReason?.Code],
    'state-reason-message': (i) => [i.StateReason?.Message],
    'subnet-id': (i) => [i.SubnetId],
    'tag:<key>': (i) => [tag(i.Tags)],
    'tag-key': (i) => (i.Tags ?? []).map(({ Key }) => Key),
    tenancy: (i) => [i.Placement?.Tenancy],
    'tpm-support': (i) => [i.TpmSupport],
    'usage-operation': (i) => [i.UsageOperation],
    'virtualization-type': (i) => [i.VirtualizationType],
    'vpc-id': (i) => [i.VpcId],
  },
};

const volumes: Kind<Volume> = {
  operation: 'DescribeVolumes',
  atLeast: 20,
  list: async (Filters) => (await ec2.send(new DescribeVolumesCommand({ Filters }))).Volumes ?? [],
  seen: {
    'attachment.attach-time': (v) => (v.Attachments ?? []).map(({ AttachTime }) => AttachTime),
    'attachment.delete-on-termination': (v) => (v.Attachments ?? []).map((a) => a.DeleteOnTermination),
    'attachment.device': (v) => (v.Attachments ?? []).map(({ Device }) => Device),
    'attachment.instance-id': (v) => (v.Attachments ?? []).map(({ InstanceId }) => InstanceId),
    'attachment.status': (v) => (v.Attachments ?? []).map(({ State }) => State),
    'availability-zone': (v) => [v.AvailabilityZone],
    'create-time': (v) => [v.CreateTime],
    encrypted: (v) => [v.Encrypted],
    // EC2 leaves the field out for other volumes.
    'fast-restored': (v) => [v.FastRestored ?? false],
    'multi-attach-enabled': (v) => [v.MultiAttachEnabled],
    'operator.managed': (v) => [v.Operator?.Managed],
    size: (v) => [v.Size],
    'snapshot-id': (v) => [v.SnapshotId],
    status: (v) => [v.State],
    'tag:<key>': (v) => [tag(v.Tags)],
    'tag-key': (v) => (v.Tags ?? []).map(({ Key }) => Key),
    'volume-id': (v) => [v.VolumeId],
    'volume-type': (v) => [v.VolumeType],
  },
};

const snapshots: Kind<Snapshot> = {
  operation: 'DescribeSnapshots',
  atLeast: 14,
  list: async (Filters) => (await ec2.send(new DescribeSnapshotsCommand({ Filters }))).Snapshots ?? [],
  seen: {
    description: (s) => [s.Description],
    encrypted: (s) => [s.Encrypted],
    'owner-alias': (s) => [s.OwnerAlias],
    'owner-id': (s) => [s.OwnerId],
    progress: (s) => [s.Progress],
    'snapshot-id': (s) => [s.SnapshotId],
    'start-time': (s) => [s.StartTime],
    status: (s) => [s.State],
    'storage-tier': (s) => [s.StorageTier],
    'tag:<key>': (s) => [tag(s.Tags)],
    'tag-key': (s) => (s.Tags ?? []).map(({ Key }) => Key),
    'transfer-type': (s) => [s.TransferType],
    'volume-id': (s) => [s.VolumeId],
    'volume-size': (s) => [s.VolumeSize],
  },
};

const devices = (image: Image) => image.BlockDeviceMappings ?? [];

const images: Kind<Image> = {
  operation: 'DescribeImages',
  atLeast: 50,
  list: async (Filters) => (await ec2.send(new DescribeImagesCommand({ Owners: ['self'], Filters }))).Images ?? [],
  seen: {
    architecture: (i) => [i.Architecture],
    'block-device-mapping.delete-on-termination': (i) => devices(i).map(({ Ebs }) => Ebs?.DeleteOnTermination),
    'block-device-mapping.device-name': (i) => devices(i).map(({ DeviceName }) => DeviceName),
    'block-device-mapping.encrypted': (i) => devices(i).map(({ Ebs }) => Ebs?.Encrypted),
    'block-device-mapping.snapshot-id': (i) => devices(i).map(({ Ebs }) => Ebs?.SnapshotId),
    'block-device-mapping.volume-size': (i) => devices(i).map(({ Ebs }) => Ebs?.VolumeSize),
    'block-device-mapping.volume-type': (i) => devices(i).map(({ Ebs }) => Ebs?.VolumeType),
    'boot-mode': (i) => [i.BootMode],
    'creation-date': (i) => [i.CreationDate],
    description: (i) => [i.Description],
    'ena-support': (i) => [i.EnaSupport ?? false],
    'free-tier-eligible': (i) => [i.FreeTierEligible ?? false],
    hypervisor: (i) => [i.Hypervisor],
    'image-allowed': (i) => [i.ImageAllowed],
    'image-id': (i) => [i.ImageId],
    'image-type': (i) => [i.ImageType],
    'is-public': (i) => [i.Public],
    'kernel-id': (i) => [i.KernelId],
    'manifest-location': (i) => [i.ImageLocation],
    name: (i) => [i.Name],
    'owner-alias': (i) => [i.ImageOwnerAlias],
    'owner-id': (i) => [i.OwnerId],
    platform: (i) => [i.Platform],
    'product-code': (i) => (i.ProductCodes ?? []).map(({ ProductCodeId }) => ProductCodeId),
    'product-code.type': (i) => (i.ProductCodes ?? []).map(({ ProductCodeType }) => ProductCodeType),
    'ramdisk-id': (i) => [i.RamdiskId],
    'root-device-name': (i) => [i.RootDeviceName],
    'root-device-type': (i) => [i.RootDeviceType],
    'source-image-id': (i) => [i.SourceImageId],
    'source-image-region': (i) => [i.SourceImageRegion],
    'source-instance-id': (i) => [i.SourceInstanceId],
    'sriov-net-support': (i) => [i.SriovNetSupport],
    state: (i) => [i.State],
    'state-reason-code': (i) => [i.StateReason?.Code],
    'state-reason-message': (i) => [i.StateReason?.Message],
    'tag:<key>': (i) => [tag(i.Tags)],
    'tag-key': (i) => (i.Tags ?? []).map(({ Key }) => Key),
    'virtualization-type': (i) => [i.VirtualizationType],
  },
};

const regions: Kind<Region> = {
  operation: 'DescribeRegions',
  atLeast: 3,
  list: async (Filters) => (await ec2.send(new DescribeRegionsCommand({ AllRegions: true, Filters }))).Regions ?? [],
  seen: {
    endpoint: (r) => [r.Endpoint],
    'opt-in-status': (r) => [r.OptInStatus],
    'region-name': (r) => [r.RegionName],
  },
};

const tags: Kind<TagDescription> = {
  operation: 'DescribeTags',
  atLeast: 5,
  list: async (Filters) => (await ec2.send(new DescribeTagsCommand({ Filters }))).Tags ?? [],
  seen: {
    key: (t) => [t.Key],
    'resource-id': (t) => [t.ResourceId],
    'resource-type': (t) => [t.ResourceType],
    'tag:<key>': (t) => [t.Key === 'Name' ? t.Value : undefined],
    value: (t) => [t.Value],
  },
};

/** The value of the tag that represents all tags in the tests of `tag:<key>`. */
function tag(all: Instance['Tags']): string | undefined {
  return all?.find(({ Key }) => Key === 'Name')?.Value;
}

function filterName(documented: string): string {
  return documented.replace('<key>', 'Name');
}

function text(value: Value): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

/** How many values of each filter are tried. */
const TRIED = 6;

function suite<T>({ operation, atLeast, list, seen }: Kind<T>): void {
  describe(operation, () => {
    const names = documentedFilters(operation);

    test('documents the filters that are tried', () => {
      expect(names.length).toBeGreaterThanOrEqual(atLeast);
      expect(Object.keys(seen).filter((name) => !names.includes(name))).toEqual([]);
    });

    test.each(names)('%s finds what has the value, or nothing', async (name) => {
      const by = (...Values: string[]) => list([{ Name: filterName(name), Values }]);
      expect(await by('no such value')).toEqual([]);
      const valuesOf = seen[name];
      if (!valuesOf) {
        expect(await by('*')).toEqual([]);
        return;
      }
      const all = await list([]);
      const has = (resource: T) => valuesOf(resource).filter((value) => value !== undefined);
      const values = [...new Set(all.flatMap(has).map(text))].slice(0, TRIED);
      for (const value of values) {
        const expected = all.filter((resource) => has(resource).map(text).includes(value));
        expect(await by(escapeWildcards(value)), value).toEqual(expected);
      }
      expect(await by(...values.map(escapeWildcards))).toEqual(
        all.filter((resource) => has(resource).some((value) => values.includes(text(value)))),
      );
      expect(await by('*')).toEqual(all.filter((resource) => has(resource).length > 0));
    });

    test('refuses what is no filter', async () => {
      for (const Name of ['no-such-filter', 'Name', 'toString', 'tag']) {
        expect(await failure(list([{ Name, Values: ['*'] }]))).toEqual({
          name: 'InvalidParameterValue',
          message: `The filter '${Name}' is invalid`,
          status: 400,
        });
      }
    });
  });
}

suite(instances);
suite(volumes);
suite(snapshots);
suite(images);
suite(regions);
suite(tags);
