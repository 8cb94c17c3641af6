import { ownersOf, type Publisher, publishersIn } from './publishers.ts';
import type { Partition } from './regions.ts';

const languages =
  'Chinese|Czech|Dutch|English|French|German|Hungarian|Italian|Japanese|Korean|Polish|Portuguese|Russian|Spanish|Swedish|Turkish';

/**
 * How patterns begin that ask for the names of one well-known publisher, by the publisher's id: whole words of its names,
 * or a wildcard where the next one would begin. Not `aws-*`, `RHEL*` or `debian-12-golden-*`, which are anybody's as well;
 * not `CentOS Linux`, whose images are those of the CentOS project or of the Marketplace. Sources as of `publicFamilies*.ts`,
 * and for older series the same publishers' documentation.
 */
const beginnings: Readonly<Record<string, readonly RegExp[]>> = {
  amazon: [
    /^al20(?:22|23|\?\?)-ami(?:\*|-(?:\*|2|minimal-|ecs-|kernel-|hvm-))/,
    /^amzn-ami(?:\*|-(?:\*|20|hvm[-*]|pv-|minimal-|graphics-|vpc-nat[-*]|nat-))/,
    /^amzn2-(?:ami(?:\*|-(?:\*|hvm[-*]|kernel-|minimal-|ecs-))|x86_64-)/,
    /^amzn-ec2-macos-[\d*]/,
    /^amazon-eks-(?:\*|(?:arm64-|gpu-)?node-)/,
    /^bottlerocket-aws-/,
    new RegExp(
      `^(?:TPM-|EC2LaunchV2-)?Windows_Server-(?:\\*|(?:20\\d\\d|1[789]\\d\\d)(?:\\*|-(?:\\*|R2_|RTM-|SP\\d-|${languages})))`,
    ),
    /^Deep Learning (?:\*|AMI|Base|OSS|ARM64|Proprietary)/,
    /^aws-elasticbeanstalk-(?:\*|amzn)/,
    /^aws-parallelcluster-[\d*]/,
  ],
  canonical: [/^ubuntu\/(?:\*|images[-/*])/, /^ubuntu-(?:minimal|eks|core|pro)[a-z*-]*\//],
  'red-hat': [/^RHEL(?:_HA|-HA|-SAP)?-(?:\*|(?:[6-9]|10)[\d.?]*(?:\*|_))/],
  // Older releases have another owner, and so have those of FreeBSD.
  debian: [/^debian-1\d(?:\*|-(?:\*|amd64|arm64|backports-))/],
  suse: [/^suse-(?:sles|sle-micro)-(?:\*|\d|sap-|chost-|hpc-)/],
  rocky: [/^Rocky-(?:8|9|10)(?:\*|-(?:\*|EC2-|ec2-))/],
  almalinux: [/^AlmaLinux OS(?:\*| (?:\*|8|9|10))/],
  fedora: [/^Fedora-Cloud-Base-(?:\*|\d|AmazonEC2|Rawhide)/, /^fedora-coreos-[\d*]/],
  centos: [/^CentOS Stream (?:\*|8|9|10)/],
  oracle: [/^OL(?:7|8|9|10)\.[\d*?]/],
  freebsd: [/^FreeBSD 1[345](?:\.|\*)/],
  flatcar: [/^Flatcar-(?:stable|lts|beta|alpha)-[\d*]/],
  nixos: [/^nixos\/(?:\*|\d\d)/, /^NixOS-[\d*]/],
  talos: [/^talos-v[\d*]/],
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
  if (patterns.length === 0) return undefined;
  const isOf = (known: readonly RegExp[]) => patterns.every((pattern) => known.some((test) => test.test(pattern)));
  const [id] = Object.entries(beginnings).find(([, known]) => isOf(known)) ?? [];
  const publisher = publishersIn(partition).find((other) => other.id === id);
  const [owner] = publisher ? ownersOf(publisher, partition) : [];
  return publisher && owner !== undefined ? { owner, publisher } : undefined;
}
