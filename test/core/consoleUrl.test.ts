import { describe, expect, it } from 'vitest';
import { imageConsoleUrl, instanceConsoleUrl } from '../../src/core/consoleUrl.ts';

const image = 'ami-0123456789abcdef0';

describe('console URLs', () => {
  it.each([
    ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1'],
    ['cn-north-1', 'https://console.amazonaws.cn/ec2/home?region=cn-north-1'],
    ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/ec2/home?region=us-gov-west-1'],
    ['eusc-de-east-1', 'https://console.amazonaws-eusc.eu/ec2/home?region=eusc-de-east-1'],
  ])('lead to the console of the partition of %s', (region, base) => {
    expect(imageConsoleUrl(region, image)).toBe(`${base}#ImageDetails:imageId=${image}`);
    expect(instanceConsoleUrl(region, 'i-0123456789abcdef0')).toBe(
      `${base}#InstanceDetails:instanceId=i-0123456789abcdef0`,
    );
  });

  it('are not made for partitions without a known console', () => {
    expect(imageConsoleUrl('us-iso-east-1', image)).toBeUndefined();
  });

  it.each([
    ['us-east-1', 'ami-1'],
    ['us-east-1', `${image}#x`],
    ['us-east-1', `${image}\n`],
    ['us-east-1@evil.example/', image],
    ['evil.example/?', image],
    ['', image],
  ])('are not made of what is malformed: %j %j', (region, id) => {
    expect(imageConsoleUrl(region, id)).toBeUndefined();
  });

  it('take an id only for what it is', () => {
    expect(instanceConsoleUrl('us-east-1', image)).toBeUndefined();
    expect(imageConsoleUrl('us-east-1', 'i-0123456789abcdef0')).toBeUndefined();
  });
});
