import * as v from 'valibot';
import { isResourceId } from './imageId.ts';
import { isRegionName } from './regions.ts';

export const regionName = v.pipe(v.string(), v.check(isRegionName));

/** An id of any endpoint. */
export const resourceId = v.pipe(v.string(), v.check(isResourceId));

/** An ImageRef from outside. */
export const imageRef = v.object({ region: regionName, id: resourceId });
