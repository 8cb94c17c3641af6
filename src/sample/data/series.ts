import type { SampleDevice } from '../model.ts';
import { below } from './identifiers.ts';
import { isOptIn } from './regions.ts';

/** The date and target of one image of a series. */
export interface Build {
  readonly region: string;
  readonly arch: string;
  /** The number of later builds: 0 is the newest. */
  readonly age: number;
  /** `20261104`, also in its parts. */
  readonly date: string;
  readonly year: string;
  readonly month: string;
  readonly day: string;
  /** 8 hex digits that differ between builds. */
  readonly hash: string;
}

/** Images that one publisher builds repeatedly with the same naming pattern. */
export interface Series {
  readonly ownerId: string;
  /** Undefined for publishers other than AWS. */
  readonly ownerAlias?: 'amazon' | 'aws-marketplace';
  readonly archs: readonly string[];
  readonly name: (build: Build) => string;
  readonly description?: (build: Build) => string;
  /** Days between builds, and how many builds the home region has. */
  readonly every: number;
  readonly builds: number;
  /** Days since the last build; undefined for a series that continues. */
  readonly ended?: number;
  /** Days from creation to deprecation; AWS's limit for public images is two years. */
  readonly deprecatedAfter?: number;
  /** By default `RunInstances` and the platform's usual details; other images are billed differently. */
  readonly platformDetails?: string;
  readonly usageOperation?: string;
  readonly windows?: boolean;
  readonly bootMode?: string;
  readonly tpm?: boolean;
  readonly imdsV2?: boolean;
  readonly freeTier?: boolean;
  readonly root: string;
  readonly size: number;
  readonly volumeType: 'gp2' | 'gp3' | 'standard';
  readonly further?: readonly SampleDevice[];
  readonly productCode?: string;
  readonly rootDeviceType?: 'instance-store';
  readonly virtualizationType?: 'paravirtual';
}

/** Owner ids: kops `aws_cloud.go`, canonical/ubuntu-cloud-docs, test-kitchen/kitchen-ec2, moto's data, NixOS/amis. */
export const OWNERS = {
  amazonLinux: '137112412989',
  windows: '801119661308',
  ecs: '591542846629',
  eks: '602401143452',
  deepLearning: '898082745236',
  macos: '100343932686',
  marketplace: '679593333241',
  canonical: '099720109477',
  debian: '136693071363',
  redHat: '309956199498',
  suse: '013907871322',
  fedora: '125523088429',
  rocky: '792107900819',
  alma: '764336703387',
  freebsd: '782442783595',
  flatcar: '075585003325',
  nixos: '427812963091',
  talos: '540036508848',
  oracle: '131827586825',
} as const;

/** A placeholder for Bottlerocket's account, which differs between regions. */
export const BOTTLEROCKET = 'bottlerocket';

/**
 * Bottlerocket's owner differs in each region, and Amazon's other owners in opt-in regions. These accounts are
 * invented: the alias identifies the images.
 */
export function ownerIn(region: string, { ownerId, ownerAlias }: Pick<Series, 'ownerId' | 'ownerAlias'>): string {
  const isRegional = ownerId === BOTTLEROCKET || (ownerAlias === 'amazon' && isOptIn(region));
  return isRegional ? String(below(900_000_000, `${ownerId}/${region}`) + 92_000_000_000).padStart(12, '0') : ownerId;
}

export const BOTH = ['x86_64', 'arm64'];
export const INTEL = ['x86_64'];

/** In days: AWS deprecates public images after two years unless their owner does so earlier. */
export const TWO_YEARS = 730;

export const LINUX = { root: '/dev/sda1', volumeType: 'gp3', deprecatedAfter: TWO_YEARS } as const;

export function ephemeral(...deviceNames: string[]): SampleDevice[] {
  return deviceNames.map((deviceName, number) => ({ deviceName, virtualName: `ephemeral${number}` }));
}

/** Canonical's images map two instance store volumes, for instance types that have them. */
export const UBUNTU_DISKS = ephemeral('/dev/sdb', '/dev/sdc');
