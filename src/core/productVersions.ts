/**
 * Products whose versions separate families: `rhel-9` and `rhel-8` are two families, `payments-1.2` and `payments-1.3`
 * are one. All words are in lower case.
 */

/** Systems and runtimes that other software is built on. */
const versioned = new Set([
  'airflow',
  'al',
  'alma',
  'almalinux',
  'alpine',
  'amazonlinux',
  'amzn',
  'bookworm',
  'cassandra',
  'centos',
  'cloudlinux',
  'cuda',
  'debian',
  'docker',
  'dotnet',
  'eks',
  'elasticsearch',
  'emr',
  'exchange',
  'fedora',
  'freebsd',
  'golang',
  'hadoop',
  'hana',
  'java',
  'jboss',
  'jdk',
  'jre',
  'k0s',
  'k3s',
  'k8s',
  'kafka',
  'kernel',
  'kubernetes',
  'leap',
  'macos',
  'mariadb',
  'mongo',
  'mongodb',
  'mssql',
  'mysql',
  'netbsd',
  'nixos',
  'nodejs',
  'ocp',
  'okd',
  'ol',
  'openbsd',
  'openjdk',
  'opensearch',
  'openshift',
  'opensuse',
  'oraclelinux',
  'pg',
  'pgsql',
  'php',
  'postgres',
  'postgresql',
  'python',
  'pytorch',
  'redhat',
  'redis',
  'rhel',
  'rke2',
  'rocky',
  'rockylinux',
  'rocm',
  'rosa',
  'ruby',
  'scala',
  'sharepoint',
  'sles',
  'spark',
  'sql',
  'sqlserver',
  'suse',
  'talos',
  'tensorflow',
  'tomcat',
  'torch',
  'ubuntu',
  'weblogic',
  'websphere',
  'wildfly',
  'win',
  'windows',
  'xcode',
]);

/** The same, for names of two words. */
const versionedPhrases = new Set([
  'amazon linux',
  'centos stream',
  'dotnet core',
  'dotnet runtime',
  'dotnet sdk',
  'enterprise linux',
  'oracle linux',
  'red hat',
  'rocky linux',
  'sql server',
  'ubuntu linux',
  'visual studio',
  'windows server',
]);

const phraseEnds = new Set([...versionedPhrases].map((phrase) => phrase.slice(phrase.indexOf(' ') + 1)));

/** Whether a version belongs to the product that the two words before it name. */
export function isVersionOf(beforeLast: string | undefined, last: string, version: string): boolean {
  return (
    versioned.has(last) ||
    (phraseEnds.has(last) && versionedPhrases.has(`${beforeLast} ${last}`)) ||
    isReleaseOf(last, version)
  );
}

/** Words whose numbers separate families: `Level 1` and `Level 2` are two families, `build 1` and `build 2` are one. */
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

/** Forms of releases, which are recognised anywhere in a name with the product: `capa-ami-ubuntu-22.04-v1.30.2`. */
const ubuntuRelease = /^\d{2}\.(?:04|10)(?:\.\d)?$/;
const enterpriseLinuxRelease = /^(?:[5-9]|10)\.\d{1,2}$/;
const nvidiaDriver = /^[3-9]\d{2}(?:\.\d{1,3}){0,2}$/;
const kubernetesRelease = /^v?1\.[1-4]\d$/i;

const releases: ReadonlyMap<string, RegExp> = new Map([
  ...['driver', 'nvidia'].map((word) => [word, nvidiaDriver] as const),
  ...['ubuntu', 'bionic', 'focal', 'jammy', 'noble', 'resolute', 'trusty', 'xenial'].map(
    (word) => [word, ubuntuRelease] as const,
  ),
  ...['alma', 'almalinux', 'centos', 'cloudlinux', 'ol', 'oraclelinux', 'redhat', 'rhel', 'rocky', 'rockylinux'].map(
    (word) => [word, enterpriseLinuxRelease] as const,
  ),
  ...['capa', 'eks', 'k0s', 'k3s', 'k8s', 'kube', 'kubeadm', 'kubelet', 'kubernetes', 'rke2'].map(
    (word) => [word, kubernetesRelease] as const,
  ),
]);

/** Whether a version such as `22.04` is a release of the product that a word names. */
export function isReleaseOf(product: string, version: string): boolean {
  return releases.get(product)?.test(version) ?? false;
}

/** `v1.30` for `v1.30.2`, since Kubernetes publishes patches of its releases. Undefined without a patch. */
export function kubernetesMinor(version: string): string | undefined {
  return /^(v?1\.[1-4]\d)\.\d{1,3}$/i.exec(version)?.[1];
}

/** Other products whose releases are minor versions, followed by a patch number. */
const minorVersions: ReadonlyMap<string, RegExp> = new Map([
  ['alpine', /^(v?3\.\d{1,2})\.\d{1,2}$/i],
  ...['ocp', 'okd', 'openshift', 'rosa'].map((word) => [word, /^(v?4\.\d{1,2})\.\d{1,3}$/i] as const),
]);

/** As `kubernetesMinor`, for the product that the word before the version names. */
export function minorOf(product: string | undefined, version: string): string | undefined {
  return minorVersions.get(product?.toLowerCase() ?? '')?.exec(version)?.[1];
}
