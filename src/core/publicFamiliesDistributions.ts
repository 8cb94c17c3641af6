import {
  debianArchitectures,
  ec2Architectures,
  type FamilyPattern,
  kernelArchitectures,
  perArchitecture,
} from './publicFamilyPattern.ts';

/**
 * The series of Linux distributions and FreeBSD. The names come from the publishers' documentation: Canonical's
 * ubuntu-cloud-docs, wiki.debian.org/Cloud/AmazonEC2Image, access.redhat.com/solutions/15356, SUSE's `pint` service,
 * fedoraproject.org and centos.org downloads, rockylinux.org, wiki.almalinux.org/cloud/AWS, freebsd.org release notes,
 * flatcar.org, nixos.github.io/amis, talos.dev, Oracle's image list.
 */

interface UbuntuRelease {
  readonly version: string;
  /** `*` where the code name is unknown: the version is enough. */
  readonly codeName: string;
  readonly lts: boolean;
}

const ubuntuReleases: readonly UbuntuRelease[] = [
  { version: '26.10', codeName: '*', lts: false },
  { version: '26.04', codeName: 'resolute', lts: true },
  { version: '24.04', codeName: 'noble', lts: true },
  { version: '22.04', codeName: 'jammy', lts: true },
  { version: '20.04', codeName: 'focal', lts: true },
];

const ubuntuFlavours = [
  { slug: '', label: '', folder: 'ubuntu', part: 'server', ltsOnly: false },
  { slug: '-minimal', label: ' minimal', folder: 'ubuntu-minimal', part: 'minimal', ltsOnly: false },
  { slug: '-pro', label: ' Pro', folder: 'ubuntu-pro-server', part: 'pro-server', ltsOnly: true },
  { slug: '-pro-minimal', label: ' Pro minimal', folder: 'ubuntu-pro-minimal', part: 'pro-minimal', ltsOnly: true },
];

// `hvm-ssd*` also finds `hvm-ssd-gp3`, the path of releases since 24.04.
const ubuntuFamilies: readonly FamilyPattern[] = [
  ...ubuntuFlavours.flatMap((flavour) =>
    ubuntuReleases
      .filter((release) => release.lts || !flavour.ltsOnly)
      .flatMap((release) => {
        const name = release.codeName === '*' ? '' : ` (${capitalised(release.codeName)})`;
        return perArchitecture(
          'canonical',
          debianArchitectures,
          `ubuntu-${release.version}${flavour.slug}`,
          `Ubuntu ${release.version}${release.lts ? ' LTS' : ''}${name}${flavour.label}`,
          (architecture) => [
            `${flavour.folder}/images/hvm-ssd*/ubuntu-${release.codeName}-${release.version}-${architecture}-${flavour.part}-*`,
          ],
        );
      }),
  ),
  ...perArchitecture('canonical', debianArchitectures, 'eks', 'Ubuntu for EKS', (architecture) => [
    `ubuntu-eks*/k8s_*/images/hvm-ssd*/ubuntu-*-${architecture}-*`,
  ]),
];

const debianFamilies: readonly FamilyPattern[] = [
  { version: '13', codeName: 'Trixie' },
  { version: '12', codeName: 'Bookworm' },
  { version: '11', codeName: 'Bullseye' },
].flatMap(({ version, codeName }) =>
  perArchitecture('debian', debianArchitectures, version, `Debian ${version} (${codeName})`, (architecture) => [
    `debian-${version}-${architecture}-2*`,
  ]),
);

// Hourly2: billed by AWS; Access2: the customer's own subscription ("Cloud Access").
const redHatFamilies: readonly FamilyPattern[] = ['10', '9', '8', '7'].flatMap((version) => {
  const architectures = version === '7' ? ec2Architectures.slice(0, 1) : ec2Architectures;
  const label = `Red Hat Enterprise Linux ${version}`;
  return [
    ...perArchitecture('red-hat', architectures, version, label, (architecture) => [
      `RHEL-${version}.*_HVM-*-${architecture}-*-Hourly2-GP?`,
    ]),
    ...perArchitecture('red-hat', architectures, `${version}-byos`, `${label} (own subscription)`, (architecture) => [
      `RHEL-${version}.*_HVM-*-${architecture}-*-Access2-GP?`,
    ]),
  ];
});

const suseFamilies: readonly FamilyPattern[] = [
  { name: '16-0', label: '16.0' },
  { name: '15-sp7', label: '15 SP7' },
  { name: '15-sp6', label: '15 SP6' },
  { name: '15-sp5', label: '15 SP5' },
  { name: '12-sp5', label: '12 SP5' },
].flatMap((release) => {
  const architectures = release.name.startsWith('12') ? ec2Architectures.slice(0, 1) : ec2Architectures;
  const label = `SUSE Linux Enterprise Server ${release.label}`;
  return [
    ...perArchitecture('suse', architectures, `sles-${release.name}`, label, (architecture) => [
      `suse-sles-${release.name}-v*-hvm-ssd-${architecture}`,
    ]),
    ...perArchitecture(
      'suse',
      architectures,
      `sles-${release.name}-byos`,
      `${label} (own subscription)`,
      (architecture) => [`suse-sles-${release.name}-byos-v*-hvm-ssd-${architecture}`],
    ),
    ...perArchitecture('suse', ec2Architectures.slice(0, 1), `sap-${release.name}`, `${label} for SAP`, () => [
      `suse-sles-sap-${release.name}-v*-hvm-ssd-x86_64`,
    ]),
  ];
});

const rockyFamilies: readonly FamilyPattern[] = ['10', '9', '8'].flatMap((version) =>
  ['Base', 'LVM'].flatMap((layout) =>
    perArchitecture(
      'rocky',
      kernelArchitectures,
      `${version}-${layout.toLowerCase()}`,
      `Rocky Linux ${version} ${layout}`,
      (architecture) => [`Rocky-${version}-EC2-${layout}-${version}.*.${architecture}`],
    ),
  ),
);

const almaFamilies: readonly FamilyPattern[] = ['10', '9', '8'].flatMap((version) =>
  perArchitecture('almalinux', kernelArchitectures, version, `AlmaLinux OS ${version}`, (architecture) => [
    `AlmaLinux OS ${version}.* ${architecture}`,
  ]),
);

const fedoraFamilies: readonly FamilyPattern[] = [
  ...['45', '44', '43'].flatMap((version) =>
    perArchitecture('fedora', kernelArchitectures, `cloud-${version}`, `Fedora Cloud ${version}`, (architecture) => [
      `Fedora-Cloud-Base-AmazonEC2.${architecture}-${version}-*`,
    ]),
  ),
  // The third number of a CoreOS version is its stream; 3 is stable (Fedora CoreOS documentation, "Versioning").
  ...perArchitecture('fedora', kernelArchitectures, 'coreos', 'Fedora CoreOS stable', (architecture) => [
    `fedora-coreos-*.3.*-${architecture}`,
  ]),
];

const centosFamilies: readonly FamilyPattern[] = ['10', '9'].flatMap((version) =>
  perArchitecture('centos', kernelArchitectures, version, `CentOS Stream ${version}`, (architecture) => [
    `CentOS Stream ${version} ${architecture} *`,
  ]),
);

const oracleFamilies: readonly FamilyPattern[] = ['10', '9', '8', '7'].flatMap((version) =>
  perArchitecture('oracle', kernelArchitectures, version, `Oracle Linux ${version}`, (architecture) => [
    `OL${version}.*-${architecture}-HVM-*`,
  ]),
);

const freeBsdFamilies: readonly FamilyPattern[] = ['15', '14', '13'].flatMap((version) =>
  ['UFS', 'ZFS'].flatMap((fileSystem) =>
    perArchitecture(
      'freebsd',
      // FreeBSD's names for arm64 differ between releases, so the architecture filter decides.
      ec2Architectures,
      `${version}-${fileSystem.toLowerCase()}`,
      `FreeBSD ${version} ${fileSystem}`,
      () => [`FreeBSD ${version}.*-RELEASE-* base ${fileSystem}*`],
    ),
  ),
);

const flatcarFamilies: readonly FamilyPattern[] = ['stable', 'lts', 'beta', 'alpha'].flatMap((channel) =>
  perArchitecture('flatcar', ec2Architectures, channel, `Flatcar ${channel}`, () => [`Flatcar-${channel}-*`]),
);

const nixFamilies: readonly FamilyPattern[] = ['26.11', '26.05', '25.11'].flatMap((version) =>
  perArchitecture('nixos', kernelArchitectures, version, `NixOS ${version}`, (architecture) => [
    `nixos/${version}*-${architecture}-linux`,
  ]),
);

const talosFamilies: readonly FamilyPattern[] = perArchitecture(
  'talos',
  debianArchitectures,
  'v1',
  'Talos Linux 1.x',
  (architecture) => [`talos-v1.*-${architecture}`],
);

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export const distributionFamilies: readonly FamilyPattern[] = [
  ...ubuntuFamilies,
  ...debianFamilies,
  ...redHatFamilies,
  ...suseFamilies,
  ...rockyFamilies,
  ...almaFamilies,
  ...fedoraFamilies,
  ...centosFamilies,
  ...oracleFamilies,
  ...freeBsdFamilies,
  ...flatcarFamilies,
  ...nixFamilies,
  ...talosFamilies,
];
