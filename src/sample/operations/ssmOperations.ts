import type { RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';
import type { JsonMembers } from '../wire/json.ts';
import { parameterTest } from './ssmFilters.ts';
import { findParameter, type Parameter, parametersOf } from './ssmParameters.ts';
import { checkLength, refuseConstraint } from './ssmValidation.ts';

/** The most parameters of one answer (API reference, GetParameters and GetParametersByPath). */
const MAX_PARAMETERS = 10;

const MAX_NAME = 2048;

type SsmOperation = (region: RegionState, input: JsonMembers) => string;

/** Return the result as JSON. @throws ServiceError */
export const SSM_OPERATIONS: Readonly<Record<string, SsmOperation>> = {
  GetParameter: getParameter,
  GetParameters: getParameters,
  GetParametersByPath: getParametersByPath,
};

function getParameter(region: RegionState, input: JsonMembers): string {
  checkDecryption(input);
  const name = requiredName(input.string('Name'), 'name');
  const parameter = findParameter(region, name);
  if (!parameter) {
    throw new ServiceError('ParameterNotFound', '');
  }
  return JSON.stringify({ Parameter: parameter });
}

function getParameters(region: RegionState, input: JsonMembers): string {
  checkDecryption(input);
  const names = input.strings('Names') ?? refuseConstraint('null', 'names', 'Member must not be null');
  checkLength(`[${names.join(', ')}]`, 'names', names.length, MAX_PARAMETERS);
  const found = [...new Set(names)].map((name) => ({ name, parameter: parameterOf(region, name) }));
  return JSON.stringify({
    InvalidParameters: found.filter(({ parameter }) => !parameter).map(({ name }) => name),
    Parameters: found.map(({ parameter }) => parameter).filter((parameter) => parameter !== undefined),
  });
}

/** With several names, a name with an unknown version counts as invalid. */
function parameterOf(region: RegionState, name: string): Parameter | undefined {
  try {
    return findParameter(region, name);
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'ParameterVersionNotFound') {
      return undefined;
    }
    throw error;
  }
}

/** The account has only AWS's public parameters, all below `/aws/service`. */
function getParametersByPath(region: RegionState, input: JsonMembers): string {
  checkDecryption(input);
  const path = requiredName(input.string('Path'), 'path');
  const size = pageSize(input.integer('MaxResults') ?? MAX_PARAMETERS);
  const recursive = input.boolean('Recursive') ?? false;
  const token = input.string('NextToken');
  const matches = parameterTest(input.structs('ParameterFilters') ?? []);
  if (!/^\/[\w.\-/]*$/.test(path)) {
    throw new ServiceError(
      'ValidationException',
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
    );
  }
  const start = placeOf(token, path);
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const names = prefix.startsWith('/aws/service/') ? [...parametersOf(region).keys()] : [];
  const found = names
    .filter((name) => name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/')))
    .map((name) => findParameter(region, name))
    .filter((parameter) => parameter !== undefined && matches(parameter));
  const end = start + size;
  return JSON.stringify({
    Parameters: found.slice(start, end),
    ...(end < found.length ? { NextToken: tokenOf(end, path) } : {}),
  });
}

/** No parameter is encrypted, so the boolean has no effect. */
function checkDecryption(input: JsonMembers): void {
  input.boolean('WithDecryption');
}

function requiredName(text: string | undefined, member: string): string {
  const name = text ?? refuseConstraint('null', member, 'Member must not be null');
  checkLength(name, member, name.length, MAX_NAME);
  return name;
}

function pageSize(size: number): number {
  if (size < 1) {
    refuseConstraint(`'${size}'`, 'maxResults', 'Member must have value greater than or equal to 1');
  }
  if (size > MAX_PARAMETERS) {
    refuseConstraint(`'${size}'`, 'maxResults', `Member must have value less than or equal to ${MAX_PARAMETERS}`);
  }
  return size;
}

function tokenOf(place: number, path: string): string {
  return Buffer.from(JSON.stringify([place, path])).toString('base64url');
}

/** A token belongs to the path of its request. @throws ServiceError InvalidNextToken */
function placeOf(token: string | undefined, path: string): number {
  const [, digits] = token === undefined ? [] : (/^\[(\d+),/.exec(Buffer.from(token, 'base64url').toString()) ?? []);
  const place = Number(digits ?? 0);
  if (token !== undefined && (digits === undefined || tokenOf(place, path) !== token)) {
    throw new ServiceError('InvalidNextToken', 'The specified token is not valid.');
  }
  return place;
}
