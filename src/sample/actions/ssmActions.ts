import { publicParameters } from '../data/parameters.ts';
import type { RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';
import type { QueryParameters } from '../wire/query.ts';

/** SSM answers at most 10 parameters at once (API reference, GetParameters and GetParametersByPath). */
const MAX_PARAMETERS = 10;

/** The date on which all of them changed last, in seconds: 2026-11-20. */
const LAST_MODIFIED = 1_795_176_000;

type SsmAction = (region: RegionState, params: QueryParameters) => string;

/** Answer with the JSON of the result. @throws ServiceError */
export const SSM_ACTIONS: Readonly<Record<string, SsmAction>> = {
  GetParameter: getParameter,
  GetParameters: getParameters,
  GetParametersByPath: getParametersByPath,
};

const known = new WeakMap<RegionState, ReadonlyMap<string, string>>();

function parametersOf(region: RegionState): ReadonlyMap<string, string> {
  const parameters = known.get(region) ?? publicParameters(region.name, region.images);
  known.set(region, parameters);
  return parameters;
}

function getParameter(region: RegionState, params: QueryParameters): string {
  const name = params.get('Name') ?? unmet('null', 'name', 'Member must not be null');
  const parameter = find(region, name);
  if (!parameter) {
    throw new ServiceError('ParameterNotFound', '');
  }
  return JSON.stringify({ Parameter: parameter });
}

function getParameters(region: RegionState, params: QueryParameters): string {
  const names = [...new Set(params.list('Names'))];
  if (names.length === 0 || names.length > MAX_PARAMETERS) {
    const limit = names.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_PARAMETERS}`;
    unmet(`'[${names.join(', ')}]'`, 'names', `Member must have length ${limit}`);
  }
  return JSON.stringify({
    InvalidParameters: names.filter((name) => !find(region, name)),
    Parameters: names.map((name) => find(region, name)).filter((parameter) => parameter !== undefined),
  });
}

/** The account has no parameters of its own: all there are are AWS's, and those are found below `/aws/service` only. */
function getParametersByPath(region: RegionState, params: QueryParameters): string {
  const path = params.get('Path') ?? unmet('null', 'path', 'Member must not be null');
  if (!/^\/[\w.\-/]*$/.test(path)) {
    throw new ServiceError(
      'ValidationException',
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
    );
  }
  const size = pageSize(params);
  const tests = params.structs('ParameterFilters').map(filterTest);
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const recursive = params.boolean('Recursive') ?? false;
  const start = placeOf(params.get('NextToken'), path);
  const names = prefix.startsWith('/aws/service/') ? [...parametersOf(region).keys()] : [];
  const found = names
    .filter((name) => name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/')))
    .map((name) => find(region, name))
    .filter((parameter) => parameter !== undefined && tests.every((test) => test(parameter)));
  const end = start + size;
  return JSON.stringify({
    Parameters: found.slice(start, end),
    ...(end < found.length ? { NextToken: tokenOf(end, path) } : {}),
  });
}

function pageSize(params: QueryParameters): number {
  const text = params.get('MaxResults') ?? String(MAX_PARAMETERS);
  const size = Number(text);
  if (!Number.isInteger(size)) {
    throw new ServiceError('SerializationException', '');
  }
  if (size < 1) {
    unmet(`'${text}'`, 'maxResults', 'Member must have value greater than or equal to 1');
  }
  if (size > MAX_PARAMETERS) {
    unmet(`'${text}'`, 'maxResults', `Member must have value less than or equal to ${MAX_PARAMETERS}`);
  }
  return size;
}

/** What GetParametersByPath may be filtered by (API reference, ParameterStringFilter). */
function filterTest(filter: QueryParameters): (parameter: Parameter) => boolean {
  const key = filter.get('Key') ?? '';
  const option = filter.get('Option') ?? 'Equals';
  const values = filter.list('Values');
  if (!['Type', 'KeyId', 'Label', 'DataType'].includes(key)) {
    throw new ServiceError(
      'InvalidFilterKey',
      `The following filter key is not valid: ${key}. Valid filter keys include: [Type, KeyId, Label, DataType].`,
    );
  }
  if (option !== 'Equals' && option !== 'BeginsWith') {
    throw new ServiceError(
      'InvalidFilterOption',
      `The following filter option is not valid: ${option}. Valid options include: [BeginsWith, Equals].`,
    );
  }
  // Nothing of AWS's is encrypted or has a label.
  return (parameter) => {
    const has = key === 'Type' ? parameter.Type : key === 'DataType' ? parameter.DataType : undefined;
    return values.some((value) => (option === 'Equals' ? has === value : has?.startsWith(value)));
  };
}

/** A parameter as SSM answers it. */
interface Parameter {
  readonly ARN: string;
  readonly DataType: string;
  readonly LastModifiedDate: number;
  readonly Name: string;
  readonly Type: string;
  readonly Value: string;
  readonly Version: number;
}

function find(region: RegionState, name: string): Parameter | undefined {
  const value = parametersOf(region).get(name);
  return value === undefined
    ? undefined
    : {
        ARN: `arn:aws:ssm:${region.name}::parameter${name}`,
        DataType: value.startsWith('ami-') ? 'aws:ec2:image' : 'text',
        LastModifiedDate: LAST_MODIFIED,
        Name: name,
        Type: 'String',
        Value: value,
        Version: 1,
      };
}

function tokenOf(place: number, path: string): string {
  return Buffer.from(JSON.stringify([place, path])).toString('base64url');
}

/** A token is good for the path that it was given for. @throws ServiceError InvalidNextToken */
function placeOf(token: string | undefined, path: string): number {
  const [, digits] = token === undefined ? [] : (/^\[(\d+),/.exec(Buffer.from(token, 'base64url').toString()) ?? []);
  const place = Number(digits ?? 0);
  if (token !== undefined && (digits === undefined || tokenOf(place, path) !== token)) {
    throw new ServiceError('InvalidNextToken', 'The specified token is not valid.');
  }
  return place;
}

function unmet(value: string, member: string, constraint: string): never {
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
