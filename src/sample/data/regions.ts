export interface SampleRegion {
  readonly name: string;
  readonly optInStatus: 'opt-in-not-required' | 'opted-in' | 'not-opted-in';
}

/** Regions that are enabled in every account (`opt-in-not-required` in DescribeRegions). */
const DEFAULT_REGIONS = [
  'ap-south-1',
  'eu-north-1',
  'eu-west-3',
  'eu-west-2',
  'eu-west-1',
  'ap-northeast-3',
  'ap-northeast-2',
  'ap-northeast-1',
  'ca-central-1',
  'sa-east-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-central-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

const OPTED_IN = ['eu-central-2', 'me-central-1'];

const NOT_OPTED_IN = [
  'af-south-1',
  'ap-east-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ca-west-1',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-south-1',
  'mx-central-1',
];

/** The regions of the sample account: the default ones, two that it opted in to, and others that it did not. */
export const SAMPLE_REGIONS: readonly SampleRegion[] = [
  ...DEFAULT_REGIONS.map((name) => ({ name, optInStatus: 'opt-in-not-required' as const })),
  ...OPTED_IN.map((name) => ({ name, optInStatus: 'opted-in' as const })),
  ...NOT_OPTED_IN.map((name) => ({ name, optInStatus: 'not-opted-in' as const })),
];

const OPT_IN: ReadonlySet<string> = new Set([...OPTED_IN, ...NOT_OPTED_IN]);

/** Whether accounts must opt in to a region. */
export function isOptIn(region: string): boolean {
  return OPT_IN.has(region);
}

export function isEnabled(region: string): boolean {
  return SAMPLE_REGIONS.some(({ name, optInStatus }) => name === region && optInStatus !== 'not-opted-in');
}
