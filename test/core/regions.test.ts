import { describe, expect, it } from 'vitest';
import {
  dnsSuffixOf,
  isAwsHost,
  isRegionName,
  knownRegionsOf,
  leadingRegionOf,
  partitionOf,
  placeNameOf,
  regionOfHost,
} from '../../src/core/regions.ts';

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

describe('leadingRegionOf', () => {
  it.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f'] as const)(
    'is a known region of %s',
    (partition) => expect(knownRegionsOf(partition)).toContain(leadingRegionOf(partition)),
  );
});

describe('a host', () => {
  it.each([
    ['ec2.us-west-2.amazonaws.com', true, 'us-west-2'],
    ['ec2-fips.us-gov-west-1.amazonaws.com', true, 'us-gov-west-1'],
    ['EC2.US-WEST-2.API.AWS', true, 'us-west-2'],
    ['sts.amazonaws.com', true, 'us-east-1'],
    ['ec2.cn-north-1.amazonaws.com.cn', true, 'cn-north-1'],
    ['ec2-1-2-3-4.eu-west-1.compute.amazonaws.com', false, undefined],
    ['my-lb-1.eu-west-1.elb.amazonaws.com', false, undefined],
    ['amazonaws.com.example', false, undefined],
    ['notamazonaws.com', false, undefined],
    ['ip-10-0-0-1.ec2.internal', false, undefined],
    ['localhost', false, undefined],
  ] as const)('%s: of AWS %s, region %s', (host, ofAws, region) => {
    expect(isAwsHost(host)).toBe(ofAws);
    expect(regionOfHost(host)).toBe(region);
  });
});
