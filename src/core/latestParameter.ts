import { isResourceId } from './imageId.ts';

/** A public SSM parameter whose value is the id of the latest image of something. */
export interface LatestParameter {
  /** The name, which is unique in its region. */
  readonly id: string;
  readonly region: string;
  /** `/aws/service/…` */
  readonly name: string;
  /** For people: `Amazon Linux 2023, kernel 6.12, arm64`. */
  readonly label: string;
  readonly imageId: string;
}

/**
 * The grammar of SSM's parameter names (API reference, PutParameter). None of its characters is special to any tool.
 */
const parameterName = /^\/aws\/service(?:\/[A-Za-z0-9_.-]+)+$/;

/**
 * Undefined for a parameter that names no image (release notes, versions, JSON that repeats its own `…/image_id`), for
 * one of a single past build, and for an invalid name.
 */
export function latestParameter(region: string, name: string, value: string): LatestParameter | undefined {
  if (!parameterName.test(name) || name.length > 1011 || !isImageValue(value) || isOneBuild(name)) return undefined;
  return { id: name, region, name, label: labelOf(name), imageId: value };
}

/** `ami-…`, or the ids of EC2-compatible endpoints such as `emi-…`. */
function isImageValue(value: string): boolean {
  return /^[a-z]mi-/i.test(value) && isResourceId(value);
}

/**
 * Publishers keep past builds beside the latest one, under names with a date, version or id: `…/20260923/…`,
 * `…/1.49.0-abcdef12/image_id`, `…/amzn-ami-2018.03.a-amazon-ecs-optimized/image_id`. All other names count as latest,
 * since new ones may appear.
 */
function isOneBuild(name: string): boolean {
  const [namespace = '', ...rest] = name.split('/').slice(3);
  return (
    !namespace.endsWith('-latest') &&
    !rest.some((segment) => isOfTheLatest.has(segment)) &&
    rest.some((segment) => !fillers.has(segment) && buildName.test(segment))
  );
}

const isOfTheLatest: ReadonlySet<string> = new Set(['latest', 'recommended', 'current']);

const buildName = /(?:^|\D)20\d{6}(?:\D|$)|^v?\d{1,4}\.\d{1,4}\.\d{1,4}(?:\D|$)|ami-/;

/** Segments that add nothing to the label. */
const fillers = new Set([
  'latest',
  'current',
  'stable',
  'recommended',
  'image_id',
  'ami-id',
  'release',
  'optimized-ami',
]);

const words: ReadonlyMap<string, string> = new Map([
  ['canonical', ''],
  ['ubuntu', 'Ubuntu'],
  ['debian', 'Debian'],
  ['suse', 'SUSE'],
  ['sles', 'SLES'],
  ['ecs', 'ECS'],
  ['eks', 'EKS'],
  ['bottlerocket', 'Bottlerocket'],
  ['deeplearning', 'Deep Learning'],
  ['freebsd', 'FreeBSD'],
  ['ec2-macos', 'macOS'],
  ['ami', ''],
  ['amazon-linux-2023', 'Amazon Linux 2023'],
  ['amazon-linux-2022', 'Amazon Linux 2022'],
  ['amazon-linux-2', 'Amazon Linux 2'],
  ['amazon-linux', 'Amazon Linux'],
  ['windows_server', 'Windows Server'],
]);

function labelOf(name: string): string {
  const [namespace = '', ...rest] = name.split('/').slice(3);
  const last = rest.at(-1) ?? '';
  if (namespace === 'ami-amazon-linux-latest') return amazonLinuxLabel(last);
  // Those for ECS and EKS have the id one level below: `Windows_Server-2022-English-Core-EKS_Optimized-1.33/image_id`.
  if (namespace === 'ami-windows-latest')
    return windowsLabel(rest.findLast((segment) => !fillers.has(segment)) ?? last);
  const parts = [namespace, ...rest]
    .filter((segment) => !fillers.has(segment))
    .map((segment) => words.get(segment) ?? segment)
    .filter((segment) => segment !== '');
  return parts.join(', ') || name;
}

/** `al2023-ami-minimal-kernel-6.12-arm64`, `amzn2-ami-kernel-5.10-hvm-x86_64-gp2` */
function amazonLinuxLabel(name: string): string {
  const match = /^(al2023|amzn2|amzn)-ami-(.+)$/.exec(name);
  if (!match) return name;
  const [, series = '', rest = ''] = match;
  const product = { al2023: 'Amazon Linux 2023', amzn2: 'Amazon Linux 2' }[series] ?? 'Amazon Linux';
  return [product, ...rest.replaceAll(/kernel-/g, 'kernel ').split('-')].join(', ');
}

/** `TPM-Windows_Server-2022-English-Full-SQL_2022_Standard` */
function windowsLabel(name: string): string {
  const match = /^(?:(.+)-)?Windows_Server-(\d{4}|\d+_RTM|[^-]+)-(.+)$/.exec(name);
  if (!match) return name.replaceAll('_', ' ');
  const [, before, version = '', rest = ''] = match;
  const parts = [`Windows Server ${version}`, ...rest.split('-'), ...(before === undefined ? [] : [before])];
  return parts.map((part) => part.replaceAll('_', ' ')).join(', ');
}
