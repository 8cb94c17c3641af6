import { isImageId, isInstanceId } from './imageId.ts';
import { isRegionName, type Partition, partitionOf } from './regions.ts';

/**
 * Hosts of the AWS console per partition, as AWS documents them for China, GovCloud and the European Sovereign Cloud.
 * The isolated partitions have no public console.
 */
const consoleHosts: Partial<Record<Partition, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/**
 * The console's page of an image; undefined where the region or id is malformed or the partition has no known
 * console.
 */
export function imageConsoleUrl(region: string, imageId: string): string | undefined {
  return isImageId(imageId) ? consoleUrl(region, `ImageDetails:imageId=${imageId}`) : undefined;
}

/** The console's page of an instance; undefined as for `imageConsoleUrl`. */
export function instanceConsoleUrl(region: string, instanceId: string): string | undefined {
  return isInstanceId(instanceId) ? consoleUrl(region, `InstanceDetails:instanceId=${instanceId}`) : undefined;
}

/** The callers have checked both parts, so nothing needs encoding. */
function consoleUrl(region: string, fragment: string): string | undefined {
  const host = consoleHosts[partitionOf(region)];
  if (host === undefined || !isRegionName(region)) return undefined;
  // The console of the partition `aws` has a host per region; the others have one host.
  const regional = partitionOf(region) === 'aws' ? `${region}.${host}` : host;
  return `https://${regional}/ec2/home?region=${region}#${fragment}`;
}
