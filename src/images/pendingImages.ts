import type { Image } from '../core/image.ts';
import type { ImageReader } from '../ec2/port.ts';
import { withTimeout } from './withTimeout.ts';

/** How long (ms) a region is waited for. */
const timeout = 20_000;

/** The account's own images of a region that are being made, whoever has begun them. Rejects with AmiError. */
export function pendingImages(
  ec2: Pick<ImageReader, 'listImages'>,
  region: string,
  signal: AbortSignal,
): Promise<readonly Image[]> {
  const query = {
    owners: ['self'],
    filters: [{ name: 'state', values: ['pending', 'transient'] }],
    includeDeprecated: true,
    includeDisabled: true,
  };
  return withTimeout(timeout, { operation: 'DescribeImages', region }, signal, async (limited) => {
    const found: Image[] = [];
    for await (const page of ec2.listImages(region, query, limited)) {
      found.push(...page);
    }
    return found;
  });
}
