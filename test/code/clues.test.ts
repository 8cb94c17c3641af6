import { describe, expect, it } from 'vitest';
import { nameClue, trailingCommentClues } from '../../src/code/regions/hintClues.ts';
import { isRegionKey } from '../../src/code/regions/keyClues.ts';
import { pathClue } from '../../src/code/regions/pathClue.ts';
import { onlyRegionIn, regionNamed, regionsIn } from '../../src/code/regions/regionNames.ts';

describe('regions in a text', () => {
  it.each([
    ['us-east-1', 'us-east-1'],
    ['US_GOV_WEST_1', 'us-gov-west-1'],
    ['ap_southeast_2', 'ap-southeast-2'],
    ['eusc-de-east-1', 'eusc-de-east-1'],
    ['us-isob-east-1', 'us-isob-east-1'],
    ['mx-central-1', 'mx-central-1'],
    ['us-east-1a', undefined],
    ['web-server-1', undefined],
    ['prod-east-1', undefined],
    ['us-east1', undefined],
    ['us-east-12', undefined],
    ['', undefined],
  ])('%s is %s', (text, region) => {
    expect(regionNamed(text)).toBe(region);
  });

  it('finds them among other words, and zones of them', () => {
    expect(regionsIn('copy from ami_us-east-1 to eu-west-1b, not to "kafka-us-west-10"')).toEqual([
      { region: 'us-east-1', span: { start: 14, end: 23 }, isZone: false },
      { region: 'eu-west-1', span: { start: 27, end: 37 }, isZone: true },
    ]);
  });

  it.each([
    ['Ubuntu 16.04 in Ireland', 'eu-west-1'],
    ['N. Virginia', 'us-east-1'],
    ['Oregon (us-west-2)', 'us-west-2'],
    ['Oregon and Ohio', undefined],
    ['Canada', undefined],
  ])('%s: %s', (text, region) => {
    expect(onlyRegionIn(text)).toBe(region);
  });
});

describe('the path of a file', () => {
  it.each([
    ['live/eu-west-1/app/main.tf', ['eu-west-1']],
    ['providers/us_east_1_prod/terraform.tfvars', ['us-east-1']],
    ['eu-west-1/vars/us-west-2.tfvars', ['us-west-2']],
    ['env/us-east/main.tf', undefined],
    ['us-east-1/replicate-eu-west-1-to-us-west-2.tf', undefined],
  ])('%s: %s', (path, regions) => {
    expect(pathClue(path)).toEqual(regions ? [expect.objectContaining({ kind: 'stated', regions, from: 'path' })] : []);
  });
});

describe('hints', () => {
  it.each([
    ['"ami-0123456789abcdef1" # us-west-2', ['us-west-2']],
    ['"ami-0123456789abcdef1", // Frankfurt, 2019', ['eu-central-1']],
    ['"ami-0123456789abcdef1" # us-west-2: ami-0123456789abcdef2', undefined],
    ['"ami-0123456789abcdef1"\n# us-west-2', undefined],
    ['"ami-0123456789abcdef1" # us-west-2 or us-east-1', undefined],
  ])('%s', (text, regions) => {
    expect(trailingCommentClues(text, { start: 1, end: 22 })).toEqual(
      regions ? [expect.objectContaining({ regions, from: 'comment', isHint: true })] : [],
    );
  });

  it('has the region of a name', () => {
    expect(nameClue('ami_us_west_2', { start: 0, end: 13 })).toMatchObject([{ regions: ['us-west-2'], isHint: true }]);
    expect(nameClue('ami', { start: 0, end: 3 })).toEqual([]);
  });
});

describe('keys for the region', () => {
  it.each([
    'region',
    'Region',
    'aws_region',
    'AWS_DEFAULT_REGION',
    'awsRegion',
    'region_name',
    'regionName',
    'ec2_region',
    'ecs_ec2_region',
    'instanceRegion',
    'AWS_REGION_NAME',
  ])('%s', (key) => {
    expect(isRegionKey(key)).toBe(true);
  });
  it.each([
    'ami_regions',
    'source_region',
    's3_region',
    'tfStateRegion',
    'secondary_region',
    'subregion_map',
    'backup_region',
    'regions',
    'destination_region',
    'region_map',
  ])('not %s', (key) => {
    expect(isRegionKey(key)).toBe(false);
  });
});
