import { describe, expect, it } from 'vitest';
import { keysAround } from '../../../src/code/insertion/keysAround.ts';
import type { Language } from '../../../src/code/language.ts';

function keys(marked: string, language: Language): readonly string[] {
  const offset = marked.indexOf('|');
  return keysAround(marked.replace('|', ''), offset, language).map(({ name, labels, isCall }) =>
    isCall ? `${name}()` : [name, ...labels].join(' '),
  );
}

describe('the keys around a place', () => {
  it.each<readonly [Language, string, readonly string[]]>([
    ['hcl', 'resource "aws_instance" "web" {\n  ami = |\n', ['ami', 'resource aws_instance web']],
    ['hcl', 'variable "ami_id" { default = |', ['default', 'variable ami_id']],
    ['hcl', 'amis = ["a", |', ['amis']],
    ['hcl', 'amis = [\n  "a",\n  |\n', ['amis']],
    [
      'hcl',
      'variable "amis" {\n  type = map(string)\n  default = {\n    us-east-1 = |',
      ['us-east-1', 'default', 'variable amis'],
    ],
    ['hcl', 'ami = var.arm ? "a" : |', ['ami']],
    ['hcl', 'ami = lookup(var.amis, var.region, |', ['lookup()', 'ami']],
    ['hcl', 'a = { b = 1 }\nami = |', ['ami']],
    ['json', '{ "ImageId": |', ['ImageId']],
    ['json', '{\n  "Mappings": {\n    "us-east-1": { "AMI": |', ['AMI', 'us-east-1', 'Mappings']],
    ['json', '{"a": "ami", "InstanceType": |', ['InstanceType']],
    [
      'yaml',
      'Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: |',
      ['ImageId', 'Properties', 'Web', 'Resources'],
    ],
    ['yaml', 'amiSelectorTerms:\n  - id: |', ['id', 'amiSelectorTerms']],
    ['yaml', 'image_ids:\n- |', ['image_ids']],
    ['yaml', 'a:\n  image_ids:\n  - x\n  - |', ['image_ids', 'a']],
    ['yaml', '- ec2_instance:\n    image:\n      id: |', ['id', 'image', 'ec2_instance']],
    ['shell', 'aws ec2 run-instances --count 1 --image-id |', ['--image-id']],
    ['shell', 'aws ec2 describe-images --image-ids ami-1 |', ['--image-ids']],
    ['shell', 'aws x --image-id=|', ['--image-id']],
    ['shell', 'export AMI_ID=|', ['AMI_ID']],
    ['shell', 'AMI=ami-1 aws x --region |', ['--region']],
    ['shell', 'AMI=ami-1 echo |', []],
    ['script', 'const amiId: string = |', ['amiId']],
    ['script', 'new RunInstancesCommand({ ImageId: |', ['ImageId', 'RunInstancesCommand()']],
    ['script', "x.genericLinux({\n  'us-east-1': |", ['us-east-1', 'x.genericLinux()']],
    ['python', 'ec2.run_instances(ImageId=|', ['ImageId', 'ec2.run_instances()']],
    ['python', 'ami: str = |', ['ami']],
    ['python', 'ec2.Image(|', ['ec2.Image()']],
    ['other', '  ImageId: aws.String(|', ['aws.String()', 'ImageId']],
    ['other', 'request.withImageId(|', ['request.withImageId()']],
    ['other', 'image_id => |', ['image_id']],
    ['other', 'aws.ami = |', ['aws.ami']],
    ['other', 'x(a, b)\ny = |', ['y']],
  ])('are told by half-written %s: %s', (language, marked, expected) => {
    expect(keys(marked, language)).toEqual(expected);
  });
});
