import { describe, expect, it } from 'vitest';
import { ownersOf, publisherOf, publishersIn, readPublishers } from '../../src/core/publishers.ts';
import { matchesWildcard } from '../../src/core/wildcard.ts';
import { realNames } from './realNames.ts';

/** A region of each partition. */
const regionIn = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
} as const;

type KnownPartition = keyof typeof regionIn;

const partitions = Object.keys(regionIn) as readonly KnownPartition[];
const region = regionIn.aws;

function nameOf(
  ownerId: string,
  partition: KnownPartition,
  more: { ownerAlias?: string; name?: string } = {},
): string | undefined {
  return publisherOf({ region: regionIn[partition], ownerId, ownerAlias: more.ownerAlias, name: more.name ?? '' })
    ?.name;
}

describe('publisherOf', () => {
  it.each([
    ['099720109477', 'aws', 'Canonical (Ubuntu)'],
    ['513442679011', 'aws-us-gov', 'Canonical (Ubuntu)'],
    ['837727238323', 'aws-cn', 'Canonical (Ubuntu)'],
    ['137112412989', 'aws', 'Amazon Linux'],
    ['801119661308', 'aws', 'Microsoft Windows Server'],
    ['309956199498', 'aws', 'Red Hat'],
    ['136693071363', 'aws', 'Debian'],
    ['679593333241', 'aws', 'AWS Marketplace'],
  ] as const)('knows %s in %s', (ownerId, partition, name) => {
    expect(nameOf(ownerId, partition)).toBe(name);
  });

  it('does not take an id for what it is in another partition', () => {
    expect(nameOf('099720109477', 'aws-cn')).toBeUndefined();
    expect(nameOf('837727238323', 'aws')).toBeUndefined();
  });

  it('never goes by the name', () => {
    const name = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20261101';
    expect(nameOf('123456789012', 'aws', { name })).toBeUndefined();
    expect(nameOf('123456789012', 'aws', { name: 'amazon-eks-node-1.31-v20260101' })).toBeUndefined();
  });

  it("takes AWS's own alias where accounts differ per region, and lets names tell what it is", () => {
    const alias = { ownerAlias: 'amazon' };
    expect(nameOf('602401143452', 'aws', { ...alias, name: 'amazon-eks-node-1.31-v20260101' })).toBe('Amazon EKS');
    expect(nameOf('999999999999', 'aws', { ...alias, name: 'bottlerocket-aws-k8s-1.34-x86_64-v1' })).toBe(
      'Bottlerocket',
    );
    expect(nameOf('999999999999', 'aws', { ...alias, name: 'something else' })).toBe('Amazon');
    expect(nameOf('999999999999', 'aws-iso', { ...alias, name: 'al2023-ami-2023.1' })).toBe('Amazon Linux');
    expect(nameOf('1', 'aws-cn', { ownerAlias: 'aws-marketplace' })).toBe('AWS Marketplace');
    expect(nameOf('1', 'aws', { ownerAlias: 'aws-backup-vault' })).toBe('AWS Backup');
    expect(nameOf('1', 'aws', { ownerAlias: 'evil' })).toBeUndefined();
  });

  it.each(partitions)('knows what Amazon publishes by the alias in %s, whatever its account there', (partition) => {
    for (const { name, publicFamily } of realNames) {
      const id = publicFamily?.slice(0, publicFamily.indexOf('/'));
      const publisher = publishersIn(partition).find((known) => known.id === id);
      if (publisher?.ownerAlias === 'amazon') {
        const image = { region: regionIn[partition], ownerId: '910595266909', name };
        expect(publisherOf({ ...image, ownerAlias: 'amazon' })?.id, name).toBe(id);
        expect(publisherOf({ ...image, ownerAlias: undefined }), name).toBeUndefined();
      }
    }
  });

  it.each([
    ['al2023-ami-2023.9.20251110.0-kernel-6.12-arm64', 'amazon-linux'],
    ['al2022-ami-2022.0.20220728.1-kernel-5.15-x86_64', 'amazon-linux'],
    ['amzn2-ami-kernel-5.10-hvm-2.0.20251110.0-x86_64-gp2', 'amazon-linux'],
    ['amzn2-x86_64-SQL_2019_Standard-2023.05.17', 'amazon-linux'],
    ['amzn-ami-vpc-nat-2018.03.0.20210721.0-x86_64-ebs', 'amazon-linux'],
    ['amzn-ami-2018.03.20240319-amazon-ecs-optimized', 'ecs'],
    ['amzn2-ami-ecs-kernel-5.10-gpu-hvm-2.0.20251110-x86_64-ebs', 'ecs'],
    ['amzn2-ami-ecs-inf-hvm-2.0.20251110-x86_64-ebs', 'ecs'],
    ['al2023-ami-ecs-gpu-hvm-2023.0.20251110-kernel-6.1-x86_64-ebs', 'ecs'],
    ['EC2LaunchV2-Windows_Server-2019-English-Full-Base-2025.11.12', 'windows'],
    ['Windows_Server-2022-English-Core-EKS_Optimized-1.33-2025.11.12', 'windows'],
    ['amazon-eks-gpu-node-1.32-v20251103', 'eks'],
    ['bottlerocket-aws-ecs-2-nvidia-fips-x86_64-v1.50.0-1a2b3c4d', 'bottlerocket'],
    ['Deep Learning AMI Neuron (Amazon Linux 2023) 20251110', 'deep-learning'],
    ['amzn-ec2-macos-26.1-20251110-123456-arm64', 'macos'],
    ['aws-elasticbeanstalk-amzn-2023.9.20251110.64bit-eb_python312_amazon_linux_2023-hvm', 'amazon'],
  ])('tells whose %s is among what Amazon publishes', (name, id) => {
    const image = { region, ownerId: '910595266909', ownerAlias: 'amazon', name };
    expect(publisherOf(image)?.id).toBe(id);
    const named = publishersIn('aws').filter(({ ownerAlias, namePatterns }) =>
      ownerAlias === 'amazon' ? namePatterns.some((pattern) => matchesWildcard(pattern, name)) : false,
    );
    expect(named.length).toBeLessThanOrEqual(1);
  });

  it('asks for what Amazon publishes by the alias and by names, everywhere', () => {
    for (const partition of partitions) {
      const amazon = publishersIn(partition).filter(({ ownerAlias }) => ownerAlias === 'amazon');
      expect(amazon.map(({ id }) => id)).toEqual(expect.arrayContaining(['amazon-linux', 'windows', 'ecs', 'macos']));
      for (const publisher of amazon) {
        expect(ownersOf(publisher, partition)).toEqual(['amazon']);
      }
    }
  });

  it("does not take the user's word for an account whose images have Amazon's alias", () => {
    const { publishers } = readPublishers([{ name: 'Mine', ownerIds: ['910595266909'] }]);
    const image = { region, ownerId: '910595266909', name: 'al2023-ami-2023.9.20251110.0-kernel-6.12-arm64' };
    expect(publisherOf({ ...image, ownerAlias: 'amazon' }, publishers)?.id).toBe('amazon-linux');
    expect(publisherOf({ ...image, ownerAlias: undefined }, publishers)?.name).toBe('Mine');
  });

  it("goes by an account that is another publisher's where an endpoint gives the alias to all", () => {
    expect(nameOf('099720109477', 'aws', { ownerAlias: 'amazon', name: 'x' })).toBe('Canonical (Ubuntu)');
    expect(nameOf('137112412989', 'aws', { ownerAlias: 'amazon', name: 'x' })).toBe('Amazon Linux');
  });

  it('tells apart by name what two publishers have in one account', () => {
    expect(nameOf('125523088429', 'aws', { name: 'CentOS Stream 9 x86_64 20241016' })).toBe('CentOS Stream');
    expect(nameOf('125523088429', 'aws', { name: 'Fedora-Cloud-Base-41' })).toBe('Fedora');
    expect(publisherOf({ region, ownerId: '125523088429', ownerAlias: undefined })?.name).toBe('Fedora');
  });

  it("knows the user's publishers, after the verified ones", () => {
    const { publishers } = readPublishers([{ name: 'Platform team', ownerIds: ['111122223333'] }]);
    expect(publisherOf({ region, ownerId: '111122223333', ownerAlias: undefined }, publishers)).toMatchObject({
      name: 'Platform team',
      verified: false,
    });
    expect(publisherOf({ region, ownerId: '099720109477', ownerAlias: undefined }, publishers)?.verified).toBe(true);
  });
});

describe('the verified publishers', () => {
  it.each(partitions)('can each be asked for in %s', (partition) => {
    for (const publisher of publishersIn(partition)) {
      expect(ownersOf(publisher, partition)).not.toEqual([]);
      expect(publisher.verified).toBe(true);
    }
  });

  it('have ids of 12 digits and ids of their own', () => {
    const all = publishersIn('aws');
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { ownerIds } of all) {
      for (const id of Object.values(ownerIds).flat()) expect(id).toMatch(/^\d{12}$/);
    }
  });

  it('include those with local ids only where they are known', () => {
    const names = publishersIn('aws-cn').map(({ id }) => id);
    expect(names).toContain('canonical');
    expect(names).toContain('amazon-linux');
    expect(names).toContain('eks');
    expect(names).not.toContain('debian');
  });
});

describe('readPublishers', () => {
  it('reads what is right', () => {
    const read = readPublishers([
      { name: ' Platform team ', ownerIds: ['111122223333', '000011112222', '111122223333'] },
      { name: 'Security', ownerIds: ['444455556666'] },
    ]);
    expect(read.problems).toEqual([]);
    expect(read.publishers.map(({ name, ownerIds }) => [name, ownerIds.aws])).toEqual([
      ['Platform team', ['111122223333', '000011112222']],
      ['Security', ['444455556666']],
    ]);
  });

  it('takes no setting for none', () => {
    expect(readPublishers(undefined)).toEqual({ publishers: [], problems: [] });
    expect(readPublishers(null)).toEqual({ publishers: [], problems: [] });
    expect(readPublishers([])).toEqual({ publishers: [], problems: [] });
  });

  it('says of each entry what is wrong, and keeps the rest', () => {
    const read = readPublishers([
      'x',
      { ownerIds: ['111122223333'] },
      { name: ' ', ownerIds: ['111122223333'] },
      { name: 'debian', ownerIds: ['111122223333'] },
      { name: 'No ids' },
      { name: 'Empty', ownerIds: [] },
      { name: 'Mixed', ownerIds: ['12345', 111122223333, '777788889999', '099720109477'] },
      { name: 'mixed', ownerIds: ['111122223333'] },
      [],
    ]);
    expect(read.publishers.map(({ name, ownerIds }) => [name, ownerIds.aws])).toEqual([['Mixed', ['777788889999']]]);
    expect(read.problems).toEqual([
      { kind: 'not-an-object', index: 0 },
      { kind: 'name-missing', index: 1 },
      { kind: 'name-missing', index: 2 },
      { kind: 'name-taken', index: 3, name: 'debian' },
      { kind: 'owner-ids-missing', index: 4 },
      { kind: 'owner-ids-missing', index: 5 },
      { kind: 'owner-id-malformed', index: 6, ownerId: '12345' },
      { kind: 'owner-id-malformed', index: 6, ownerId: '111122223333' },
      { kind: 'owner-id-verified', index: 6, ownerId: '099720109477', publisher: 'Canonical (Ubuntu)' },
      { kind: 'name-taken', index: 7, name: 'mixed' },
      { kind: 'not-an-object', index: 8 },
    ]);
  });

  it.each([[{}], ['x'], [7], [true]])('refuses %j as a whole', (setting) => {
    expect(readPublishers(setting)).toEqual({ publishers: [], problems: [{ kind: 'not-a-list' }] });
  });
});
