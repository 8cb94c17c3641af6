/**
 * Whose versions tell families apart: `rhel-9` and `rhel-8` are two, `payments-1.2` and `payments-1.3` are one. All words
 * are in lower case.
 */

/** Systems, runtimes and drivers that others are built on, and the code names of releases. */
const versioned = new Set([
  'al',
  'alma',
  'almalinux',
  'amazonlinux',
  'amzn',
  'bionic',
  'bookworm',
  'bullseye',
  'buster',
  'centos',
  'cuda',
  'debian',
  'docker',
  'dotnet',
  'driver',
  'eks',
  'elasticsearch',
  'fedora',
  'focal',
  'freebsd',
  'golang',
  'hana',
  'java',
  'jammy',
  'jdk',
  'jre',
  'k3s',
  'k8s',
  'kernel',
  'kubernetes',
  'leap',
  'macos',
  'mariadb',
  'mongo',
  'mongodb',
  'mssql',
  'mysql',
  'nixos',
  'noble',
  'nodejs',
  'nvidia',
  'ocp',
  'openjdk',
  'openshift',
  'opensuse',
  'ol',
  'oraclelinux',
  'php',
  'postgres',
  'postgresql',
  'python',
  'pytorch',
  'redhat',
  'redis',
  'resolute',
  'rhel',
  'rke2',
  'rocky',
  'rockylinux',
  'rocm',
  'rosa',
  'ruby',
  'sles',
  'sql',
  'suse',
  'talos',
  'tensorflow',
  'trixie',
  'trusty',
  'ubuntu',
  'win',
  'windows',
  'xenial',
]);

/** The same, where the product takes two words to tell. */
const versionedPhrases = new Set([
  'amazon linux',
  'centos stream',
  'enterprise linux',
  'oracle linux',
  'red hat',
  'rocky linux',
  'sql server',
  'ubuntu linux',
  'windows server',
]);

const phraseEnds = new Set([...versionedPhrases].map((phrase) => phrase.slice(phrase.indexOf(' ') + 1)));

/** Whether a version that follows these two words is the product's. */
export function isProduct(beforeLast: string | undefined, last: string): boolean {
  return versioned.has(last) || (phraseEnds.has(last) && versionedPhrases.has(`${beforeLast} ${last}`));
}

/** Words that a number of the same thing's kinds follows: `Level 1` and `Level 2` are two, `build 1` and `build 2` are not. */
const kindWords = new Set([
  'cat',
  'category',
  'class',
  'edition',
  'gen',
  'generation',
  'level',
  'lvl',
  'mark',
  'model',
  'part',
  'phase',
  'profile',
  'series',
  'stage',
  'tier',
]);

export function announcesKind(word: string): boolean {
  return kindWords.has(word);
}

/** Releases that are known by their form, so that other words may stand between them and their product. */
const ubuntuRelease = /^\d{2}\.(?:04|10)(?:\.\d)?$/;
const enterpriseLinuxRelease = /^(?:[5-9]|10)\.\d{1,2}$/;
const kubernetesRelease = /^v?1\.[1-4]\d$/;

const releases: ReadonlyMap<string, RegExp> = new Map([
  ...['ubuntu', 'bionic', 'focal', 'jammy', 'noble', 'resolute', 'trusty', 'xenial'].map(
    (word) => [word, ubuntuRelease] as const,
  ),
  ...['alma', 'almalinux', 'centos', 'ol', 'oraclelinux', 'redhat', 'rhel', 'rocky', 'rockylinux'].map(
    (word) => [word, enterpriseLinuxRelease] as const,
  ),
  ...['eks', 'k3s', 'k8s', 'kubernetes', 'rke2'].map((word) => [word, kubernetesRelease] as const),
]);

/** Whether a version, `22.04`, is a release of the product that a word names. */
export function isReleaseOf(product: string, version: string): boolean {
  return releases.get(product)?.test(version) ?? false;
}

/** `v1.30` of `v1.30.2`: Kubernetes counts its patches separately. Undefined for what has no patch. */
export function kubernetesMinor(version: string): string | undefined {
  return /^(v?1\.[1-4]\d)\.\d{1,3}$/.exec(version)?.[1];
}
