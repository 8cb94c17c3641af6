import { kubernetesVersions } from './kubernetesVersions.ts';
import { ec2Architectures, type FamilyPattern, kernelArchitectures, perArchitecture } from './publicFamilyPattern.ts';

/**
 * Amazon's series. The names come from moto's copies of the real lists (Amazon Linux, ECS), the SSM parameters under
 * `/aws/service`, the releases of awslabs/amazon-eks-ami and bottlerocket-os, and the DLAMI release notes.
 */

const [x86_64 = { ec2: 'x86_64', inName: 'x86_64', label: 'x86_64' } as const] = ec2Architectures;

function amazonLinux(slug: string, label: string, make: (architecture: string) => readonly string[]) {
  return perArchitecture('amazon-linux', ec2Architectures, slug, label, make);
}

const al2023Kernels = ['6.18', '6.12', '6.1'];

const amazonLinuxFamilies: readonly FamilyPattern[] = [
  ...al2023Kernels.flatMap((kernel) =>
    amazonLinux(`al2023-kernel-${kernel}`, `Amazon Linux 2023 (kernel ${kernel})`, (architecture) => [
      `al2023-ami-2023.*-kernel-${kernel}-${architecture}`,
    ]),
  ),
  ...al2023Kernels.flatMap((kernel) =>
    amazonLinux(`al2023-minimal-kernel-${kernel}`, `Amazon Linux 2023 minimal (kernel ${kernel})`, (architecture) => [
      `al2023-ami-minimal-2023.*-kernel-${kernel}-${architecture}`,
    ]),
  ),
  ...amazonLinux('al2-kernel-5.10', 'Amazon Linux 2 (kernel 5.10)', (architecture) => [
    `amzn2-ami-kernel-5.10-hvm-2.*-${architecture}-gp2`,
  ]),
  ...amazonLinux('al2-kernel-4.14', 'Amazon Linux 2 (kernel 4.14)', (architecture) => [
    `amzn2-ami-hvm-2.*-${architecture}-gp2`,
  ]),
  ...amazonLinux('al2-minimal', 'Amazon Linux 2 minimal', (architecture) => [
    `amzn2-ami-minimal-hvm-2.*-${architecture}-*`,
    `amzn2-ami-minimal-kernel-5.10-hvm-2.*-${architecture}-*`,
  ]),
];

interface WindowsVersion {
  readonly version: string;
  readonly sql: readonly string[];
}

const windowsVersions: readonly WindowsVersion[] = [
  { version: '2025', sql: ['2025', '2022'] },
  { version: '2022', sql: ['2022', '2019', '2017'] },
  { version: '2019', sql: ['2022', '2019', '2017', '2016'] },
  { version: '2016', sql: ['2019', '2017', '2016'] },
];

function windows(slug: string, label: string, namePattern: string): FamilyPattern {
  return { publisherId: 'windows', slug, label, namePatterns: [namePattern], architecture: x86_64.ec2 };
}

const windowsFamilies: readonly FamilyPattern[] = windowsVersions.flatMap(({ version, sql }) => {
  const name = `Windows_Server-${version}-English`;
  const label = `Windows Server ${version}`;
  return [
    windows(`${version}-full`, `${label} English Full Base`, `${name}-Full-Base-*`),
    windows(`${version}-core`, `${label} English Core Base`, `${name}-Core-Base-*`),
    ...sql.map((release) =>
      windows(`${version}-sql-${release}`, `${label} with SQL Server ${release}`, `${name}-Full-SQL_${release}_*`),
    ),
    windows(`${version}-ecs`, `${label} for ECS`, `${name}-*-ECS_Optimized-*`),
    windows(`${version}-eks`, `${label} for EKS`, `${name}-*-EKS_Optimized-*`),
    windows(`${version}-tpm`, `${label} with TPM`, `TPM-${name}-*-Base-*`),
    windows(`${version}-languages`, `${label} Full Base, all languages`, `Windows_Server-${version}-*-Full-Base-*`),
  ];
});

const ecsFamilies: readonly FamilyPattern[] = [
  ...perArchitecture('ecs', ec2Architectures, 'al2023', 'ECS on Amazon Linux 2023', (architecture) => [
    `al2023-ami-ecs-hvm-2023.*-${architecture}`,
  ]),
  ...perArchitecture('ecs', [x86_64], 'al2023-gpu', 'ECS on Amazon Linux 2023 (GPU)', () => [
    'al2023-ami-ecs-gpu-hvm-2023.*',
  ]),
  ...perArchitecture('ecs', [x86_64], 'al2023-neuron', 'ECS on Amazon Linux 2023 (Neuron)', () => [
    'al2023-ami-ecs-neuron-hvm-2023.*',
  ]),
  ...perArchitecture('ecs', ec2Architectures, 'al2-kernel-5.10', 'ECS on Amazon Linux 2 (kernel 5.10)', () => [
    'amzn2-ami-ecs-kernel-5.10-hvm-2.*',
  ]),
  ...perArchitecture('ecs', ec2Architectures, 'al2', 'ECS on Amazon Linux 2', () => ['amzn2-ami-ecs-hvm-2.*']),
  ...perArchitecture('ecs', [x86_64], 'al2-gpu', 'ECS on Amazon Linux 2 (GPU)', () => [
    'amzn2-ami-ecs-gpu-hvm-2.*',
    'amzn2-ami-ecs-kernel-5.10-gpu-hvm-2.*',
  ]),
];

const eksFamilies: readonly FamilyPattern[] = kubernetesVersions.flatMap((version) => [
  ...perArchitecture('eks', ec2Architectures, `${version}-standard`, `EKS ${version}`, (architecture) => [
    `amazon-eks-node-al2023-${architecture}-standard-${version}-v*`,
  ]),
  ...perArchitecture('eks', ec2Architectures, `${version}-nvidia`, `EKS ${version} (NVIDIA)`, (architecture) => [
    `amazon-eks-node-al2023-${architecture}-nvidia-${version}-v*`,
  ]),
  ...perArchitecture('eks', [x86_64], `${version}-neuron`, `EKS ${version} (Neuron)`, (architecture) => [
    `amazon-eks-node-al2023-${architecture}-neuron-${version}-v*`,
  ]),
]);

const bottlerocketFamilies: readonly FamilyPattern[] = [
  ...kubernetesVersions.flatMap((version) =>
    [
      { slug: '', label: '', part: '' },
      { slug: '-nvidia', label: ' (NVIDIA)', part: '-nvidia' },
      { slug: '-fips', label: ' (FIPS)', part: '-fips' },
    ].flatMap((variant) =>
      perArchitecture(
        'bottlerocket',
        kernelArchitectures,
        `k8s-${version}${variant.slug}`,
        `Bottlerocket for Kubernetes ${version}${variant.label}`,
        (architecture) => [`bottlerocket-aws-k8s-${version}${variant.part}-${architecture}-v*`],
      ),
    ),
  ),
  ...perArchitecture('bottlerocket', kernelArchitectures, 'ecs', 'Bottlerocket for ECS', (architecture) => [
    `bottlerocket-aws-ecs-?-${architecture}-v*`,
  ]),
  ...perArchitecture(
    'bottlerocket',
    kernelArchitectures,
    'ecs-nvidia',
    'Bottlerocket for ECS (NVIDIA)',
    (architecture) => [`bottlerocket-aws-ecs-?-nvidia-${architecture}-v*`],
  ),
];

const deepLearningSystems = [
  { slug: 'ubuntu-24.04', name: 'Ubuntu 24.04' },
  { slug: 'ubuntu-22.04', name: 'Ubuntu 22.04' },
  { slug: 'al2023', name: 'Amazon Linux 2023' },
];

const deepLearningFamilies: readonly FamilyPattern[] = deepLearningSystems.flatMap(({ slug, name }) => [
  ...perArchitecture('deep-learning', [x86_64], `base-${slug}`, `Deep Learning Base GPU (${name})`, () => [
    `Deep Learning Base OSS Nvidia Driver GPU AMI (${name}) *`,
    `Deep Learning Base AMI with Single CUDA (${name}) *`,
  ]),
  ...perArchitecture(
    'deep-learning',
    ec2Architectures.filter(({ ec2 }) => ec2 === 'arm64'),
    `base-${slug}`,
    `Deep Learning Base GPU (${name})`,
    () => [`Deep Learning ARM64 Base * (${name}) *`],
  ),
  ...perArchitecture('deep-learning', ec2Architectures, `pytorch-${slug}`, `Deep Learning PyTorch (${name})`, () => [
    `Deep Learning *PyTorch * (${name}) *`,
  ]),
  ...perArchitecture('deep-learning', [x86_64], `tensorflow-${slug}`, `Deep Learning TensorFlow (${name})`, () => [
    `Deep Learning *TensorFlow * (${name}) *`,
  ]),
  ...perArchitecture('deep-learning', [x86_64], `neuron-${slug}`, `Deep Learning Neuron (${name})`, () => [
    `Deep Learning *Neuron* (${name}) *`,
  ]),
]);

/** Apple's names; version 26 follows 15. */
export const macVersions = [
  { version: '26', name: 'Tahoe' },
  { version: '15', name: 'Sequoia' },
  { version: '14', name: 'Sonoma' },
  { version: '13', name: 'Ventura' },
];

const macFamilies: readonly FamilyPattern[] = macVersions.flatMap(({ version, name }) =>
  perArchitecture(
    'macos',
    [
      { ec2: 'arm64_mac', inName: '', label: 'arm64' },
      { ec2: 'x86_64_mac', inName: '', label: 'x86_64' },
    ],
    version,
    `macOS ${version} ${name}`,
    () => [`amzn-ec2-macos-${version}.*`],
  ),
);

export const amazonFamilies: readonly FamilyPattern[] = [
  ...amazonLinuxFamilies,
  ...windowsFamilies,
  ...ecsFamilies,
  ...eksFamilies,
  ...bottlerocketFamilies,
  ...deepLearningFamilies,
  ...macFamilies,
];
