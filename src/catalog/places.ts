import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { partitionOf } from '../core/regions.ts';
import { foreignEndpoint } from '../ec2/endpoint.ts';
import type { EndpointAccess } from '../ec2/port.ts';
import type { Place } from './threads/contracts.ts';

/**
 * Where a region's catalog is stored. A partition's images are the same for every account, but not at every endpoint. What was
 * downloaded without deprecated images is not all with them: the two have stores of their own.
 *
 * @param folder of all stores
 */
export function placeOf(folder: string, access: EndpointAccess, region: string, includeDeprecated: boolean): Place {
  const name = `${scopeOf(access)}${partitionOf(region)}${includeDeprecated ? '-with-deprecated' : ''}.sqlite`;
  return { file: join(folder, name), region };
}

/** The same for the same place. */
export function placeKey({ file, region }: Place): string {
  return `${file}\0${region}`;
}

/** AWS's own endpoints, a VPC's among them, have the same images. */
function scopeOf(access: EndpointAccess): string {
  if (access.kind === 'sample') {
    return 'sample-';
  }
  const foreign = foreignEndpoint(access.endpoint);
  return foreign ? `endpoint-${createHash('sha256').update(foreign).digest('hex').slice(0, 12)}-` : '';
}
