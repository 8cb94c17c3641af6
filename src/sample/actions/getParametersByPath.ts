import { publicParameters } from '../data/parameters.ts';
import type { RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';
import type { QueryParameters } from '../wire/query.ts';

/** SSM answers at most 10 parameters a page (API reference, GetParametersByPath). */
const MAX_PAGE = 10;

const known = new WeakMap<RegionState, ReadonlyMap<string, string>>();

/** @throws ServiceError ValidationException, InvalidNextToken */
export function getParametersByPath(region: RegionState, params: QueryParameters): string {
  const path = params.required('Path');
  const size = Number(params.get('MaxResults') ?? MAX_PAGE);
  if (!path.startsWith('/') || !Number.isInteger(size) || size < 1 || size > MAX_PAGE) {
    throw new ServiceError(
      'ValidationException',
      `The path must begin with "/"; a page has 1 to ${MAX_PAGE} parameters.`,
    );
  }
  const token = params.get('NextToken') ?? '0';
  if (!/^\d+$/.test(token)) {
    throw new ServiceError('InvalidNextToken', 'The specified token is not valid.');
  }
  const all = known.get(region) ?? publicParameters(region.name, region.images);
  known.set(region, all);
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const recursive = params.boolean('Recursive') ?? false;
  const found = [...all].filter(
    ([name]) => name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/')),
  );
  const start = Number(token);
  const end = start + size;
  return JSON.stringify({
    Parameters: found.slice(start, end).map(([name, value]) => ({
      ARN: `arn:aws:ssm:${region.name}::parameter${name}`,
      DataType: value.startsWith('ami-') ? 'aws:ec2:image' : 'text',
      LastModifiedDate: 1_795_176_000,
      Name: name,
      Type: 'String',
      Value: value,
      Version: 1,
    })),
    ...(end < found.length ? { NextToken: String(end) } : {}),
  });
}
