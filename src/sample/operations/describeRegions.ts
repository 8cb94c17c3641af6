import { SAMPLE_REGIONS, type SampleRegion } from '../data/regions.ts';
import { ServiceError } from '../wire/errors.ts';
import { filterOf } from '../wire/filters.ts';
import type { QueryParameters } from '../wire/query.ts';
import { element, itemSet } from '../wire/xml.ts';
import { stopDryRun } from './context.ts';

function endpointOf({ name }: SampleRegion): string {
  return `ec2.${name}.amazonaws.com`;
}

/** The enabled regions; with `AllRegions` also those that are not opted in. */
export function describeRegions({ params }: { readonly params: QueryParameters }): string {
  const names = params.list('RegionName');
  const unknown = names.filter((name) => !SAMPLE_REGIONS.some((region) => region.name === name));
  if (unknown.length > 0) {
    throw new ServiceError('InvalidParameterValue', `Invalid region names: ${unknown.join(', ')}`);
  }
  const matches = filterOf<SampleRegion>(params, {
    fields: {
      'region-name': ({ name }) => [name],
      endpoint: (region) => [endpointOf(region)],
      'opt-in-status': ({ optInStatus }) => [optInStatus],
    },
  });
  const all = params.boolean('AllRegions') ?? false;
  stopDryRun(params);
  const regions = SAMPLE_REGIONS.filter(
    (region) =>
      (names.length > 0 ? names.includes(region.name) : all || region.optInStatus !== 'not-opted-in') &&
      matches(region),
  );
  return itemSet(
    'regionInfo',
    regions.map(
      (region) =>
        element('regionName', region.name) +
        element('regionEndpoint', endpointOf(region)) +
        element('optInStatus', region.optInStatus),
    ),
  );
}
