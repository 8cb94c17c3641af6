import { AMAZON_SERIES } from './amazonSeries.ts';
import { pick } from './identifiers.ts';
import { type Build, INTEL, LINUX, type Series } from './series.ts';
import { VENDOR_SERIES } from './vendorSeries.ts';

/** Series of well-known publishers. */
export const PUBLIC_SERIES: readonly Series[] = [...AMAZON_SERIES, ...VENDOR_SERIES];

/** Unknown accounts with images named like those of Canonical, Amazon and Debian (the whoAMI attack). */
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
