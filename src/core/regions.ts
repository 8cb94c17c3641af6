/** A region as the account sees it. */
export interface Region {
  readonly name: string;
  readonly optIn: 'opt-in-not-required' | 'opted-in' | 'not-opted-in' | (string & {});
  readonly endpoint: string | undefined;
}

/**
 * AWS's partitions, each with its own accounts, regions and hosts. An account id means nothing in another partition.
 */
export type Partition =
  | 'aws'
  | 'aws-cn'
  | 'aws-us-gov'
  | 'aws-eusc'
  | 'aws-iso'
  | 'aws-iso-b'
  | 'aws-iso-e'
  | 'aws-iso-f';

interface PartitionFacts {
  /** The beginning of its regions' names. */
  readonly prefix: string;
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  /** A region that is enabled in every account of the partition. */
  readonly leadingRegion: string;
}

/** From botocore's `partitions.json`. `aws` must be last, since its empty prefix matches every name. */
const partitions: Readonly<Record<Partition, PartitionFacts>> = {
  'aws-cn': {
    prefix: 'cn-',
    dnsSuffix: 'amazonaws.com.cn',
    dualStackDnsSuffix: 'api.amazonwebservices.com.cn',
    leadingRegion: 'cn-northwest-1',
  },
  'aws-us-gov': {
    prefix: 'us-gov-',
    dnsSuffix: 'amazonaws.com',
    dualStackDnsSuffix: 'api.aws',
    leadingRegion: 'us-gov-west-1',
  },
  'aws-eusc': {
    prefix: 'eusc-',
    dnsSuffix: 'amazonaws.eu',
    dualStackDnsSuffix: 'api.amazonwebservices.eu',
    leadingRegion: 'eusc-de-east-1',
  },
  'aws-iso': {
    prefix: 'us-iso-',
    dnsSuffix: 'c2s.ic.gov',
    dualStackDnsSuffix: 'api.aws.ic.gov',
    leadingRegion: 'us-iso-east-1',
  },
  'aws-iso-b': {
    prefix: 'us-isob-',
    dnsSuffix: 'sc2s.sgov.gov',
    dualStackDnsSuffix: 'api.aws.scloud',
    leadingRegion: 'us-isob-east-1',
  },
  'aws-iso-e': {
    prefix: 'eu-isoe-',
    dnsSuffix: 'cloud.adc-e.uk',
    dualStackDnsSuffix: 'api.cloud-aws.adc-e.uk',
    leadingRegion: 'eu-isoe-west-1',
  },
  'aws-iso-f': {
    prefix: 'us-isof-',
    dnsSuffix: 'csp.hci.ic.gov',
    dualStackDnsSuffix: 'api.aws.hci.ic.gov',
    leadingRegion: 'us-isof-south-1',
  },
  aws: {
    prefix: '',
    dnsSuffix: 'amazonaws.com',
    dualStackDnsSuffix: 'api.aws',
    leadingRegion: 'us-east-1',
  },
};

export const partitionNames = Object.keys(partitions) as readonly Partition[];

/** Place names from AWS's list of regions (botocore's `partitions.json`, the part in brackets). */
const placeNames: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'N. Virginia'],
  ['us-east-2', 'Ohio'],
  ['us-west-1', 'N. California'],
  ['us-west-2', 'Oregon'],
  ['af-south-1', 'Cape Town'],
  ['ap-east-1', 'Hong Kong'],
  ['ap-east-2', 'Taipei'],
  ['ap-northeast-1', 'Tokyo'],
  ['ap-northeast-2', 'Seoul'],
  ['ap-northeast-3', 'Osaka'],
  ['ap-south-1', 'Mumbai'],
  ['ap-south-2', 'Hyderabad'],
  ['ap-southeast-1', 'Singapore'],
  ['ap-southeast-2', 'Sydney'],
  ['ap-southeast-3', 'Jakarta'],
  ['ap-southeast-4', 'Melbourne'],
  ['ap-southeast-5', 'Malaysia'],
  ['ap-southeast-6', 'New Zealand'],
  ['ap-southeast-7', 'Thailand'],
  ['ca-central-1', 'Central Canada'],
  ['ca-west-1', 'Calgary'],
  ['eu-central-1', 'Frankfurt'],
  ['eu-central-2', 'Zurich'],
  ['eu-north-1', 'Stockholm'],
  ['eu-south-1', 'Milan'],
  ['eu-south-2', 'Spain'],
  ['eu-west-1', 'Ireland'],
  ['eu-west-2', 'London'],
  ['eu-west-3', 'Paris'],
  ['il-central-1', 'Tel Aviv'],
  ['me-central-1', 'UAE'],
  ['me-south-1', 'Bahrain'],
  ['mx-central-1', 'Central Mexico'],
  ['sa-east-1', 'São Paulo'],
  ['cn-north-1', 'Beijing'],
  ['cn-northwest-1', 'Ningxia'],
  ['us-gov-east-1', 'GovCloud US-East'],
  ['us-gov-west-1', 'GovCloud US-West'],
  ['eusc-de-east-1', 'Brandenburg'],
  ['us-iso-east-1', 'ISO East'],
  ['us-iso-west-1', 'ISO West'],
  ['us-isob-east-1', 'ISOB East'],
  ['us-isob-west-1', 'ISOB West'],
  ['eu-isoe-west-1', 'ISOE West'],
  ['us-isof-east-1', 'ISOF East'],
  ['us-isof-south-1', 'ISOF South'],
]);

/** The partition of a region by its name; `aws` for an unknown name. */
export function partitionOf(region: string): Partition {
  return partitionNames.find((name) => region.startsWith(partitions[name].prefix)) ?? 'aws';
}

/** `N. Virginia` for `us-east-1`; undefined for an unknown region. */
export function placeNameOf(region: string): string | undefined {
  return placeNames.get(region);
}

/** The partition with this name, as in an ARN; undefined for an unknown name. */
export function partitionNamed(name: string | undefined): Partition | undefined {
  return partitionNames.find((partition) => partition === name);
}

/** The part of endpoint names after the region: `ec2.REGION.SUFFIX`. */
export function dnsSuffixOf(partition: Partition): string {
  return partitions[partition].dnsSuffix;
}

/** As `dnsSuffixOf`, for endpoints that also take IPv6. */
export function dualStackDnsSuffixOf(partition: Partition): string {
  return partitions[partition].dualStackDnsSuffix;
}

/** A region that is enabled in every account, for questions that another region cannot answer. */
export function leadingRegionOf(partition: Partition): string {
  return partitions[partition].leadingRegion;
}

/** The partition's regions that this version knows, for accounts that cannot be asked. */
export function knownRegionsOf(partition: Partition): readonly string[] {
  return [...placeNames.keys()].filter((region) => partitionOf(region) === partition);
}

/** Labels of hosts in AWS's domains that belong to customers: instances, load balancers, functions. */
const customerLabels: ReadonlySet<string> = new Set(['compute', 'compute-1', 'elb', 'execute-api', 'lambda-url']);

/** Whether a host is one of AWS's own endpoints, including VPC endpoints. */
export function isAwsHost(host: string): boolean {
  const name = host.toLowerCase();
  if (name.split('.').some((label) => customerLabels.has(label))) {
    return false;
  }
  return Object.values(partitions).some(({ dnsSuffix, dualStackDnsSuffix }) =>
    [dnsSuffix, dualStackDnsSuffix].some((suffix) => name === suffix || name.endsWith(`.${suffix}`)),
  );
}

/** The region in the name of one of AWS's own endpoints; undefined for other hosts. */
export function regionOfHost(host: string): string | undefined {
  const name = host.toLowerCase();
  if (!isAwsHost(name)) {
    return undefined;
  }
  // The oldest endpoint names have no region and stand for us-east-1.
  return name.split('.').findLast(isRegionName) ?? (name.endsWith('amazonaws.com') ? 'us-east-1' : undefined);
}

/**
 * Whether a text has the form of a region's name. New regions appear faster than releases of this extension, so there
 * is no list. Text of this form is safe in a host name or URL.
 */
export function isRegionName(text: string): boolean {
  return text.length <= 32 && /^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/.test(text);
}
