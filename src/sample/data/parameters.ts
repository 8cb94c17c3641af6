import type { SampleImage } from '../model.ts';
import { isPublic } from '../model.ts';
import { LOOK_ALIKE_OWNERS } from './publicSeries.ts';

/** Regions with parameters of Amazon, Canonical and Debian only. */
const SPARSE_REGIONS: ReadonlySet<string> = new Set(['ap-northeast-3', 'eu-central-2', 'me-central-1', 'sa-east-1']);
const NOT_EVERYWHERE = /^\/aws\/service\/(?:suse|freebsd|ec2-macos)\//;

const MACOS_NAMES: Readonly<Record<string, string>> = { '14': 'sonoma', '15': 'sequoia', '26': 'tahoe' };

type Rule = readonly [RegExp, (...groups: string[]) => readonly string[]];

function ecs(system: string, kernel: string, arch: string, flavour: string): readonly string[] {
  const kind = flavour === '' ? (arch === 'arm64' ? 'arm64/' : '') : `${flavour.replace('-', '')}/`;
  return [`ecs/optimized-ami/${system}/${kernel}${kind}recommended/image_id`];
}

/** From an image's name to the names of the parameters for the newest image of its series. */
const RULES: readonly Rule[] = [
  [
    /^al2023-ami-(minimal-)?2023\.[\d.]+-kernel-([\d.]+)-(\w+)$/,
    (minimal, kernel, arch) =>
      [kernel, ...(kernel === '6.1' ? ['default'] : [])].map(
        (version) => `ami-amazon-linux-latest/al2023-ami-${minimal}kernel-${version}-${arch}`,
      ),
  ],
  [
    /^amzn2-ami-kernel-5\.10-hvm-2\.0\.[\d.]+-(\w+)-gp2$/,
    (arch) => [`ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-${arch}-gp2`],
  ],
  [/^(Windows_Server-.+-E[CK]S_Optimized.*)-\d{4}\.\d\d\.\d\d$/, (name) => [`ami-windows-latest/${name}/image_id`]],
  [/^(Windows_Server-.+)-\d{4}\.\d\d\.\d\d$/, (name) => [`ami-windows-latest/${name}`]],
  [
    /^ubuntu(-minimal|-pro-server)?\/images\/hvm-ssd(-gp3)?\/ubuntu-\w+-([\d.]+)-(amd64|arm64)-(?:server|minimal|pro-server)-\d+$/,
    (kind, gp3, version, arch) => [
      `canonical/ubuntu/${kind === '-pro-server' ? 'pro-server' : `server${kind}`}/${version}/stable/current/${arch}/hvm/ebs-${gp3 === '' ? 'gp2' : 'gp3'}/ami-id`,
    ],
  ],
  [/^debian-(\d+)-(amd64|arm64)-\d+-\d+$/, (release, arch) => [`debian/release/${release}/latest/${arch}`]],
  [/^suse-sles-15-(sp\d)-v\d+-hvm-ssd-(\w+)$/, (pack, arch) => [`suse/sles/15-${pack}/${arch}/latest`]],
  [
    /^al2023-ami-ecs-(gpu-|neuron-)?hvm-[\d.]+-kernel-([\d.]+)-(x86_64|arm64)(?:-ebs)?$/,
    (flavour, kernel, arch) => ecs('amazon-linux-2023', kernel === '6.1' ? '' : `kernel-${kernel}/`, arch, flavour),
  ],
  [
    /^amzn2-ami-ecs-(kernel-5\.10-)?(gpu-|inf-)?hvm-[\d.]+-(x86_64|arm64)-ebs$/,
    (kernel, flavour, arch) => ecs('amazon-linux-2', kernel === '' ? '' : 'kernel-5.10/', arch, flavour),
  ],
  [
    /^amazon-eks-node-al2023-(\w+)-(standard|nvidia|neuron)-([\d.]+)-v\d+$/,
    (arch, flavour, version) => [
      `eks/optimized-ami/${version}/amazon-linux-2023/${arch}/${flavour}/recommended/image_id`,
    ],
  ],
  [
    /^bottlerocket-(aws-.+)-(x86_64|aarch64)-v[\d.]+-\w+$/,
    (variant, arch) => [`bottlerocket/${variant}/${arch === 'aarch64' ? 'arm64' : arch}/latest/image_id`],
  ],
  [
    /^FreeBSD ([\d.]+)-RELEASE(?:-p\d+)?-(amd64|arm64) /,
    (version, arch) => [`freebsd/${arch === 'arm64' ? 'aarch64' : arch}/base/ufs/${version}/RELEASE`],
  ],
  [
    /^amzn-ec2-macos-(\d+)\.\d+-\d+-\d+(-arm64)?$/,
    (major, arm) => [`ec2-macos/${MACOS_NAMES[major] ?? major}/${arm === '' ? 'x86_64' : 'arm64'}_mac/latest/image_id`],
  ],
  [
    /^Deep Learning (ARM64 )?(.+) \d+$/,
    (arm, words) => [
      `deeplearning/ami/${arm === '' ? 'x86_64' : 'arm64'}/${words
        .toLowerCase()
        .replaceAll(/[^a-z0-9.]+/g, '-')
        .replace(/-$/, '')}/latest/ami-id`,
    ],
  ],
];

/**
 * ECS's metadata of an image: JSON in one parameter, and a parameter below it for each member ("Retrieving Amazon
 * ECS-optimized Linux AMI metadata" of the ECS developer guide).
 */
function ecsMetadata(parent: string, id: string, name: string): [string, string][] {
  const metadata = {
    ecs_agent_version: '1.102.0',
    ecs_runtime_version: 'Docker version 25.0.14',
    image_id: id,
    image_name: name,
    image_version: /-((?:2023|2)\.0\.\d{8})-/.exec(name)?.[1] ?? '',
    os: name.startsWith('al2023-') ? 'Amazon Linux 2023' : 'Amazon Linux 2',
    schema_version: 1,
  };
  const members = Object.entries(metadata).map(([member, value]): [string, string] => [
    `${parent}/${member}`,
    String(value),
  ]);
  return [[parent, JSON.stringify(metadata)], ...members];
}

/** A region's public SSM parameters for the newest image of each series, by name. */
export function publicParameters(region: string, images: readonly SampleImage[]): ReadonlyMap<string, string> {
  const newest = new Map<string, SampleImage>();
  for (const image of images) {
    if (!isPublic(image) || LOOK_ALIKE_OWNERS.has(image.ownerId)) continue;
    for (const name of parametersOf(image)) {
      const known = newest.get(name);
      if (!known || (known.creationDate ?? '') < (image.creationDate ?? '')) newest.set(name, image);
    }
  }
  const values = [...newest].map(([name, { id }]): [string, string] => [name, id]);
  const names = new Map(images.map(({ id, name = '' }) => [id, name]));
  const described = values.flatMap(([name, id]) =>
    name.startsWith('/aws/service/ecs/') ? ecsMetadata(name.replace(/\/image_id$/, ''), id, names.get(id) ?? '') : [],
  );
  // ECS keeps past builds beside the recommended one, under their names.
  const pastBuilds = images.flatMap(({ id, name = '', ownerAlias }): [string, string][] =>
    ownerAlias === 'amazon'
      ? parametersOf({ name })
          .filter((parameter) => parameter.startsWith('/aws/service/ecs/'))
          .map((parameter) => [parameter.replace('recommended', name), id])
      : [],
  );
  return new Map(
    [...values, ...described, ...pastBuilds]
      .filter(([name]) => !(SPARSE_REGIONS.has(region) && NOT_EVERYWHERE.test(name)))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function parametersOf({ name = '' }: Pick<SampleImage, 'name'>): readonly string[] {
  for (const [pattern, toNames] of RULES) {
    const match = pattern.exec(name);
    if (match) return toNames(...match.slice(1).map((group = '') => group)).map((path) => `/aws/service/${path}`);
  }
  return [];
}
