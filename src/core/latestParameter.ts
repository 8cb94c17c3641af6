import { isResourceId } from './imageId.ts';
import { compareOrders, readLatestName } from './latestNames.ts';

/** A public SSM parameter whose value is the id of the latest image of something. */
export interface LatestParameter {
  /** The name, which is unique in its region. */
  readonly id: string;
  readonly region: string;
  /** `/aws/service/…` */
  readonly name: string;
  /** For people: `Amazon Linux 2023 (kernel 6.12) · arm64`. */
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

/** In a parameter of a form that this version does not know. */
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
  ['ami-amazon-linux-latest', 'Amazon Linux'],
  ['ami-windows-latest', 'Windows'],
  ['windows_server', 'Windows Server'],
]);

function labelOf(name: string): string {
  const known = readLatestName(name);
  if (known) return known.label;
  const parts = name
    .split('/')
    .slice(3)
    .filter((segment) => !fillers.has(segment))
    .map((segment) => words.get(segment) ?? segment)
    .filter((segment) => segment !== '');
  return parts.join(', ') || name;
}

/** The newest and the default ones first, those of an unknown form last. */
export function latestInOrder(parameters: readonly LatestParameter[]): readonly LatestParameter[] {
  return parameters
    .map((parameter) => ({
      parameter,
      order: readLatestName(parameter.name)?.order ?? [Number.POSITIVE_INFINITY, parameter.label],
    }))
    .sort((a, b) => compareOrders(a.order, b.order))
    .map(({ parameter }) => parameter);
}
