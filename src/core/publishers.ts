import type { ImageSummary } from './image.ts';
import { marketplaceOwnerIds } from './marketplace.ts';
import { type Partition, partitionOf } from './regions.ts';
import { wildcardTest } from './wildcard.ts';

/** A publisher of images, identified by account ids. */
export interface Publisher {
  readonly id: string;
  readonly name: string;
  /** False for a publisher from the user's settings. */
  readonly verified: boolean;
  /**
   * The publisher's accounts per partition, since an id counts in its own partition only. Amazon has other accounts in
   * opt-in regions: its images are identified by the alias, and these ids only separate images that no name pattern
   * finds.
   */
  readonly ownerIds: Partial<Record<Partition, readonly string[]>>;
  /** EC2's owner alias for images of AWS's own accounts. Only AWS can set it. */
  readonly ownerAlias: 'amazon' | 'aws-marketplace' | 'aws-backup-vault' | undefined;
  /**
   * EC2 name patterns that distinguish this publisher from others with the same account or alias. Empty for the
   * publisher of all other names.
   */
  readonly namePatterns: readonly string[];
  /** True for a publisher with too many images to list without search words. */
  readonly needsWords: boolean;
}

type OwnerPart = Pick<ImageSummary, 'region' | 'ownerId' | 'ownerAlias'> & Partial<Pick<ImageSummary, 'name'>>;

function verified(
  id: string,
  name: string,
  ownerIds: Publisher['ownerIds'],
  more: Partial<Pick<Publisher, 'ownerAlias' | 'namePatterns' | 'needsWords'>> = {},
): Publisher {
  return { id, name, verified: true, ownerIds, ownerAlias: undefined, namePatterns: [], needsWords: false, ...more };
}

/**
 * Sources of the ids: kops `aws_cloud.go` (Amazon Linux, Debian, Rocky, Flatcar), the EKS AMI Makefile (Amazon Linux in
 * other partitions), Canonical's ubuntu-cloud-docs `find-ubuntu-images.rst` (Canonical, Marketplace),
 * access.redhat.com/solutions/15356 (Red Hat), moto's data (SUSE, Windows, Deep Learning), test-kitchen/kitchen-ec2
 * (Fedora and CentOS, AlmaLinux, FreeBSD, macOS, ECS), NixOS/amis, siderolabs/contrib (Talos),
 * fwdcloudsec/known_aws_accounts (Oracle). The accounts of EKS and Bottlerocket differ per region
 * (guessi/eks-ami-finder).
 *
 * The order is that of the view.
 */
export const publishers: readonly Publisher[] = [
  verified(
    'amazon-linux',
    'Amazon Linux',
    { aws: ['137112412989'], 'aws-us-gov': ['045324592363'], 'aws-cn': ['141808717104'] },
    {
      ownerAlias: 'amazon',
      // Not `amzn2-ami-*`, which finds the images of ECS too.
      namePatterns: [
        ...['al20??-ami-2*', 'al20??-ami-minimal-*'],
        ...['hvm', 'kernel', 'minimal'].map((kind) => `amzn2-ami-${kind}-*`),
        'amzn2-x86_64-*',
        ...['hvm', 'pv', 'minimal', 'graphics', 'vpc-nat', 'nat'].map((kind) => `amzn-ami-${kind}-*`),
      ],
    },
  ),
  verified(
    'canonical',
    'Canonical (Ubuntu)',
    { aws: ['099720109477'], 'aws-us-gov': ['513442679011'], 'aws-cn': ['837727238323'] },
    {},
  ),
  verified(
    'windows',
    'Microsoft Windows Server',
    { aws: ['801119661308'] },
    { ownerAlias: 'amazon', namePatterns: ['*Windows_Server-*'] },
  ),
  verified(
    'red-hat',
    'Red Hat',
    { aws: ['309956199498'], 'aws-us-gov': ['219670896067'], 'aws-cn': ['841258680906'] },
    {},
  ),
  verified('debian', 'Debian', { aws: ['136693071363', '379101102735'] }),
  verified('suse', 'SUSE', { aws: ['013907871322'] }),
  verified('rocky', 'Rocky Linux', { aws: ['792107900819'] }),
  verified('almalinux', 'AlmaLinux', { aws: ['764336703387'] }),
  verified('fedora', 'Fedora', { aws: ['125523088429'] }),
  verified('centos', 'CentOS Stream', { aws: ['125523088429'] }, { namePatterns: ['CentOS*'] }),
  verified('oracle', 'Oracle Linux', { aws: ['131827586825'] }),
  verified('freebsd', 'FreeBSD', { aws: ['782442783595', '118940168514'] }),
  verified(
    'ecs',
    'Amazon ECS',
    { aws: ['591542846629'] },
    { ownerAlias: 'amazon', namePatterns: ['al20??-ami-ecs-*', 'amzn2-ami-ecs-*', 'amzn-ami-*-amazon-ecs-*'] },
  ),
  verified('eks', 'Amazon EKS', {}, { ownerAlias: 'amazon', namePatterns: ['amazon-eks-*'] }),
  verified('bottlerocket', 'Bottlerocket', {}, { ownerAlias: 'amazon', namePatterns: ['bottlerocket-*'] }),
  verified(
    'deep-learning',
    'AWS Deep Learning',
    { aws: ['898082745236'] },
    { ownerAlias: 'amazon', namePatterns: ['Deep Learning *'] },
  ),
  verified('flatcar', 'Flatcar Container Linux', { aws: ['075585003325'] }),
  verified('nixos', 'NixOS', { aws: ['427812963091'] }),
  verified('talos', 'Talos Linux', { aws: ['540036508848'] }),
  verified('macos', 'macOS', { aws: ['100343932686'] }, { ownerAlias: 'amazon', namePatterns: ['amzn-ec2-macos-*'] }),
  verified(
    'aws-marketplace',
    'AWS Marketplace',
    { aws: marketplaceOwnerIds },
    {
      ownerAlias: 'aws-marketplace',
      needsWords: true,
    },
  ),
  verified('amazon', 'Amazon', {}, { ownerAlias: 'amazon', needsWords: true }),
];

/** Owner of the images in an AWS Backup vault. Nobody publishes these, so the view does not list them. */
const backupVault = verified(
  'aws-backup-vault',
  'AWS Backup',
  {},
  { ownerAlias: 'aws-backup-vault', needsWords: true },
);

/** The publishers known in a partition, in the order of the view: verified ones, then the user's. */
export function publishersIn(partition: Partition, custom: readonly Publisher[] = []): readonly Publisher[] {
  return [...publishers, ...custom].filter((publisher) => ownersOf(publisher, partition).length > 0);
}

/**
 * Values for DescribeImages' `Owners`; empty where the publisher is unknown in the partition. An alias must be combined
 * with the publisher's name patterns.
 */
export function ownersOf(publisher: Publisher, partition: Partition): readonly string[] {
  return publisher.ownerAlias === undefined ? (publisher.ownerIds[partition] ?? []) : [publisher.ownerAlias];
}

/** Whether other publishers have the same owners, so that only name patterns distinguish them. */
export function sharesOwner(publisher: Publisher, partition: Partition): boolean {
  const owners = ownersOf(publisher, partition);
  return publishers.some(
    (other) => other.id !== publisher.id && ownersOf(other, partition).some((owner) => owners.includes(owner)),
  );
}

/**
 * The publisher of an image. The owner decides, since anyone may name an image "Ubuntu"; names only distinguish
 * publishers with the same owner.
 */
export function publisherOf(image: OwnerPart, custom: readonly Publisher[] = []): Publisher | undefined {
  return publisherNamed(candidatesOf(image, partitionOf(image.region), custom), image.name);
}

/** The publishers with a certain owner; `publisherNamed` chooses among them by an image's name. */
export interface Candidates {
  /** Publishers that are identified by their name patterns. */
  readonly named: readonly Publisher[];
  /** The publisher of all other names. */
  readonly otherwise: Publisher | undefined;
}

const byAmazon = publishers.filter(({ ownerAlias }) => ownerAlias === 'amazon');

export function candidatesOf(
  { ownerId, ownerAlias }: Pick<ImageSummary, 'ownerId' | 'ownerAlias'>,
  partition: Partition,
  custom: readonly Publisher[] = [],
): Candidates {
  const owns = (publisher: Publisher) => publisher.ownerIds[partition]?.includes(ownerId) ?? false;
  const owners = publishers.filter(owns);
  if (ownerAlias === 'amazon' && owners.every((publisher) => byAmazon.includes(publisher))) {
    return { named: byAmazon, otherwise: owners[0] ?? byAmazon.find(({ namePatterns }) => namePatterns.length === 0) };
  }
  if (owners.length > 1) {
    return { named: owners, otherwise: owners.find(({ namePatterns }) => namePatterns.length === 0) };
  }
  const byAlias = [...publishers, backupVault].filter((publisher) => publisher.ownerAlias === ownerAlias);
  return {
    named: [],
    otherwise: owners[0] ?? (ownerAlias === undefined ? undefined : byAlias[0]) ?? custom.find(owns),
  };
}

export function publisherNamed({ named, otherwise }: Candidates, name: string | undefined): Publisher | undefined {
  return named.find((publisher) => hasName(publisher, name)) ?? otherwise;
}

/** Compiled once, since a catalog has tens of thousands of names. */
const nameTests = new Map(publishers.map((publisher) => [publisher, publisher.namePatterns.map(wildcardTest)]));

function hasName(publisher: Publisher, name: string | undefined): boolean {
  return name !== undefined && (nameTests.get(publisher)?.some((test) => test(name)) ?? false);
}

/** A problem with an entry of the setting `amiExplorer.publishers`; `index` counts from 0. */
export type PublisherProblem =
  | { readonly kind: 'not-a-list' }
  | { readonly kind: 'not-an-object'; readonly index: number }
  | { readonly kind: 'name-missing'; readonly index: number }
  | { readonly kind: 'name-taken'; readonly index: number; readonly name: string }
  | { readonly kind: 'owner-ids-missing'; readonly index: number }
  | { readonly kind: 'owner-id-malformed'; readonly index: number; readonly ownerId: string }
  | {
      readonly kind: 'owner-id-verified';
      readonly index: number;
      readonly ownerId: string;
      readonly publisher: string;
    };

/**
 * Reads the setting `amiExplorer.publishers`, a list of `{ name, ownerIds }`. Invalid ids are dropped, and so is an
 * entry without a name or a valid id. Ids must be quoted strings of 12 digits, since some begin with 0.
 */
export function readPublishers(setting: unknown): {
  readonly publishers: readonly Publisher[];
  readonly problems: readonly PublisherProblem[];
} {
  const found: Publisher[] = [];
  const problems: PublisherProblem[] = [];
  if (setting === undefined || setting === null) return { publishers: found, problems };
  if (!Array.isArray(setting)) return { publishers: found, problems: [{ kind: 'not-a-list' }] };
  setting.forEach((entry: unknown, index) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      problems.push({ kind: 'not-an-object', index });
      return;
    }
    const name = 'name' in entry && typeof entry.name === 'string' ? entry.name.trim() : '';
    if (name === '') {
      problems.push({ kind: 'name-missing', index });
      return;
    }
    if ([...publishers, ...found].some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      problems.push({ kind: 'name-taken', index, name });
      return;
    }
    const listed: readonly unknown[] = 'ownerIds' in entry && Array.isArray(entry.ownerIds) ? entry.ownerIds : [];
    if (listed.length === 0) problems.push({ kind: 'owner-ids-missing', index });
    const ownerIds = new Set<string>();
    for (const ownerId of listed) {
      if (typeof ownerId !== 'string' || !isOwnerId(ownerId)) {
        problems.push({ kind: 'owner-id-malformed', index, ownerId: String(ownerId) });
        continue;
      }
      const known = publishers.find((publisher) =>
        Object.values(publisher.ownerIds).some((ids) => ids.includes(ownerId)),
      );
      if (known !== undefined) {
        problems.push({ kind: 'owner-id-verified', index, ownerId, publisher: known.name });
        continue;
      }
      ownerIds.add(ownerId);
    }
    if (ownerIds.size > 0) found.push(customPublisher(name, [...ownerIds]));
  });
  return { publishers: found, problems };
}

/** An AWS account id. */
function isOwnerId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** The user does not name a partition, so the accounts count in each one. */
function customPublisher(name: string, ownerIds: readonly string[]): Publisher {
  const everywhere: Record<Partition, readonly string[]> = {
    aws: ownerIds,
    'aws-cn': ownerIds,
    'aws-us-gov': ownerIds,
    'aws-eusc': ownerIds,
    'aws-iso': ownerIds,
    'aws-iso-b': ownerIds,
    'aws-iso-e': ownerIds,
    'aws-iso-f': ownerIds,
  };
  return {
    id: `custom:${name}`,
    name,
    verified: false,
    ownerIds: everywhere,
    ownerAlias: undefined,
    namePatterns: [],
    needsWords: false,
  };
}
