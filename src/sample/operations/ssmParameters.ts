import { publicParameters } from '../data/parameters.ts';
import type { RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';

/** When all parameters last changed, in seconds: 2026-11-20. */
const LAST_MODIFIED = 1_795_176_000;

/** All parameters are in their first version. */
const VERSION = 1;

/** A parameter in SSM's answers. */
export interface Parameter {
  readonly ARN: string;
  readonly DataType: string;
  readonly LastModifiedDate: number;
  readonly Name: string;
  /** The version or label after the requested name, with its colon. */
  readonly Selector?: string;
  readonly Type: string;
  readonly Value: string;
  readonly Version: number;
}

const known = new WeakMap<RegionState, ReadonlyMap<string, string>>();

/** The region's parameters by name. */
export function parametersOf(region: RegionState): ReadonlyMap<string, string> {
  const parameters = known.get(region) ?? publicParameters(region.name, region.images);
  known.set(region, parameters);
  return parameters;
}

/**
 * The parameter with a name or an ARN, optionally followed by `:version` or `:label` (API reference, GetParameter).
 *
 * @throws ServiceError ParameterVersionNotFound
 */
export function findParameter(region: RegionState, nameOrArn: string): Parameter | undefined {
  const arn = arnOf(region, '');
  const [name = '', ...selectors] = (nameOrArn.startsWith(arn) ? nameOrArn.slice(arn.length) : nameOrArn).split(':');
  const value = parametersOf(region).get(name);
  const [selector] = selectors;
  if (value === undefined || selectors.length > 1 || (selector !== undefined && !/^\d+$/.test(selector))) {
    return undefined;
  }
  if (selector !== undefined && Number(selector) !== VERSION) {
    throw new ServiceError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
    );
  }
  return {
    ARN: arnOf(region, name),
    // Canonical uses the data type for images; Amazon's parameters are plain text.
    DataType: name.startsWith('/aws/service/canonical/') ? 'aws:ec2:image' : 'text',
    LastModifiedDate: LAST_MODIFIED,
    Name: name,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    Type: 'String',
    Value: value,
    Version: VERSION,
  };
}

function arnOf(region: RegionState, name: string): string {
  return `arn:aws:ssm:${region.name}::parameter${name}`;
}
