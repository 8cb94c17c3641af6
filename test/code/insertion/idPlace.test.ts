import { describe, expect, it } from 'vitest';
import { idPlaceAt } from '../../../src/code/insertion/idPlace.ts';
import type { Language } from '../../../src/code/language.ts';

/** What the text is with an id at the place of `|`; undefined where none belongs. */
function completed(marked: string, language: Language, id = 'ID'): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = idPlaceAt(text, offset, language);
  if (!place) return undefined;
  const { span, missingQuote: quote = '' } = place;
  return text.slice(0, span.start) + quote + id + quote + text.slice(span.end);
}

const mapping = 'Mappings:\n  RegionMap:\n    us-east-1:\n      HVM64: ';
const block = 'resource "aws_instance" "web" {\n  ';

describe('an id belongs', () => {
  it.each<readonly [Language, string]>([
    ['hcl', `${block}ami = "|`],
    ['hcl', `${block}ami = "|"\n}\n`],
    ['hcl', 'resource "aws_launch_template" "a" {\n  image_id               = "|"'],
    ['hcl', 'source "amazon-ebs" "a" {\n  source_ami = "|"'],
    ['hcl', 'amis = ["ami-1", "|"]'],
    ['hcl', 'amis = [\n  "ami-1",\n  "|"\n]'],
    ['hcl', 'variable "ami_id" {\n  type = string\n  default = "|"\n}'],
    ['hcl', 'variable "amis" {\n  default = {\n    us-east-1 = "|"\n  }\n}'],
    ['hcl', 'variable "images" {\n  default = {\n    "eu-west-1" = "|"\n  }\n}'],
    ['hcl', 'locals {\n  map = {\n    us-east-1 = "|"\n    us-west-2 = "ami-0123456789abcdef0"\n  }\n}'],
    ['hcl', 'data "aws_ami" "a" {\n  filter {\n    name   = "image-id"\n    values = ["|"]\n  }\n}'],
    ['hcl', 'ami = var.arm ? "ami-1" : "|"'],
    ['hcl', 'ami = lookup(var.amis, var.region, "|")'],
    ['hcl', 'ami_id = "|"'],
    ['json', '{ "ImageId": "|" }'],
    ['json', '{ "variables": { "source_ami": "|"'],
    ['json', '{ "ParameterKey": "AmiId", "ParameterValue": "|" }'],
    ['json', '[\n  {\n    "ParameterKey": "ImageId",\n    "ParameterValue": "|"\n  }\n]'],
    ['yaml', 'Properties:\n  ImageId: |'],
    ['yaml', "Properties:\n  ImageId: '|'"],
    ['yaml', 'Parameters:\n  Os:\n    Type: AWS::EC2::Image::Id\n    Default: |\n'],
    ['yaml', 'Parameters:\n  LatestAmiId:\n    Type: String\n    Default: |\n'],
    ['yaml', `${mapping}|`],
    ['yaml', 'managedNodeGroups:\n  - name: a\n    ami: |'],
    ['yaml', 'amiSelectorTerms:\n  - id: |'],
    ['yaml', '- amazon.aws.ec2_instance:\n    image_id: "|"'],
    ['yaml', '- amazon.aws.ec2_instance:\n    image:\n      id: |'],
    ['yaml', 'image_ids:\n  - |'],
    ['yaml', 'apiVersion: kops.k8s.io/v1alpha2\nspec:\n  image: |'],
    ['yaml', 'env:\n  AMI_ID: |'],
    ['yaml', 'amis:\n  us-east-1: |'],
    ['yaml', 'ImageId: !If [IsArm, ami-0123456789abcdef0, |]'],
    ['yaml', 'script:\n  - aws ec2 run-instances --image-id |'],
    ['markdown', 'Run `aws ec2 describe-images --image-ids |`'],
    ['shell', 'New-EC2Instance -ImageId |'],
    ['shell', 'aws ec2 run-instances --image-id |'],
    ['shell', 'aws ec2 run-instances \\\n  --image-id |\\\n  --count 1'],
    ['shell', 'aws ec2 describe-images --image-ids ami-0123456789abcdef0 |'],
    ['shell', 'aws ec2 copy-image --source-image-id "|"'],
    ['shell', 'export AMI_ID="|"'],
    ['shell', 'AMI_ID=|'],
    ['script', "new ec2.Instance(this, 'x', { imageId: '|' })"],
    ['script', "ec2.MachineImage.genericLinux({\n  'us-east-1': '|',\n})"],
    ['script', "const amiId: string = '|';"],
    ['script', 'new aws.ec2.Instance("a", { ami: "|" })'],
    ['python', "ec2.run_instances(ImageId='|')"],
    ['python', "ec2.describe_images(ImageIds=['|'])"],
    ['python', "boto3.resource('ec2').Image('|')"],
    ['python', 'aws.ec2.Instance("a", ami="|")'],
    ['python', "AMIS = {\n    'us-east-1': '|',\n}"],
    ['other', '\tImageId: aws.String("|"),'],
    ['other', 'RunInstancesRequest.builder().imageId("|")'],
    ['other', 'ImageId = "|",'],
    ['other', "aws.ami = '|'"],
    ['other', "ec2_instance { 'a':\n  image_id => '|',\n}"],
  ])('in %s: %s', (language, marked) => {
    expect(completed(marked, language)).toBe(marked.replace('|', 'ID'));
  });

  it.each<readonly [Language, string, string]>([
    ['hcl', `${block}ami = |`, `${block}ami = "ID"`],
    ['hcl', 'amis = [|]', 'amis = ["ID"]'],
    ['hcl', 'amis = {\n  us-east-1 = |\n}', 'amis = {\n  us-east-1 = "ID"\n}'],
    ['json', '{ "ImageId": | }', '{ "ImageId": "ID" }'],
    ['python', "f(InstanceType='t3', ImageId=|)", "f(InstanceType='t3', ImageId='ID')"],
    ['script', 'const a = { ImageId: | }', 'const a = { ImageId: "ID" }'],
  ])('with quotes where they are missing, in %s: %s', (language, marked, expected) => {
    expect(completed(marked, language)).toBe(expected);
  });

  it.each<readonly [Language, string, string]>([
    ['hcl', 'ami = "ami-0|"', 'ami = "ID"'],
    ['hcl', 'ami = "ami-0123|456789abcdef0"', 'ami = "ID"'],
    ['hcl', 'ami = "|ami-0123456789abcdef0"', 'ami = "ID"'],
    ['hcl', 'ami = ami|', 'ami = "ID"'],
    ['yaml', 'ImageId: ami-|', 'ImageId: ID'],
    ['yaml', 'ImageId: a|', 'ImageId: ID'],
    ['hcl', 'ami = "ubuntu|"', 'ami = "ID"'],
    ['shell', 'echo ami-0a|', 'echo ID'],
    ['markdown', 'use ami-| here', 'use ID here'],
    ['yaml', '# or ami-|', '# or ID'],
  ])('in the place of what is typed, in %s: %s', (language, marked, expected) => {
    expect(completed(marked, language)).toBe(expected);
  });
});

describe('no id belongs', () => {
  it.each<readonly [Language, string]>([
    ['hcl', `${block}instance_type = "|"`],
    ['hcl', 'ami_name = "|"'],
    ['hcl', 'ami_regions = ["|"]'],
    ['hcl', 'ami_users = ["|"]'],
    ['hcl', 'ami = var.|'],
    ['hcl', 'ami = data.aws_ami.x|'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of Terraform
    ['hcl', 'ami = "${var.|}"'],
    ['hcl', 'resource "openstack_compute_instance_v2" "a" {\n  image_id = "|"'],
    ['hcl', 'variable "vpcs" {\n  default = {\n    us-east-1 = "|"\n    us-west-2 = "vpc-0123456789abcdef0"\n  }\n}'],
    ['hcl', 'variable "instance_type" {\n  default = "|"\n}'],
    ['hcl', 'filter {\n  name   = "name"\n  values = ["|"]\n}'],
    ['hcl', 'data "aws_ami" "a" {\n  most_recent = |'],
    ['hcl', '# ami = "|'],
    ['json', '{ "ImageId": "a", "InstanceType": "|" }'],
    ['json', '{ "|": 1 }'],
    ['yaml', 'ImageId: !Ref |'],
    ['yaml', 'ImageId: !FindInMap [RegionMap, !Ref Region, |]'],
    ['yaml', 'ImageId: x\nInstanceType: |'],
    ['yaml', '|'],
    ['yaml', 'amiFamily: |'],
    ['yaml', 'image: |'],
    ['yaml', 'Parameters:\n  Key:\n    Type: String\n    Default: |\n'],
    ['shell', 'aws ec2 run-instances --image-id ami-1 --count |'],
    ['shell', 'AMI=ami-1 echo |'],
    ['script', "console.log('|')"],
    ['script', "amiId.replace('|')"],
    ['python', 'image_id = foo(|bar)'],
    ['other', 'import-ami-|'],
    ['other', 'x.ami-|'],
  ])('in %s: %s', (language, marked) => {
    expect(completed(marked, language)).toBeUndefined();
  });
});

describe('a large text', () => {
  it('is looked at in a moment, however deep the place', () => {
    const text = `${'key: value\n'.repeat(200_000)}  ImageId: `;
    const begun = performance.now();
    for (let count = 0; count < 20; count += 1) idPlaceAt(text, text.length, 'yaml');
    expect((performance.now() - begun) / 20).toBeLessThan(10);
  });
});
