/**
 * What the names of well-known public images say; `publisherOf` says who published them. Every expression is anchored
 * and every repetition in it is bounded, so hostile names cost little.
 */
export interface NameParts {
  /** `Ubuntu 24.04 arm64` */
  readonly label: string;
  /** The release within the family: a point release or a build. Undefined where there is only a date. */
  readonly version: string | undefined;
  /** As it stands in the name; `readBuildDate` makes it comparable. */
  readonly date: string | undefined;
}

interface NameRule {
  /** The first characters of such names: other names are not tried on the expression. */
  readonly initials: string;
  readonly expression: RegExp;
  /** The expression with the slower flag `d`, which also gives the place of each part. */
  readonly locating: RegExp;
  readonly read: (part: (name: string) => string) => NameParts;
}

function rule(initials: string, expression: RegExp, read: NameRule['read']): NameRule {
  return { initials, expression, locating: new RegExp(expression, 'd'), read };
}

/**
 * The parts that change from one build to the next. A part whose name begins with `tail` is the end of a part that does
 * not change.
 */
const volatileParts = ['date', 'build', 'tail', 'tailOfVersion', 'region', 'volumeGeneration'];

function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** EC2's name of an architecture where the publisher uses another one. */
function architecture(name: string): string {
  return name === 'aarch64' ? 'arm64' : name;
}

const rules: readonly NameRule[] = [
  rule(
    'u',
    /^ubuntu(?<flavour>-[a-z-]{1,40})?\/(?:k8s_(?<k8s>[\d.]{1,8})\/)?images(?<channel>-[a-z-]{1,20})?\/(?<storage>[^/]{1,30})\/ubuntu-(?<name>[a-z]{1,20})-(?:(?<version>\d{2}\.\d{2})-)?(?:daily-)?(?<arch>[a-z0-9]{1,10})-(?<part>[a-z-]{1,30})-(?<date>\d{8})(?<build>\.\d{1,4})?$/,
    (part) => ({
      label: words(
        'Ubuntu',
        part('version') || part('name'),
        part('k8s') === '' ? '' : `EKS ${part('k8s')}`,
        ubuntuFlavour(part('flavour').replace(/^-eks/, '') || `-${part('part')}`),
        ubuntuStorage(part('storage')),
        part('channel') === '' ? '' : part('channel').slice(1),
        part('arch'),
      ),
      version: `${part('date')}${part('build')}`,
      date: part('date'),
    }),
  ),
  rule(
    'a',
    /^al(?<version>20\d{2})-ami-(?<flavour>(?:minimal|ecs|ecs-gpu|ecs-neuron)-)?(?:hvm-)?(?<release>20\d{2}\.(?<tail>\d{1,3}\.(?<date>\d{8})(?:\.\d{1,4})?))-(?:kernel-(?<kernel>[\d.]{1,8})-)?(?<arch>x86_64|arm64)(?:-ebs)?$/,
    (part) => ({
      label: words(
        'Amazon Linux',
        part('version'),
        amazonFlavour(part('flavour')),
        part('kernel') === '' ? '' : `kernel ${part('kernel')}`,
        part('arch'),
      ),
      version: part('release'),
      date: part('date'),
    }),
  ),
  rule(
    'a',
    /^amzn(?<two>2?)-ami-(?<flavour>(?:minimal|ecs|vpc-nat)-)?(?:kernel-(?<kernel>[\d.]{1,8})-)?(?<gpu>gpu-|inf-|neuron-)?(?<type>hvm|pv)-(?<release>\d{1,4}\.(?<tail>\d{1,2}(?:\.\d{1,2})?\.(?<date>\d{8})(?:\.\d{1,4})?))-(?<arch>x86_64|arm64|i386)-(?<volume>[a-z0-9]{1,10})$/,
    (part) => ({
      label: words(
        part('two') === '' ? 'Amazon Linux 1' : 'Amazon Linux 2',
        amazonFlavour(part('flavour')),
        part('gpu').slice(0, -1),
        part('kernel') === '' ? '' : `kernel ${part('kernel')}`,
        part('type') === 'pv' ? 'pv' : '',
        part('arch'),
        part('volume') === 'gp2' ? '' : part('volume'),
      ),
      version: part('release'),
      date: part('date'),
    }),
  ),
  rule('a', /^amzn-ami-20(?<tail>\d{2}\.\d{2}\.(?:[a-z]|(?<date>\d{8})))-amazon-ecs-optimized$/, (part) => ({
    label: 'Amazon Linux 1 ECS x86_64',
    version: `20${part('tail')}`,
    date: part('date') || undefined,
  })),
  rule(
    'BTUEW',
    /^(?:(?<firmware>TPM|BIOS|UEFI)-)?(?<launch>EC2LaunchV2-)?Windows_Server-(?<version>20\d{2}(?:-R2_RTM)?)-(?<rest>[A-Za-z0-9_.-]{1,80})-(?<date>20\d{2}\.\d{2}\.\d{2})$/,
    (part) => ({
      label: words(
        'Windows Server',
        part('version').replace('-R2_RTM', ' R2'),
        part('rest').replaceAll(/[-_]/g, ' '),
        part('firmware'),
        part('launch') === '' ? '' : 'EC2Launch v2',
      ),
      version: part('date'),
      date: part('date'),
    }),
  ),
  rule(
    'a',
    /^amazon-eks-(?<gpu>gpu-)?(?<arm>arm64-)?node-(?:(?<system>al\d{4})-)?(?:(?<arch>x86_64|arm64)-)?(?:(?<flavour>[a-z]{2,12}(?:-[a-z0-9]{2,12}){0,3})-)?(?<k8s>1\.\d{1,2})-v(?<date>\d{8})$/,
    (part) => ({
      label: words(
        'EKS',
        part('k8s'),
        part('system') === '' ? 'Amazon Linux 2' : `Amazon Linux ${part('system').slice(2)}`,
        part('flavour') === 'standard' ? '' : part('flavour').replaceAll('-', ' '),
        part('gpu') === '' ? '' : 'gpu',
        part('arch') || (part('arm') === '' ? 'x86_64' : 'arm64'),
      ),
      version: `v${part('date')}`,
      date: part('date'),
    }),
  ),
  rule(
    'b',
    /^bottlerocket-aws-(?<variant>k8s-1\.\d{1,2}|ecs-\d{1,2}|dev)(?<flavour>(?:-nvidia)?(?:-fips)?)-(?<arch>x86_64|aarch64)-v(?<tail>(?<version>\d{1,3}\.\d{1,3}\.\d{1,3})-[0-9a-f]{1,40})$/,
    (part) => ({
      label: words(
        'Bottlerocket',
        part('variant').replace('k8s-', 'Kubernetes ').replace('ecs-', 'ECS '),
        part('flavour').slice(1).replace('-', ' '),
        architecture(part('arch')),
      ),
      version: part('version'),
      date: undefined,
    }),
  ),
  rule('D', /^(?<what>Deep Learning [^()]{1,80}) \((?<system>[^()]{1,40})\) (?<date>\d{8})$/, (part) => ({
    label: words(part('what'), `(${part('system')})`),
    version: part('date'),
    date: part('date'),
  })),
  rule(
    'R',
    /^RHEL(?<flavour>(?:[-_]HA)?)-(?<major>\d{1,2})\.(?<tailOfVersion>\d{1,3}(?:\.\d{1,3})?)_HVM(?<beta>_BETA)?(?:_GA)?-(?<date>\d{8})-(?<arch>x86_64|arm64)-(?<build>\d{1,4})-(?<billing>[A-Za-z]{1,12})\d?-GP(?<volumeGeneration>\d)$/,
    (part) => ({
      label: words(
        'RHEL',
        part('major'),
        part('flavour').slice(1),
        part('beta') === '' ? '' : 'beta',
        part('billing') === 'Access' ? 'BYOS' : '',
        part('arch'),
      ),
      version: `${part('major')}.${part('tailOfVersion')}`,
      date: part('date'),
    }),
  ),
  // SAP certifies minor releases, which are supported for years: each is a product of its own.
  rule(
    'R',
    /^RHEL(?<flavour>(?:[-_]HA)?[-_]SAP(?:[-_]HA)?)-(?<release>\d{1,2}\.\d{1,3})(?<tailOfVersion>(?:\.\d{1,3})?)_HVM(?<beta>_BETA)?(?:_GA)?-(?<date>\d{8})-(?<arch>x86_64|arm64)-(?<build>\d{1,4})-(?<billing>[A-Za-z]{1,12})\d?-GP(?<volumeGeneration>\d)$/,
    (part) => ({
      label: words(
        'RHEL',
        part('release'),
        part('flavour').slice(1).replace(/[-_]/g, ' '),
        part('beta') === '' ? '' : 'beta',
        part('billing') === 'Access' ? 'BYOS' : '',
        part('arch'),
      ),
      version: `${part('release')}${part('tailOfVersion')}`,
      date: part('date'),
    }),
  ),
  rule(
    'r',
    /^rhcos-(?<major>4)(?<minor>\d{1,2})\.(?<tail>\d{2}\.(?<date>\d{8})\d{4}-\d{1,3})-(?<arch>x86_64|aarch64)$/,
    (part) => ({
      label: words('RHEL CoreOS', `${part('major')}.${part('minor')}`, architecture(part('arch'))),
      version: `${part('major')}${part('minor')}.${part('tail')}`,
      date: part('date'),
    }),
  ),
  // Since OpenShift 4.19, named after the release of RHEL.
  rule(
    'r',
    /^rhcos-(?<release>\d{1,2}\.\d{1,2})\.(?<tail>(?<date>\d{8})-\d{1,3})-(?<arch>x86_64|aarch64)$/,
    (part) => ({
      label: words('RHEL CoreOS', part('release'), architecture(part('arch'))),
      version: `${part('release')}.${part('tail')}`,
      date: part('date'),
    }),
  ),
  rule(
    's',
    /^suse-(?<product>sles|sles-sap|sle-hpc|sle-micro|manager-server|manager-proxy)-(?<version>\d{1,2}(?:-sp\d|-\d)?)-(?<flavour>(?:[a-z]{1,12}-){0,3})v(?<date>\d{8})-(?<type>hvm|pv)-ssd-(?<arch>x86_64|arm64)(?:-[a-z0-9-]{1,40})?$/,
    (part) => ({
      label: words(
        'SUSE',
        part('product').replaceAll('-', ' ').toUpperCase(),
        part('version').replace('-sp', ' SP').replace('-', '.'),
        part('flavour').slice(0, -1).toUpperCase(),
        part('type') === 'pv' ? 'pv' : '',
        part('arch'),
      ),
      version: `v${part('date')}`,
      date: part('date'),
    }),
  ),
  rule(
    'd',
    /^debian-(?<version>\d{1,2})(?<backports>-backports)?-(?<arch>amd64|arm64)-(?<tail>(?<date>\d{8})-(?<number>\d{1,6}))$/,
    (part) => ({
      label: words('Debian', part('version'), part('backports').slice(1), part('arch')),
      version: `${part('date')}-${part('number')}`,
      date: part('date'),
    }),
  ),
  rule(
    'F',
    /^Fedora-Cloud-Base-(?:AmazonEC2\.(?<arch>x86_64|aarch64)-)?(?<version>\d{2})-(?<tail>\d{1,8}(?:\.[n\d]{1,4}){1,2})(?:\.(?<oldArch>x86_64|aarch64))?(?:-hvm)?(?:-(?<region>[a-z]{2,4}-[a-z-]{1,20}-\d))?(?:-(?:gp2|gp3|standard))?(?:-\d)?$/,
    (part) => ({
      label: words('Fedora Cloud', part('version'), architecture(part('arch') || part('oldArch'))),
      version: `${part('version')}-${part('tail')}`,
      date: undefined,
    }),
  ),
  rule(
    'f',
    /^fedora-coreos-(?<version>(?<tailOfVersion>\d{2}\.(?<date>\d{8}))\.(?<stream>\d)\.(?<tail>\d{1,3}))-(?<arch>x86_64|aarch64)$/,
    (part) => ({
      label: words(
        'Fedora CoreOS',
        { '1': 'next', '2': 'testing', '3': 'stable' }[part('stream')] ?? '',
        architecture(part('arch')),
      ),
      version: part('version'),
      date: part('date'),
    }),
  ),
  rule(
    'C',
    /^CentOS Stream (?<version>\d{1,2}) (?<arch>x86_64|aarch64|ppc64le) (?<date>\d{8})(?<build>\.\d{1,3})?$/,
    (part) => ({
      label: words('CentOS Stream', part('version'), architecture(part('arch'))),
      version: `${part('date')}${part('build')}`,
      date: part('date'),
    }),
  ),
  rule(
    'R',
    /^Rocky-(?<major>\d{1,2})-EC2-(?<layout>Base|LVM)-(?<version>\d{1,2}\.(?<tail>\d{1,2}-(?<date>\d{8})\.\d{1,3}))\.(?<arch>x86_64|aarch64)$/,
    (part) => ({
      label: words('Rocky Linux', part('major'), part('layout'), architecture(part('arch'))),
      version: part('version'),
      date: part('date'),
    }),
  ),
  rule(
    'A',
    /^AlmaLinux OS (?<kitten>Kitten )?(?<major>\d{1,2})\.(?<tail>(?<minor>\d{1,2}\.)?(?<date>\d{8})(?:\.\d{1,3})?) (?<arch>x86_64_v2|x86_64|aarch64)$/,
    (part) => ({
      label: words('AlmaLinux OS', part('kitten').trimEnd(), part('major'), architecture(part('arch'))),
      version: `${part('major')}.${part('minor')}${part('date')}`,
      date: part('date'),
    }),
  ),
  rule(
    'O',
    /^OL(?<major>\d{1,2})\.(?<tailOfVersion>\d{1,2})-(?<arch>x86_64|aarch64)-HVM-(?<tail>(?<date>\d{4}-\d{2}-\d{2})(?:-[A-Z]{1,8})?)$/,
    (part) => ({
      label: words('Oracle Linux', part('major'), architecture(part('arch'))),
      version: `${part('major')}.${part('tailOfVersion')}`,
      date: part('date'),
    }),
  ),
  rule(
    'F',
    /^FreeBSD (?<major>\d{1,2})\.(?<tailOfVersion>\d{1,2})-(?<branch>[A-Z]{1,12}\d{0,2})(?<build>(?:-p\d{1,2})?)-(?<arch>amd64|aarch64|arm64)(?:-(?<date>\d{8}))?(?: (?<flavour>[A-Za-z -]{1,40}))?$/,
    (part) => ({
      label: words(
        'FreeBSD',
        part('major'),
        freeBsdBranch(part('branch')),
        part('flavour'),
        architecture(part('arch')),
      ),
      version: `${part('major')}.${part('tailOfVersion')}-${part('branch')}${part('build')}`,
      date: part('date') || undefined,
    }),
  ),
  rule(
    'F',
    /^Flatcar-(?<channel>[a-z]{1,10})-(?<tail>\d{1,6}\.\d{1,3}\.\d{1,3})(?:-hvm)?(?<arch>-arm64)?(?:-hvm)?$/,
    (part) => ({
      label: words('Flatcar', part('channel'), part('arch').slice(1)),
      version: part('tail'),
      date: undefined,
    }),
  ),
  rule(
    'nN',
    /^(?:nixos\/|NixOS-)(?<release>\d{2}\.\d{2})(?<tail>[0-9a-z.-]{0,60})-(?<arch>x86_64|aarch64)-linux$/,
    (part) => ({
      label: words('NixOS', part('release'), architecture(part('arch'))),
      version: `${part('release')}${part('tail')}`,
      date: undefined,
    }),
  ),
  rule(
    'a',
    /^alpine-(?:ami-)?(?<release>\d{1,2}\.\d{1,2})\.(?<tail>\d{1,3}(?:_[a-z0-9]{1,12})?)-(?<arch>x86_64|aarch64)-(?<flavour>(?:[a-z]{1,12}-){0,3})r(?<build>\d{1,3})$/,
    (part) => ({
      label: words(
        'Alpine Linux',
        part('release'),
        part('flavour').slice(0, -1).replaceAll('-', ' '),
        architecture(part('arch')),
      ),
      version: `${part('release')}.${part('tail')}-r${part('build')}`,
      date: undefined,
    }),
  ),
  rule(
    't',
    /^talos-v(?<version>\d{1,3}\.\d{1,3})(?:\.(?<tail>[0-9a-z.-]{1,30}?))?-(?<region>[a-z]{2,4}-[a-z-]{1,20}-\d)-(?<arch>amd64|arm64)$/,
    (part) => ({
      label: words('Talos Linux', part('version'), part('arch')),
      version: `v${part('version')}${part('tail') === '' ? '' : `.${part('tail')}`}`,
      date: undefined,
    }),
  ),
  rule(
    'a',
    /^amzn-ec2-macos-(?<major>\d{1,2})\.(?<tail>(?<minor>[\d.]{1,8})-(?<date>\d{8})-\d{1,8})(?<arch>-arm64)?$/,
    (part) => ({
      label: words('macOS', part('major'), part('arch') === '' ? 'x86_64' : 'arm64'),
      version: `${part('major')}.${part('minor')}`,
      date: part('date'),
    }),
  ),
];

function ubuntuFlavour(folder: string): string {
  const flavour = folder
    .slice(1)
    .replace(/(?:^|-)server$/, '')
    .replaceAll('-', ' ');
  return flavour.startsWith('pro') ? flavour.replace('pro', 'Pro') : flavour;
}

/** All generations of SSD volumes are one family; paravirtual images, instance store and io1 are others. */
function ubuntuStorage(folder: string): string {
  return words(
    folder.startsWith('hvm') ? '' : 'pv',
    folder.includes('instance') ? 'instance store' : '',
    folder.includes('io1') ? 'io1' : '',
  );
}

function amazonFlavour(part: string): string {
  return part.slice(0, -1).replace('ecs', 'ECS').replaceAll('-', ' ');
}

/** Releases of one major version are one family; snapshots and betas are others. */
function freeBsdBranch(branch: string): string {
  return branch === 'RELEASE' ? '' : branch.replace(/\d+$/, '');
}

const rulesByInitial = new Map<number, readonly NameRule[]>();
for (const one of rules) {
  for (const initial of one.initials) {
    const code = initial.charCodeAt(0);
    rulesByInitial.set(code, [...(rulesByInitial.get(code) ?? []), one]);
  }
}

function rulesFor(name: string): readonly NameRule[] {
  return rulesByInitial.get(name.charCodeAt(0)) ?? [];
}

/** What a name says according to the well-known patterns; undefined for all other names. */
export function readWellKnownName(name: string): NameParts | undefined {
  for (const { expression, read } of rulesFor(name)) {
    const match = expression.exec(name);
    if (match !== null) return read((part) => match.groups?.[part] ?? '');
  }
  return undefined;
}

/** A part of a name, from `start` up to, but not including, `end`, and what stands for it in other builds. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  /** With EC2's wildcards. */
  readonly text: string;
  /** A regular expression without braces, quotes and backslashes, for RE2, JavaScript and Python alike. */
  readonly expression: string;
  /** Whether the separators before it change too where it follows another such part. */
  readonly joins: boolean;
}

/**
 * The parts in which builds of a well-known name differ, including parts that are empty in this build. Undefined for
 * all other names.
 */
export function wellKnownReplacements(name: string): readonly Replacement[] | undefined {
  for (const { locating } of rulesFor(name)) {
    const match = locating.exec(name);
    if (match === null) continue;
    return volatileParts.flatMap((part): readonly Replacement[] => {
      const span = match.indices?.groups?.[part];
      const expression = part === 'date' ? '[0-9.-]+' : '.*';
      return span === undefined ? [] : [{ start: span[0], end: span[1], text: '*', expression, joins: false }];
    });
  }
  return undefined;
}
