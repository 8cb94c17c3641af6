import { macVersions } from './publicFamiliesAmazon.ts';

/** Compared one after the other: numbers by value, texts as people sort them. */
export type Order = readonly (number | string)[];

type Part = (name: string) => string;

/** How names of one form are read. */
export interface LatestNameRule {
  /** Of the name below `/aws/service/`. */
  readonly expression: RegExp;
  readonly read: (part: Part) => { readonly words: string; readonly apart?: readonly string[]; readonly order: Order };
}

const architecture = '(?<arch>x86_64|amd64|arm64|aarch64|i386|x86_64_mac|arm64_mac)';

export const latestNameRules: readonly LatestNameRule[] = [
  {
    expression: new RegExp(
      `^ami-amazon-linux-latest/(?<series>al20\\d\\d|amzn2?)-ami-(?<minimal>minimal-)?(?:kernel-(?<kernel>default|[\\d.]{1,8})-)?(?:(?<type>hvm|pv)-)?${architecture}(?:-(?<storage>[a-z0-9]{1,8}))?$`,
    ),
    read: (part) => {
      const series = part('series');
      const release = series === 'amzn2' ? '2' : series === 'amzn' ? '1' : series.slice(2);
      // The first kernel of Amazon Linux 2 is in no name.
      const kernel = part('kernel') || (release === '2' ? '4.14' : 'default');
      const other = part('storage') === 'gp2' ? '' : part('storage');
      return {
        words: joined(
          `Amazon Linux ${release}`,
          part('minimal') && 'minimal',
          kernel !== 'default' && `(kernel ${kernel})`,
        ),
        apart: [part('type') === 'pv' ? 'pv' : '', other],
        order: [
          -Number(release.padStart(4, '0')),
          rank(part('minimal')),
          ...(kernel === 'default' ? [Number.NEGATIVE_INFINITY] : newestFirst(kernel)),
          rank(part('type') === 'pv' ? 'pv' : ''),
          rank(other),
        ],
      };
    },
  },
  {
    expression:
      /^ami-windows-latest\/(?:(?<before>[A-Za-z0-9]{1,20})-)?Windows_Server-(?<year>\d{4})(?<second>-R2_RTM|-R2)?-(?<language>[A-Za-z_]{2,40})-(?<size>Full|Core|64Bit)-(?<kind>[A-Za-z0-9_.-]{1,60}?)(?:\/(?:image_id|ami-id))?$/,
    read: (part) => {
      const [sqlOrder, kind] = windowsKind(part('kind'));
      return {
        words: joined(
          `Windows Server ${part('year')}`,
          part('second') && 'R2',
          part('language').replaceAll('_', ' '),
          part('size'),
          kind,
        ),
        apart: [part('before')],
        order: [
          -Number(part('year')),
          rank(part('before')),
          part('before'),
          rank(part('language') !== 'English'),
          part('language'),
          ...sqlOrder,
          part('size') === 'Full' ? 0 : 1,
          kind,
        ],
      };
    },
  },
  {
    expression: new RegExp(
      `^canonical/ubuntu/(?<flavour>[a-z-]{1,30})/(?<release>[a-z0-9.]{1,20})/(?:(?<k8s>1\\.\\d{1,2})/)?(?<channel>[a-z]{1,20})/current/${architecture}/(?<type>[a-z]{1,8})/(?<storage>[a-z0-9-]{1,20})/ami-id$`,
    ),
    read: (part) => {
      const flavour = part('flavour');
      const release = part('release');
      const isLts = /^\d?[02468]\.04$/.test(release);
      // Volumes of the type gp3 since 23.10.
      const usual = Number.parseFloat(release) >= 23.1 ? 'ebs-gp3' : 'ebs-gp2';
      const storage = part('storage') === usual ? '' : part('storage').replace('ebs-', '');
      const words = flavour
        .replace(/(?:^|-)server/, '')
        .replace(/^pro/, 'Pro')
        .replace(/^eks-pro$/, 'Pro eks')
        .replaceAll('-', ' ')
        .trim()
        .replace(/\beks$/, joined('for EKS', part('k8s')));
      return {
        words: joined('Ubuntu', capitalised(release), isLts && 'LTS', words),
        apart: [
          part('channel') === 'stable' ? '' : part('channel'),
          part('type') === 'hvm' ? '' : part('type'),
          storage,
        ],
        order: [
          ubuntuFlavours.includes(flavour) ? ubuntuFlavours.indexOf(flavour) : ubuntuFlavours.length,
          flavour,
          ...newestFirst(release),
          ...newestFirst(part('k8s')),
          rank(part('channel') !== 'stable'),
          rank(storage),
        ],
      };
    },
  },
  {
    expression: new RegExp(`^debian/release/(?<release>[a-z0-9.]{1,20})/latest/${architecture}$`),
    read: (part) => ({ words: `Debian ${capitalised(part('release'))}`, order: newestFirst(part('release')) }),
  },
  {
    expression: new RegExp(
      `^suse/sles(?<variant>[a-z-]{0,20})/(?<release>\\d{1,2})(?:-(?<pack>sp\\d|\\d))?/(?:${architecture}/latest|latest/${architecture.replace('<arch>', '<other>')})$`,
    ),
    read: (part) => ({
      words: joined(
        `SUSE Linux Enterprise Server ${part('release')}${/^\d/.test(part('pack')) ? `.${part('pack')}` : ''}`,
        /^sp/.test(part('pack')) && part('pack').toUpperCase(),
        part('variant') && `for ${part('variant').replaceAll('-', ' ').trim().toUpperCase()}`,
      ),
      order: [part('variant'), -Number(part('release')), -Number(part('pack').replace('sp', ''))],
    }),
  },
  {
    expression:
      /^ecs\/optimized-ami\/amazon-linux(?:-(?<release>\d{1,4}))?(?:\/kernel-(?<kernel>[\d.]{1,8}))?(?:\/(?<kind>arm64|gpu|neuron|inf))?\/recommended\/image_id$/,
    read: (part) => {
      const release = part('release') || '1';
      const kind = part('kind') === 'arm64' ? '' : part('kind');
      const facts = [part('kernel') && `kernel ${part('kernel')}`, chipOf(kind)].filter(Boolean);
      return {
        words: joined(`ECS on Amazon Linux ${release}`, facts.length > 0 && `(${facts.join(', ')})`),
        apart: [part('kind') === 'arm64' ? 'arm64' : 'x86_64'],
        order: [
          -Number(release.padStart(4, '0')),
          chips.indexOf(kind),
          rank(part('kernel')),
          ...newestFirst(part('kernel')),
          rank(part('kind') === 'arm64'),
        ],
      };
    },
  },
  {
    expression:
      /^ecs\/optimized-ami\/windows_server\/(?<year>\d{4})\/(?<language>[a-z]{2,20})\/(?<size>full|core)\/recommended\/image_id$/,
    read: (part) => ({
      words: joined(`ECS on Windows Server ${part('year')}`, capitalised(part('language')), capitalised(part('size'))),
      // Behind those for Linux.
      order: [Number.MAX_SAFE_INTEGER, -Number(part('year')), part('language'), rank(part('size') === 'core')],
    }),
  },
  {
    expression: new RegExp(
      `^eks/optimized-ami/(?<k8s>\\d\\.\\d{1,2})/amazon-linux-(?:(?<release>20\\d\\d)/${architecture}/(?<kind>standard|nvidia|neuron)|2(?:-(?<old>arm64|gpu))?)/recommended/image_id$`,
    ),
    read: (part) => {
      const kind = part('kind') === 'standard' ? '' : part('kind') || (part('old') === 'gpu' ? 'gpu' : '');
      const isOld = part('release') === '';
      const oldArchitecture = part('old') === 'arm64' ? 'arm64' : 'x86_64';
      return {
        words: joined(`EKS ${part('k8s')}`, isOld && 'on Amazon Linux 2', kind && `(${chipOf(kind)})`),
        apart: isOld ? [oldArchitecture] : [],
        order: [...newestFirst(part('k8s')), rank(isOld), chips.indexOf(kind), rank(part('old') === 'arm64')],
      };
    },
  },
  {
    expression: new RegExp(
      `^bottlerocket/aws-(?<system>k8s|ecs)-(?<release>[\\d.]{1,8})(?<flavour>(?:-nvidia)?(?:-fips)?)/${architecture}/latest/image_id$`,
    ),
    read: (part) => {
      const flavours = part('flavour').split('-').filter(Boolean);
      return {
        words: joined(
          `Bottlerocket for ${part('system') === 'k8s' ? 'Kubernetes' : 'ECS'} ${part('release')}`,
          flavours.length > 0 && `(${flavours.map((one) => one.toUpperCase()).join(', ')})`,
        ),
        order: [rank(part('system') === 'ecs'), ...newestFirst(part('release')), flavours.length, part('flavour')],
      };
    },
  },
  {
    expression: new RegExp(`^deeplearning/ami/${architecture}/(?<slug>[a-z0-9.-]{1,100})/latest/ami-id$`),
    read: (part) => {
      const slug = part('slug').replace(/^deep-learning-/, '');
      return {
        words: joined('Deep Learning', ...slug.split('-').map((word) => spellings.get(word) ?? capitalised(word))),
        order: [rank(!slug.startsWith('base')), slug.replaceAll(/\d+/g, ''), ...newestFirst(slug)],
      };
    },
  },
  {
    expression: new RegExp(
      `^freebsd/${architecture}/(?<flavour>[a-z0-9-]{1,20})/(?<fs>ufs|zfs)/(?<release>\\d{1,2}\\.\\d{1,2})/(?<branch>[A-Za-z0-9]{1,20})$`,
    ),
    read: (part) => {
      const flavour = part('flavour') === 'base' ? '' : part('flavour');
      return {
        words: joined(
          `FreeBSD ${part('release')}`,
          part('branch') !== 'RELEASE' && part('branch'),
          flavour,
          part('fs') !== 'ufs' && part('fs').toUpperCase(),
        ),
        order: [
          rank(part('branch') !== 'RELEASE'),
          rank(flavour),
          flavour,
          ...newestFirst(part('release')),
          rank(part('fs') !== 'ufs'),
        ],
      };
    },
  },
  {
    expression: new RegExp(`^ec2-macos/(?<name>[a-z]{2,20})/${architecture}/latest/image_id$`),
    read: (part) => {
      const name = capitalised(part('name'));
      const known = macVersions.find((version) => version.name === name);
      return { words: joined('macOS', known?.version, name), order: [-Number(known?.version ?? 0), name] };
    },
  },
];

const ubuntuFlavours = ['server', 'server-minimal', 'pro-server', 'pro-minimal', 'eks', 'eks-pro'];

const chips = ['', 'gpu', 'nvidia', 'neuron', 'inf'];

function chipOf(kind: string): string {
  return spellings.get(kind) ?? kind;
}

const spellings: ReadonlyMap<string, string> = new Map([
  ['ami', 'AMI'],
  ['arm64', 'ARM64'],
  ['cuda', 'CUDA'],
  ['gpu', 'GPU'],
  ['inf', 'Inferentia'],
  ['neuron', 'Neuron'],
  ['nvidia', 'NVIDIA'],
  ['oss', 'OSS'],
  ['pytorch', 'PyTorch'],
  ['tensorflow', 'TensorFlow'],
  ['with', 'with'],
]);

/** `English-Full-SQL_2022_Standard` without its beginning, for people, and its place: plain images, SQL Server, others. */
function windowsKind(kind: string): readonly [Order, string] {
  const sql = /^SQL_(\d{4})(?:_SP\d)?_(.+)$/.exec(kind);
  if (sql) return [[1, -Number(sql[1])], `with SQL Server ${kind.slice('SQL_'.length).replaceAll('_', ' ')}`];
  const container = /^(E[CK]S)_Optimized(?:-(\d\.\d{1,2}))?$/.exec(kind);
  if (container)
    return [[2, container[1] ?? '', ...newestFirst(container[2] ?? '')], joined('for', container[1], container[2])];
  return [[kind === 'Base' ? 0 : 3], kind.replaceAll(/[_-]/g, ' ')];
}

function joined(...words: readonly (string | false | undefined)[]): string {
  return words.filter(Boolean).join(' ');
}

/** What is usual comes before what is not. */
export function rank(unusual: string | boolean): number {
  return unusual ? 1 : 0;
}

/** The numbers of a version for an order with the newest first; what has none comes last. */
function newestFirst(version: string): readonly number[] {
  const numbers = version.match(/\d+/g) ?? [];
  return [0, 1, 2].map((index) => -Number(numbers[index] ?? 0));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
