import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { partitionOf } from '../core/regions.ts';
import { foreignEndpoint } from '../ec2/endpoint.ts';
import type { EndpointAccess } from '../ec2/port.ts';
import type { Place } from './threads/contracts.ts';

/**
 * Where a region's catalog is stored. Public images are the same for every account, but not at every endpoint. Catalogs
 * with deprecated images have stores of their own: a complete catalog without these images is not complete with them.
 *
 * @param folder the folder of all stores
 */
export function placeOf(folder: string, access: EndpointAccess, region: string, includeDeprecated: boolean): Place {
  const name = `${scopeOf(access)}${partitionOf(region)}${includeDeprecated ? '-with-deprecated' : ''}.sqlite`;
  return { file: join(folder, name), region };
}

/** A key for maps; the same for equal places. */
export function placeKey({ file, region }: Place): string {
  return `${file}\0${region}`;
}

/**
 * The beginning of a store's name. Empty for AWS's own endpoints, VPC endpoints included, since they have the same
 * images.
 */
function scopeOf(access: EndpointAccess): string {
  if (access.kind === 'sample') {
    return 'sample-';
  }
  const foreign = foreignEndpoint(access.endpoint);
  return foreign ? `endpoint-${createHash('sha256').update(foreign).digest('hex').slice(0, 12)}-` : '';
}
