import { expect, test } from 'vitest';
import { placesIn } from '../readFiles.ts';

const a = 'ami-0a1b2c3d4e5f60718';

const state = (attributes: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ resources: [{ type: 'aws_instance', instances: [{ attributes: { ami: a, ...attributes } }] }] });

test.each([
  ['of an instance', { arn: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a' }, 'eu-west-1 (arn)'],
  [
    'of another partition',
    { arn: 'arn:aws-us-gov:ec2:us-gov-west-1:123456789012:instance/i-0a' },
    'us-gov-west-1 (arn)',
  ],
  ['before its zone', { arn: 'arn:aws:ec2:eu-west-1:1:i/i', availability_zone: 'us-east-1a' }, 'eu-west-1 (arn)'],
  ['behind its region', { arn: 'arn:aws:ec2:eu-west-1:1:i/i', region: 'us-east-1' }, 'us-east-1 (argument)'],
  ['of what has no region', { arn: 'arn:aws:iam::123456789012:role/x' }, '-'],
  ['of something else', { kms_key_arn: 'arn:aws:kms:eu-west-1:123456789012:key/x' }, '-'],
])('the ARN %s tells the region of its image', async (_name, attributes, told) => {
  expect(await placesIn('terraform.tfstate', state(attributes))).toEqual([`${a} ${told}`]);
});

test('an ARN counts more than what a state says elsewhere', async () => {
  const own = state({ arn: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a' });
  const text = own.replace('"resources":[', '"resources":[{"type":"aws_region","attributes":{"region":"us-east-1"}},');
  expect(await placesIn('terraform.tfstate', text)).toEqual([`${a} eu-west-1 (arn)`]);
});

test('a description of images in YAML', async () => {
  const text = `Images:\n- ImageId: ${a}\n  Arn: arn:aws:imagebuilder:ap-southeast-2:123456789012:image/x\n`;
  expect(await placesIn('a.yml', text)).toEqual([`${a} ap-southeast-2 (arn)`]);
});
