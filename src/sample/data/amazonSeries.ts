import { below } from './identifiers.ts';
import { BOTH, BOTTLEROCKET, ephemeral, INTEL, LINUX, OWNERS, type Series, TWO_YEARS, UBUNTU_DISKS } from './series.ts';

const WINDOWS_DISKS = ephemeral(...[...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `xvdc${letter}`));

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
    ownerId: BOTTLEROCKET,
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

function ecsOnAmazonLinux2023(flavour: string, kernel: string, archs: readonly string[], builds: number): Series {
  return {
    ownerId: OWNERS.ecs,
    ownerAlias: 'amazon',
    archs,
    name: ({ arch, date }) =>
      `al2023-ami-ecs-${flavour}hvm-2023.0.${date}-kernel-${kernel}-${arch}${flavour === 'gpu-' ? '-ebs' : ''}`,
    description: ({ arch, date }) => `Amazon Linux AMI 2023.0.${date} ${arch} ECS HVM EBS`,
    every: 14,
    builds,
    deprecatedAfter: TWO_YEARS,
    bootMode: 'uefi-preferred',
    imdsV2: true,
    root: '/dev/xvda',
    size: 30,
    volumeType: 'gp3',
  };
}

function ecsOnAmazonLinux2(flavour: string, archs: readonly string[], builds: number): Series {
  return {
    ownerId: OWNERS.ecs,
    ownerAlias: 'amazon',
    archs,
    name: ({ arch, date }) => `amzn2-ami-ecs-${flavour}hvm-2.0.${date}-${arch}-ebs`,
    description: ({ arch, date }) => `Amazon Linux AMI 2.0.${date} ${arch} ECS HVM GP2`,
    every: 14,
    builds,
    deprecatedAfter: 365,
    root: '/dev/xvda',
    size: 30,
    volumeType: 'gp2',
  };
}

const KUBERNETES = ['1.29', '1.30', '1.31', '1.32', '1.33', '1.34'];

const MARKETPLACE_PRODUCTS = [
  ['Cisco Catalyst 8000V Edge', 'aw5z2ej3ugyqkk7ylgqk5ghmq'],
  ['FortiGate-VM64-AWS', '2wqkpek696qhdeo7lbbjncqli'],
  ['PA-VM-AWS', '6njl1pau431dv1qxipg63mvah'],
  ['WordPress Certified by Bitnami', '7d426cb7-9522-4dd7-a56b-55dd8cc1c8d0'],
  ['CIS Ubuntu Linux 24.04 LTS Benchmark - Level 1', 'dy5fztjqkb1e6k5b5ql8d1wxg'],
  ['OpenVPN Access Server', 'f2ew2wrz425a1jagnifd02u5t'],
] as const;

/** The series of Amazon and the AWS Marketplace, as of November 2026. */
export const AMAZON_SERIES: readonly Series[] = [
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
    ended: 143,
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
  ...KUBERNETES.flatMap((version) => [
    eks(version, 'standard', 'x86_64'),
    eks(version, 'standard', 'arm64'),
    eks(version, 'nvidia', 'x86_64'),
    eks(version, 'nvidia', 'arm64'),
    eks(version, 'neuron', 'x86_64'),
  ]),
  ...KUBERNETES.flatMap((version) => [bottlerocket(`aws-k8s-${version}`), bottlerocket(`aws-k8s-${version}-nvidia`)]),
  ...['1.33', '1.34'].map((version) => bottlerocket(`aws-k8s-${version}-fips`)),
  bottlerocket('aws-ecs-2'),
  bottlerocket('aws-ecs-2-nvidia'),
  ecsOnAmazonLinux2023('', '6.1', BOTH, 26),
  ecsOnAmazonLinux2023('', '6.12', BOTH, 2),
  ecsOnAmazonLinux2023('gpu-', '6.1', INTEL, 8),
  ecsOnAmazonLinux2023('neuron-', '6.1', INTEL, 8),
  ecsOnAmazonLinux2('kernel-5.10-', INTEL, 26),
  ecsOnAmazonLinux2('kernel-5.10-', ['arm64'], 4),
  ecsOnAmazonLinux2('kernel-5.10-gpu-', INTEL, 4),
  ecsOnAmazonLinux2('gpu-', INTEL, 4),
  ecsOnAmazonLinux2('inf-', INTEL, 4),
  deepLearning('Base OSS Nvidia Driver GPU AMI (Ubuntu 24.04)', 'x86_64', 45),
  deepLearning('Base OSS Nvidia Driver GPU AMI (Ubuntu 22.04)', 'x86_64', 45),
  deepLearning('Base OSS Nvidia Driver GPU AMI (Ubuntu 22.04)', 'arm64', 45),
  deepLearning('Base OSS Nvidia Driver GPU AMI (Amazon Linux 2023)', 'x86_64', 75),
  deepLearning('OSS Nvidia Driver AMI GPU PyTorch 2.8 (Ubuntu 24.04)', 'x86_64', 75),
  deepLearning('AMI Neuron (Ubuntu 22.04)', 'x86_64', 75),
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
      // All images of a product have the product's id.
      name: ({ date }) => `${product}-${date}-prod-${productCode.replaceAll('-', '').slice(0, 13)}`,
      description: () => product,
      every: 50,
      builds: 9,
      size: 16,
      volumeType: 'gp2',
      productCode,
    }),
  ),
];
