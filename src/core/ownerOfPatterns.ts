import { ownersOf, type Publisher, publishersIn } from './publishers.ts';
import type { Partition } from './regions.ts';

/**
 * Beginnings of names that one well-known publisher alone gives its images, by the publisher's id. Sources as of
 * `publicFamilies*.ts`, and for older series the same publishers' documentation. Not `CentOS Linux`, whose images are
 * those of the CentOS project or of the Marketplace.
 */
const beginnings: Readonly<Record<string, readonly string[]>> = {
  amazon: [
    ...['al2022-ami-', 'al2023-ami-', 'amzn-ami-', 'amzn2-ami-', 'amzn-ec2-macos-', 'amazon-eks-', 'bottlerocket-aws-'],
    ...['Windows_Server-', 'TPM-Windows_Server-', 'Deep Learning AMI ', 'Deep Learning Base ', 'Deep Learning OSS '],
    ...['Deep Learning ARM64 ', 'aws-elasticbeanstalk-', 'aws-parallelcluster-', 'EC2LaunchV2-Windows_Server-'],
  ],
  canonical: [
    ...['ubuntu/images/', 'ubuntu/images-', 'ubuntu-minimal/images', 'ubuntu-pro-', 'ubuntu-eks/', 'ubuntu-eks-pro/'],
    'ubuntu-core/',
  ],
  'red-hat': ['RHEL-', 'RHEL_HA-', 'RHEL-SAP-'],
  // Older releases have another owner, and so have those of FreeBSD.
  debian: ['debian-1'],
  suse: ['suse-sles-', 'suse-sle-micro-'],
  rocky: ['Rocky-8-', 'Rocky-9-', 'Rocky-10-'],
  almalinux: ['AlmaLinux OS '],
  fedora: ['Fedora-Cloud-Base-', 'fedora-coreos-'],
  centos: ['CentOS Stream '],
  oracle: ['OL7.', 'OL8.', 'OL9.', 'OL10.'],
  freebsd: ['FreeBSD 13', 'FreeBSD 14', 'FreeBSD 15'],
  flatcar: ['Flatcar-stable-', 'Flatcar-lts-', 'Flatcar-beta-', 'Flatcar-alpha-'],
  nixos: ['nixos/', 'NixOS-'],
  talos: ['talos-v'],
};

/** A publisher and the value for DescribeImages' `Owners` that stands for it. */
export interface PatternOwner {
  readonly owner: string;
  readonly publisher: Publisher;
}

/**
 * The publisher whose images all of these values of the filter `name` ask for; undefined where they may ask for those of
 * others, or the publisher is not known in the partition.
 */
export function ownerOfPatterns(patterns: readonly string[], partition: Partition): PatternOwner | undefined {
  const fixed = patterns.map((pattern) => /^[^*?\\]*/.exec(pattern)?.[0] ?? '');
  if (fixed.length === 0) return undefined;
  const [id] = Object.entries(beginnings).find(([, known]) => fixed.every((text) => isOf(text, known))) ?? [];
  const publisher = publishersIn(partition).find((other) => other.id === id);
  const [owner] = publisher ? ownersOf(publisher, partition) : [];
  return publisher && owner !== undefined ? { owner, publisher } : undefined;
}

function isOf(fixed: string, known: readonly string[]): boolean {
  // A pattern may end within a beginning: `amzn2-ami*`, `RHEL*`.
  return known.some((text) => fixed.startsWith(text) || (text.startsWith(fixed) && fixed.length >= 4));
}
