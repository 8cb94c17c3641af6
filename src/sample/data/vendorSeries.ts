import { BOTH, ephemeral, INTEL, LINUX, OWNERS, type Series, UBUNTU_DISKS } from './series.ts';

function debArch(arch: string): string {
  return arch === 'x86_64' ? 'amd64' : arch;
}

function ubuntu(
  code: string,
  version: string,
  kind: string,
  storage: 'gp2' | 'gp3',
  builds: number,
  ended = 0,
): Series {
  const directory = `${kind === 'server' ? 'ubuntu' : `ubuntu-${kind}`}/images`;
  const ssd = storage === 'gp3' ? 'hvm-ssd-gp3' : 'hvm-ssd';
  const words = kind === 'minimal' ? 'Minimal Ubuntu' : 'Ubuntu';
  return {
    ...LINUX,
    ownerId: OWNERS.canonical,
    archs: BOTH,
    name: ({ arch, date }) => `${directory}/${ssd}/ubuntu-${code}-${version}-${debArch(arch)}-${kind}-${date}`,
    description: ({ arch, date }) =>
      `Canonical, ${words}, ${version}${/[02468]\.04$/.test(version) ? ' LTS' : ''}, ${debArch(arch)} ${code} image build on ${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
    every: 9,
    builds,
    ended,
    volumeType: storage,
    size: 8,
    bootMode: 'uefi-preferred',
    imdsV2: version >= '24.04',
    freeTier: kind === 'server',
    further: UBUNTU_DISKS,
  };
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

function debian(release: string, builds: number, ended = 0): Series {
  return {
    ...LINUX,
    ownerId: OWNERS.debian,
    archs: BOTH,
    name: ({ arch, date, age }) => `debian-${release}-${debArch(arch)}-${date}-${2288 - age * 11}`,
    description: ({ date, age }) => `Debian ${release} (${date}-${2288 - age * 11})`,
    every: 12,
    builds,
    ended,
    bootMode: 'uefi-preferred',
    root: '/dev/xvda',
    size: 8,
  };
}

const FLATCAR_CHANNELS: Readonly<Record<string, string>> = {
  stable: '4459',
  beta: '4484',
  alpha: '4515',
  lts: '4081',
};

/** The series of other publishers, as of November 2026. */
export const VENDOR_SERIES: readonly Series[] = [
  ubuntu('resolute', '26.04', 'server', 'gp3', 23),
  ubuntu('resolute', '26.04', 'minimal', 'gp3', 23),
  ubuntu('questing', '25.10', 'server', 'gp3', 30, 130),
  ubuntu('plucky', '25.04', 'server', 'gp3', 24, 308),
  ubuntu('noble', '24.04', 'pro-server', 'gp3', 6),
  ubuntu('noble', '24.04', 'server', 'gp3', 62),
  ubuntu('noble', '24.04', 'minimal', 'gp3', 44),
  ubuntu('jammy', '22.04', 'server', 'gp2', 84),
  ubuntu('jammy', '22.04', 'minimal', 'gp2', 40),
  ubuntu('focal', '20.04', 'server', 'gp2', 40, 538),
  redHat('8.10.0', 60),
  redHat('9.4.0', 45),
  redHat('9.6.0', 32),
  redHat('10.0.0', 35),
  ...['sp5', 'sp6', 'sp7'].map(suse),
  debian('11', 24, 80),
  debian('12', 36),
  debian('13', 26),
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
      name: ({ year, month, day }) => `${version}-x86_64-HVM-${year}-${month}-${day}`,
      description: () => `Oracle Linux ${version.slice(2)} update image`,
      every: 90,
      builds: 7,
      size: 15,
    }),
  ),
  // Images from the years before HVM and EBS that still exist.
  {
    ownerId: OWNERS.canonical,
    archs: INTEL,
    name: ({ date }) => `ubuntu/images/instance-store/ubuntu-trusty-14.04-amd64-server-${date}`,
    every: 60,
    builds: 3,
    ended: 4200,
    deprecatedAfter: 1,
    root: '/dev/sda1',
    size: 0,
    volumeType: 'standard',
    rootDeviceType: 'instance-store',
    virtualizationType: 'paravirtual',
  },
];
