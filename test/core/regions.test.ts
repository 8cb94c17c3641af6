import { describe, expect, it } from 'vitest';
import { dnsSuffixOf, isRegionName, partitionOf, placeNameOf } from '../../src/core/regions.ts';

describe('partitionOf', () => {
  it.each([
    ['us-east-1', 'aws', 'amazonaws.com'],
    ['mx-central-1', 'aws', 'amazonaws.com'],
    ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
    ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
    ['xx-future-9', 'aws', 'amazonaws.com'],
    ['', 'aws', 'amazonaws.com'],
  ] as const)('%s is in %s, under %s', (region, partition, suffix) => {
    expect(partitionOf(region)).toBe(partition);
    expect(dnsSuffixOf(partition)).toBe(suffix);
  });
});

describe('placeNameOf', () => {
  it('names the places of known regions and tolerates unknown ones', () => {
    expect(placeNameOf('us-east-1')).toBe('N. Virginia');
    expect(placeNameOf('eu-west-1')).toBe('Ireland');
    expect(placeNameOf('ap-southeast-6')).toBe('New Zealand');
    expect(placeNameOf('xx-future-9')).toBeUndefined();
  });
});

describe('isRegionName', () => {
  it.each(['us-east-1', 'ap-southeast-7', 'us-gov-west-1', 'eusc-de-east-1', 'us-isob-east-1', 'xx-future-12'])(
    'takes %s',
    (region) => expect(isRegionName(region)).toBe(true),
  );

  it.each(['', 'us-east', 'us-east-1a', 'US-EAST-1', 'us-east-1.evil.example', 'us-east-1/..', 'us_east_1', '-east-1'])(
    'refuses %j',
    (region) => expect(isRegionName(region)).toBe(false),
  );
});
