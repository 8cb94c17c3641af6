import type { SampleDevice } from '../model.ts';
import { below, pick } from './identifiers.ts';

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

/** Bottlerocket's owner differs in every region; these accounts are invented, the alias is what identifies it. */
export function bottlerocketOwner(region: string): string {
  return String(below(900_000_000, `bottlerocket/${region}`) + 92_000_000_000).padStart(12, '0');
}

const BOTH = ['x86_64', 'arm64'];
const INTEL = ['x86_64'];
const TWO_YEARS = 730;

function ephemeral(...deviceNames: string[]): SampleDevice[] {
  return deviceNames.map((deviceName, number) => ({ deviceName, virtualName: `ephemeral${number}` }));
}

const UBUNTU_DISKS = ephemeral('/dev/sdb', '/dev/sdc');
const WINDOWS_DISKS = ephemeral(...[...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `xvdc${letter}`));

function debArch(arch: string): string {
  return arch === 'x86_64' ? 'amd64' : arch;
}

const LINUX = { root: '/dev/sda1', volumeType: 'gp3', deprecatedAfter: TWO_YEARS } as const;

function ubuntu(code: string, version: string, kind: string, storage: 'gp2' | 'gp3', builds: number): Series {
  const directory = kind === 'minimal' ? 'ubuntu-minimal/images' : 'ubuntu/images';
  const ssd = storage === 'gp3' ? 'hvm-ssd-gp3' : 'hvm-ssd';
  const words = kind === 'minimal' ? 'Minimal Ubuntu' : 'Ubuntu';
  return {
    ...LINUX,
    ownerId: OWNERS.canonical,
    archs: BOTH,
    name: ({ arch, date }) => `${directory}/${ssd}/ubuntu-${code}-${version}-${debArch(arch)}-${kind}-${date}`,
    description: ({ arch, date }) =>
      `Canonical, ${words}, ${version}${version.startsWith('2') && /^(20|22|24)\.04$/.test(version) ? ' LTS' : ''}, ${debArch(arch)} ${code} image build on ${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
    every: 9,
    builds,
    volumeType: storage,
    size: 8,
    bootMode: 'uefi-preferred',
    imdsV2: version >= '24.04',
    freeTier: kind === 'server',
    further: UBUNTU_DISKS,
  };
}

function amazonLinux2023(kernel: string, minimal: boolean): Series {
  return {
    ownerId: OWNERS.amazonLinux,
    ownerAlias: 'amazon',
    archs: BOTH,
    name: ({ arch, date, age }) =>
      `al2023-ami-${minimal ? 'minimal-' : ''}2023.${Math.max(1, 9 - Math.floor(age / 7))}.${date}.0-kernel-${kernel}-${arch}`,
    description: ({ arch, date, age }) =>
      `Amazon Linux 2023 AMI 2023.${Math.max(1, 9 - Math.floor(age / 7))}.${date}.0 ${arch}${minimal ? ' Minimal' : ''} HVM kernel-${kernel}`,
    every: 14,
    builds: 46,
    deprecatedAfter: 90,
    bootMode: 'uefi-preferred',
    imdsV2: true,
    freeTier: !minimal,
    root: '/dev/xvda',
    size: minimal ? 2 : 8,
    volumeType: 'gp3',
  };
}

function windows(version: string, edition: string, size = 30, billing?: readonly [string, string]): Series {
  const [platformDetails, usageOperation] = billing ?? ['Windows', 'RunInstances:0002'];
  return {
    ownerId: OWNERS.windows,
    ownerAlias: 'amazon',
    archs: INTEL,
    name: ({ year, month, day }) => `Windows_Server-${version}-${edition}-${year}.${month}.${day}`,
    description: () =>
      `Microsoft Windows Server ${version} ${edition.replaceAll('-', ' ').replaceAll('_', ' ')} AMI provided by Amazon`,
    every: 30,
    builds: 11,
    deprecatedAfter: TWO_YEARS,
    platformDetails,
    usageOperation,
    windows: true,
    bootMode: Number(version) >= 2025 ? 'uefi' : 'legacy-bios',
    tpm: Number(version) >= 2025,
    imdsV2: Number(version) >= 2025,
    freeTier: usageOperation === 'RunInstances:0002',
    root: '/dev/sda1',
    size,
    volumeType: Number(version) >= 2025 ? 'gp3' : 'gp2',
    further: WINDOWS_DISKS,
  };
}

function sqlServer(version: string, year: string): Series[] {
  return [
    windows(version, `English-Full-SQL_${year}_Standard`, 50, [
      'Windows with SQL Server Standard',
      'RunInstances:0006',
    ]),
    windows(version, `English-Full-SQL_${year}_Enterprise`, 50, [
      'Windows with SQL Server Enterprise',
      'RunInstances:0102',
    ]),
    windows(version, `English-Full-SQL_${year}_Web`, 50, ['Windows with SQL Server Web', 'RunInstances:0202']),
    windows(version, `English-Full-SQL_${year}_Express`, 50),
  ];
}

const RHEL_BILLING = { platformDetails: 'Red Hat Enterprise Linux', usageOperation: 'RunInstances:0010' } as const;

function redHat(version: string, every: number): Series {
  return {
    ...LINUX,
    ...RHEL_BILLING,
    ownerId: OWNERS.redHat,
    archs: BOTH,
    name: ({ arch, date }) => `RHEL-${version}_HVM-${date}-${arch}-0-Hourly2-GP3`,
    description: () => 'Provided by Red Hat, Inc.',
    every,
    builds: 10,
    bootMode: version.startsWith('8') ? 'legacy-bios' : 'uefi-preferred',
    imdsV2: version.startsWith('10'),
    freeTier: version === '10.0.0',
    size: 10,
  };
}

function suse(servicePack: string): Series {
  return {
    ...LINUX,
    ownerId: OWNERS.suse,
    archs: BOTH,
    name: ({ arch, date }) => `suse-sles-15-${servicePack}-v${date}-hvm-ssd-${arch}`,
    description: () => `SUSE Linux Enterprise Server 15 ${servicePack.toUpperCase()} (HVM, 64-bit, SSD-Backed)`,
    every: 40,
    builds: 10,
    platformDetails: 'SUSE Linux',
    usageOperation: 'RunInstances:000g',
    bootMode: 'uefi-preferred',
    size: 10,
  };
}

function debian(release: string, builds: number): Series {
  return {
    ...LINUX,
    ownerId: OWNERS.debian,
    archs: BOTH,
    name: ({ arch, date, age }) => `debian-${release}-${debArch(arch)}-${date}-${2288 - age * 11}`,
    description: ({ date, age }) => `Debian ${release} (${date}-${2288 - age * 11})`,
    every: 12,
    builds,
    bootMode: 'uefi-preferred',
    root: '/dev/xvda',
    size: 8,
  };
}

function eks(version: string, flavour: string, arch: string): Series {
  return {
    ownerId: OWNERS.eks,
    ownerAlias: 'amazon',
    archs: [arch],
    name: ({ date }) => `amazon-eks-node-al2023-${arch}-${flavour}-${version}-v${date}`,
    description: () =>
      `EKS-optimized Kubernetes node based on Amazon Linux 2023, (k8s: ${version}.${below(6, version) + 2}, containerd: 2.1.*)`,
    every: 14,
    builds: 14,
    deprecatedAfter: TWO_YEARS,
    bootMode: 'uefi-preferred',
    imdsV2: true,
    root: '/dev/xvda',
    size: 20,
    volumeType: 'gp3',
  };
}

function bottlerocket(variant: string): Series {
  return {
    // The region's own account takes its place where the series is laid out.
    ownerId: 'bottlerocket',
    ownerAlias: 'amazon',
    archs: BOTH,
    name: ({ arch, age, hash }) =>
      `bottlerocket-${variant}-${arch === 'arm64' ? 'aarch64' : arch}-v1.${50 - age}.0-${hash}`,
    description: ({ age }) => `bottlerocket-${variant} v1.${50 - age}.0`,
    every: 21,
    builds: 10,
    deprecatedAfter: TWO_YEARS,
    bootMode: 'uefi-preferred',
    root: '/dev/xvda',
    size: 2,
    volumeType: 'gp2',
    further: [{ deviceName: '/dev/xvdb', ebs: { size: 20, type: 'gp2', encrypted: false, deleteOnTermination: true } }],
  };
}

function deepLearning(words: string, arch: string, size: number): Series {
  return {
    ...LINUX,
    ownerId: OWNERS.deepLearning,
    ownerAlias: 'amazon',
    archs: [arch],
    name: ({ date }) => `Deep Learning ${arch === 'arm64' ? 'ARM64 ' : ''}${words} ${date}`,
    description: () =>
      'Supported EC2 instances: G4dn, G5, G6, Gr6, G6e, P4d, P4de, P5, P5e, P5en, P6-B200. Release notes: https://docs.aws.amazon.com/dlami/latest/devguide/appendix-ami-release-notes.html',
    every: 18,
    builds: 14,
    bootMode: 'uefi-preferred',
    imdsV2: true,
    size,
    further: UBUNTU_DISKS,
  };
}

const KUBERNETES = ['1.29', '1.30', '1.31', '1.32', '1.33', '1.34'];

const FLATCAR_CHANNELS: Readonly<Record<string, string>> = {
  stable: '4459',
  beta: '4484',
  alpha: '4515',
  lts: '4081',
};

const MARKETPLACE_PRODUCTS = [
  ['Cisco Catalyst 8000V Edge', 'aw5z2ej3ugyqkk7ylgqk5ghmq'],
  ['FortiGate-VM64-AWS', '2wqkpek696qhdeo7lbbjncqli'],
  ['PA-VM-AWS', '6njl1pau431dv1qxipg63mvah'],
  ['WordPress Certified by Bitnami', '7d426cb7-9522-4dd7-a56b-55dd8cc1c8d0'],
  ['CIS Ubuntu Linux 24.04 LTS Benchmark - Level 1', 'dy5fztjqkb1e6k5b5ql8d1wxg'],
  ['OpenVPN Access Server', 'f2ew2wrz425a1jagnifd02u5t'],
] as const;

/** Series of all publishers, as they look in November 2026. */
export const PUBLIC_SERIES: readonly Series[] = [
  ubuntu('noble', '24.04', 'server', 'gp3', 62),
  ubuntu('noble', '24.04', 'minimal', 'gp3', 44),
  ubuntu('jammy', '22.04', 'server', 'gp2', 84),
  ubuntu('jammy', '22.04', 'minimal', 'gp2', 40),
  ubuntu('focal', '20.04', 'server', 'gp2', 40),
  ubuntu('plucky', '25.04', 'server', 'gp3', 16),
  ubuntu('questing', '25.10', 'server', 'gp3', 22),
  amazonLinux2023('6.1', false),
  amazonLinux2023('6.1', true),
  amazonLinux2023('6.12', false),
  amazonLinux2023('6.12', true),
  {
    ownerId: OWNERS.amazonLinux,
    ownerAlias: 'amazon',
    archs: BOTH,
    name: ({ arch, date }) => `amzn2-ami-kernel-5.10-hvm-2.0.${date}.0-${arch}-gp2`,
    description: ({ arch, date }) => `Amazon Linux 2 Kernel 5.10 AMI 2.0.${date}.0 ${arch} HVM gp2`,
    every: 21,
    builds: 30,
    deprecatedAfter: 365,
    root: '/dev/xvda',
    size: 8,
    volumeType: 'gp2',
  },
  ...['2016', '2019', '2022', '2025'].flatMap((version) => [
    windows(version, 'English-Full-Base'),
    windows(version, 'English-Core-Base'),
    windows(version, 'Japanese-Full-Base'),
    windows(version, 'German-Full-Base'),
  ]),
  ...sqlServer('2019', '2019'),
  ...sqlServer('2022', '2022'),
  ...sqlServer('2025', '2022'),
  windows('2022', 'English-Full-ECS_Optimized', 50),
  windows('2022', 'English-Full-EKS_Optimized-1.33', 50),
  redHat('8.10.0', 60),
  redHat('9.4.0', 45),
  redHat('9.6.0', 32),
  redHat('10.0.0', 35),
  ...['sp5', 'sp6', 'sp7'].map(suse),
  debian('11', 24),
  debian('12', 36),
  debian('13', 26),
  ...KUBERNETES.flatMap((version) => [
    eks(version, 'standard', 'x86_64'),
    eks(version, 'standard', 'arm64'),
    eks(version, 'nvidia', 'x86_64'),
    eks(version, 'neuron', 'x86_64'),
  ]),
  ...KUBERNETES.flatMap((version) => [bottlerocket(`aws-k8s-${version}`), bottlerocket(`aws-k8s-${version}-nvidia`)]),
  bottlerocket('aws-ecs-2'),
  bottlerocket('aws-ecs-2-nvidia'),
  {
    ownerId: OWNERS.ecs,
    ownerAlias: 'amazon',
    archs: BOTH,
    name: ({ arch, date }) => `al2023-ami-ecs-hvm-2023.0.${date}-kernel-6.1-${arch}`,
    description: ({ arch, date }) => `Amazon Linux AMI 2023.0.${date} ${arch} ECS HVM EBS`,
    every: 14,
    builds: 26,
    deprecatedAfter: TWO_YEARS,
    bootMode: 'uefi-preferred',
    imdsV2: true,
    root: '/dev/xvda',
    size: 30,
    volumeType: 'gp3',
  },
  {
    ownerId: OWNERS.ecs,
    ownerAlias: 'amazon',
    archs: INTEL,
    name: ({ date }) => `amzn2-ami-ecs-kernel-5.10-hvm-2.0.${date}-x86_64-ebs`,
    description: ({ date }) => `Amazon Linux AMI 2.0.${date} x86_64 ECS HVM GP2`,
    every: 14,
    builds: 26,
    deprecatedAfter: 365,
    root: '/dev/xvda',
    size: 30,
    volumeType: 'gp2',
  },
  deepLearning('Base OSS Nvidia Driver GPU AMI (Ubuntu 24.04)', 'x86_64', 45),
  deepLearning('Base OSS Nvidia Driver GPU AMI (Ubuntu 22.04)', 'x86_64', 45),
  deepLearning('Base OSS Nvidia Driver GPU AMI (Ubuntu 22.04)', 'arm64', 45),
  deepLearning('Base OSS Nvidia Driver GPU AMI (Amazon Linux 2023)', 'x86_64', 75),
  deepLearning('OSS Nvidia Driver AMI GPU PyTorch 2.8 (Ubuntu 24.04)', 'x86_64', 75),
  deepLearning('AMI Neuron (Ubuntu 22.04)', 'x86_64', 75),
  {
    ...LINUX,
    ownerId: OWNERS.rocky,
    archs: BOTH,
    name: ({ arch, date }) => `Rocky-9-EC2-Base-9.6-${date}.0.${arch === 'arm64' ? 'aarch64' : arch}`,
    description: ({ date }) => `Rocky-9-EC2-Base-9.6-${date}.0`,
    every: 45,
    builds: 8,
    bootMode: 'uefi-preferred',
    size: 10,
  },
  {
    ...LINUX,
    ownerId: OWNERS.rocky,
    archs: BOTH,
    name: ({ arch, date }) => `Rocky-8-EC2-Base-8.10-${date}.0.${arch === 'arm64' ? 'aarch64' : arch}`,
    every: 90,
    builds: 6,
    size: 10,
  },
  ...['8.10', '9.6', '10.0'].map(
    (version): Series => ({
      ...LINUX,
      ownerId: OWNERS.alma,
      archs: BOTH,
      name: ({ arch, date }) => `AlmaLinux OS ${version}.${date} ${arch === 'arm64' ? 'aarch64' : arch}`,
      description: ({ arch }) => `AlmaLinux OS ${version} ${arch} official image`,
      every: 35,
      builds: 10,
      bootMode: 'uefi-preferred',
      size: 10,
    }),
  ),
  ...['41', '42', '43'].map(
    (version): Series => ({
      ...LINUX,
      ownerId: OWNERS.fedora,
      archs: BOTH,
      name: ({ arch, date }) =>
        `Fedora-Cloud-Base-AmazonEC2.${arch === 'arm64' ? 'aarch64' : arch}-${version}-${date}.0`,
      every: 8,
      builds: 24,
      deprecatedAfter: 90,
      bootMode: 'uefi-preferred',
      size: 6,
    }),
  ),
  ...['9', '10'].map(
    (version): Series => ({
      ...LINUX,
      ownerId: OWNERS.fedora,
      archs: BOTH,
      name: ({ arch, date }) => `CentOS Stream ${version} ${arch === 'arm64' ? 'aarch64' : arch} ${date}`,
      description: ({ arch, date }) => `CentOS Stream ${version} ${arch} ${date}`,
      every: 7,
      builds: 24,
      bootMode: 'uefi-preferred',
      size: 10,
    }),
  ),
  ...['14.3-RELEASE', '15.0-RELEASE'].map(
    (version): Series => ({
      ...LINUX,
      ownerId: OWNERS.freebsd,
      archs: BOTH,
      name: ({ arch, age }) =>
        `FreeBSD ${version}${age === 0 ? '' : `-p${age}`}-${arch === 'arm64' ? 'arm64' : 'amd64'} UEFI-PREFERRED base UFS`,
      description: ({ hash }) => `FreeBSD/EC2@${hash}`,
      every: 28,
      builds: 7,
      bootMode: 'uefi-preferred',
      size: 10,
    }),
  ),
  ...Object.entries(FLATCAR_CHANNELS).map(
    ([channel, major]): Series => ({
      ...LINUX,
      ownerId: OWNERS.flatcar,
      archs: BOTH,
      name: ({ arch, age }) =>
        `Flatcar-${channel}-${Number(major) - age}.2.${age % 5}-hvm${arch === 'arm64' ? '-arm64' : ''}`,
      description: ({ age }) => `Flatcar Container Linux ${channel} ${Number(major) - age}.2.${age % 5} (HVM)`,
      every: 21,
      builds: 16,
      root: '/dev/xvda',
      size: 8,
      further: ephemeral('/dev/xvdb'),
    }),
  ),
  ...['25.05', '26.05'].map(
    (version): Series => ({
      ...LINUX,
      ownerId: OWNERS.nixos,
      archs: BOTH,
      name: ({ arch, hash, age }) =>
        `nixos/${version}.${8000 - age * 37}.${hash.slice(0, 7)}-${arch === 'arm64' ? 'aarch64' : arch}-linux`,
      every: 7,
      builds: 26,
      deprecatedAfter: 90,
      bootMode: 'uefi-preferred',
      root: '/dev/xvda',
      size: 5,
    }),
  ),
  {
    ...LINUX,
    ownerId: OWNERS.talos,
    archs: BOTH,
    name: ({ arch, age, region }) => `talos-v1.${12 - Math.floor(age / 5)}.${4 - (age % 5)}-${region}-${debArch(arch)}`,
    description: ({ age }) => `Talos AMI v1.${12 - Math.floor(age / 5)}.${4 - (age % 5)}`,
    every: 20,
    builds: 20,
    root: '/dev/xvda',
    size: 10,
  },
  ...['OL8.10', 'OL9.6', 'OL10.0'].map(
    (version): Series => ({
      ...LINUX,
      ownerId: OWNERS.oracle,
      archs: INTEL,
      name: ({ date, year, month, day }) => `${version}-x86_64-HVM-${date ? `${year}-${month}-${day}` : ''}`,
      description: () => `Oracle Linux ${version.slice(2)} update image`,
      every: 90,
      builds: 7,
      size: 15,
    }),
  ),
  ...['14.8', '15.7', '26.1'].map(
    (version): Series => ({
      ownerId: OWNERS.macos,
      ownerAlias: 'amazon',
      archs: version === '26.1' ? ['arm64_mac'] : ['x86_64_mac', 'arm64_mac'],
      name: ({ arch, date, hash }) =>
        `amzn-ec2-macos-${version}-${date}-${Number.parseInt(hash.slice(0, 5), 16)}${arch === 'arm64_mac' ? '-arm64' : ''}`,
      description: () => `macOS ${version} AMI provided by Amazon Web Services`,
      every: 35,
      builds: 7,
      deprecatedAfter: TWO_YEARS,
      root: '/dev/sda1',
      size: 100,
      volumeType: 'gp3',
    }),
  ),
  ...MARKETPLACE_PRODUCTS.map(
    ([product, productCode]): Series => ({
      ...LINUX,
      ownerId: OWNERS.marketplace,
      ownerAlias: 'aws-marketplace',
      archs: INTEL,
      name: ({ date, hash }) => `${product}-${date}-prod-${hash.slice(0, 6)}${hash.slice(2, 8)}`,
      description: () => product,
      every: 50,
      builds: 9,
      size: 16,
      volumeType: 'gp2',
      productCode,
    }),
  ),
  // Images of the years before HVM and EBS, which nobody has removed.
  {
    ownerId: OWNERS.canonical,
    archs: INTEL,
    name: ({ date }) => `ubuntu/images/instance-store/ubuntu-trusty-14.04-amd64-server-${date}`,
    every: 60,
    builds: 3,
    deprecatedAfter: 1,
    root: '/dev/sda1',
    size: 0,
    volumeType: 'standard',
    rootDeviceType: 'instance-store',
    virtualizationType: 'paravirtual',
  },
];

/** Accounts nobody knows that publish images named like those of Canonical, Amazon and Debian (the whoAMI attack). */
export const LOOK_ALIKES: readonly Series[] = [
  ['341275689012', 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server', '-'],
  ['341275689012', 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server', '-'],
  ['864205771934', 'al2023-ami-2023.9', '.'],
  ['275610984433', 'debian-12-amd64', '-'],
  ['590142876301', 'Windows_Server-2022-English-Full-Base-patched', '-'],
].map(([ownerId, stem, separator]) => ({
  ...LINUX,
  ownerId: ownerId ?? '',
  archs: INTEL,
  name: ({ date }: Build) => `${stem}${separator}${date}`,
  description: ({ hash }: Build) => pick(['Golden image', 'Patched, ready to use', ''], hash),
  every: 3,
  builds: 2,
  size: 8,
}));

export const LOOK_ALIKE_OWNERS: ReadonlySet<string> = new Set(LOOK_ALIKES.map(({ ownerId }) => ownerId));
