import type { SampleDevice } from '../model.ts';
import { below } from './identifiers.ts';
import { isOptIn } from './regions.ts';

/** One image of a series: when it was built and for what. */
export interface Build {
  readonly region: string;
  readonly arch: string;
  /** 0 is the newest build of the series. */
  readonly age: number;
  /** `20261104`, and its parts. */
  readonly date: string;
  readonly year: string;
  readonly month: string;
  readonly day: string;
  /** 8 hex digits of this build's own. */
  readonly hash: string;
}

/** Images that one publisher makes again and again under one naming pattern. */
export interface Series {
  readonly ownerId: string;
  /** Only AWS sets it; other publishers have none. */
  readonly ownerAlias?: 'amazon' | 'aws-marketplace';
  readonly archs: readonly string[];
  readonly name: (build: Build) => string;
  readonly description?: (build: Build) => string;
  /** Days from one build to the next, and how many builds the home region keeps. */
  readonly every: number;
  readonly builds: number;
  /** Days since the series ended; it goes on unless given. */
  readonly ended?: number;
  /** Days after its creation when an image becomes deprecated; AWS's own limit for public images is two years. */
  readonly deprecatedAfter?: number;
  /** `RunInstances` and the platform's words unless the image is billed otherwise. */
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

/** Stands for the account that Bottlerocket's images have in each region. */
export const BOTTLEROCKET = 'bottlerocket';

/**
 * Bottlerocket's owner differs in every region, and Amazon's others do in those that one opts in to; these accounts are
 * invented, the alias is what identifies them.
 */
export function ownerIn(region: string, { ownerId, ownerAlias }: Pick<Series, 'ownerId' | 'ownerAlias'>): string {
  const isRegional = ownerId === BOTTLEROCKET || (ownerAlias === 'amazon' && isOptIn(region));
  return isRegional ? String(below(900_000_000, `${ownerId}/${region}`) + 92_000_000_000).padStart(12, '0') : ownerId;
}

export const BOTH = ['x86_64', 'arm64'];
export const INTEL = ['x86_64'];

/** AWS deprecates public images after two years unless their owner does so earlier. */
export const TWO_YEARS = 730;

export const LINUX = { root: '/dev/sda1', volumeType: 'gp3', deprecatedAfter: TWO_YEARS } as const;

export function ephemeral(...deviceNames: string[]): SampleDevice[] {
  return deviceNames.map((deviceName, number) => ({ deviceName, virtualName: `ephemeral${number}` }));
}

/** Canonical's images map two instance store volumes for the instance types that have them. */
export const UBUNTU_DISKS = ephemeral('/dev/sdb', '/dev/sdc');
