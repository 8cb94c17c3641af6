import { describe, expect, it } from 'vitest';
import { idPlaceAt } from '../../../src/code/insertion/idPlace.ts';
import { machineImage, machineImageOfParameter } from '../../../src/code/insertion/machineImage.ts';
import type { Language } from '../../../src/code/language.ts';
import { mayTakeImageId } from '../../../src/code/mentions.ts';

/** What the text is with an id at the place of `|`; undefined where none belongs. */
function completed(marked: string, language: Language, id = 'ID'): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = idPlaceAt(text, offset, language);
  if (!place) return undefined;
  // The editor asks nobody where this says no.
  expect(mayTakeImageId(text.slice(0, offset))).toBe(true);
  const { span, missingBlank, missingQuote, closingQuote } = place;
  const written = `${missingBlank}${missingQuote ?? ''}${id}${missingQuote ?? closingQuote ?? ''}`;
  return text.slice(0, span.start) + written + text.slice(span.end);
}

const mapping = 'Mappings:\n  RegionMap:\n    us-east-1:\n      HVM64: ';
const block = 'resource "aws_instance" "web" {\n  ';

describe('an id belongs', () => {
  it.each<readonly [Language, string]>([
    ['hcl', `${block}ami = "|"\n}\n`],
    ['hcl', 'resource "aws_launch_template" "a" {\n  image_id               = "|"'],
    ['hcl', 'source "amazon-ebs" "a" {\n  source_ami = "|"'],
    ['hcl', 'bucket = "arn:aws:s3:::x/*"\nami = "|"'],
    ['hcl', '/* an image */\nami = "|"'],
    ['hcl', 'amis = {\n  us-east-1 = {\n    arm64 = "|"\n  }\n}'],
    ['hcl', 'url = "https://x" # a\nami = "|" # b'],
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
    ['json', '{\n  "Type": "AWS::EC2::Image::Id",\n  "Default": "|"\n}'],
    ['json', '{ "ImageId": { "Fn::If": ["IsArm", "|", "ami-1"] } }'],
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
    ['yaml', 'ImageId:\n  Fn::If:\n    - IsArm\n    - |'],
    ['yaml', '- hosts: all\n  tasks:\n    - amazon.aws.ec2_instance:\n        image:\n          id: "|"'],
    ['yaml', '- ec2:\n    image: |'],
    ['yaml', 'run: >\n  aws ec2 describe-images \\\n    --image-ids \\\n    |'],
    ['yaml', 'script:\n  - aws ec2 run-instances --image-id |'],
    ['markdown', '# A\n\n```hcl\nami = "|"\n```\n'],
    ['markdown', 'A list:\n\n1. do\n\n   ```python\n   AMI_ID = "|"\n   ```\n'],
    ['markdown', 'Run `aws ec2 describe-images --image-ids |`'],
    ['shell', 'New-EC2Instance -ImageId |'],
    ['shell', 'aws ec2 run-instances --image-id |'],
    ['shell', 'aws ec2 run-instances \\\n  --image-id |\\\n  --count 1'],
    ['shell', 'aws ec2 describe-images --image-ids ami-0123456789abcdef0 |'],
    ['shell', 'aws ec2 copy-image --source-image-id "|"'],
    ['shell', 'export AMI_ID="|"'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of a shell
    ['shell', 'AMI_ID="${AMI_ID:-|}"'],
    ['shell', 'aws ec2 describe-images \\\n  --image-ids \\\n|'],
    ['shell', 'Get-EC2Image `\n  -ImageId `\n  |'],
    ['shell', 'declare -A AMIS=(\n  [us-east-1]="|"\n)'],
    ['shell', 'amis["us-east-1"]=|'],
    ['shell', 'case "$1" in\n  *) AMI=| ;;\nesac'],
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
    ['python', 'amis["us-east-1"] = "|"'],
    ['python', "os.environ.get('AMI_ID', '|')"],
    ['python', "parser.add_argument('--ami-id', help='an image', default='|')"],
    ['other', 'flag.String("ami", "|", "an image")'],
    ['other', 'MachineImage.genericLinux(Map.of("us-east-1", "|"))'],
    ['other', 'MachineImage.genericLinux(Map.of("us-east-1", "ami-1", "eu-west-1", "|"))'],
    ['other', 'GenericLinux(new Dictionary<string, string> {\n    { "us-east-1", "|" },\n})'],
    ['other', 'amis.put("us-east-1", "|");'],
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
    ['markdown', '```terraform\nami = |\n```', '```terraform\nami = "ID"\n```'],
  ])('with quotes where they are missing, in %s: %s', (language, marked, expected) => {
    expect(completed(marked, language)).toBe(expected);
  });

  it.each<readonly [Language, string, string]>([
    ['hcl', `${block}ami = "|`, `${block}ami = "ID"`],
    ['hcl', 'amis = ["ami-1", "|]', 'amis = ["ami-1", "ID"]'],
    ['python', 'run_instances(ImageId="|)', 'run_instances(ImageId="ID")'],
    ['script', "({ imageId: '| })", "({ imageId: 'ID' })"],
    [
      'python',
      'run_instances(ImageId="|", InstanceType="t3.nano")',
      'run_instances(ImageId="ID", InstanceType="t3.nano")',
    ],
  ])('with an open quote closed, in %s: %s', (language, marked, expected) => {
    expect(completed(marked, language)).toBe(expected);
  });

  it.each<readonly [Language, string, string]>([
    ['yaml', 'ImageId:|', 'ImageId: ID'],
    ['yaml', 'image_ids:\n  -|', 'image_ids:\n  - ID'],
    ['yaml', 'ImageId:"|"', 'ImageId:"ID"'],
    ['hcl', 'ami =|', 'ami = "ID"'],
    ['shell', 'AMI_ID=|', 'AMI_ID=ID'],
    ['json', '{"ImageId":|}', '{"ImageId":"ID"}'],
  ])('with a blank where that is missing, in %s: %s', (language, marked, expected) => {
    expect(completed(marked, language)).toBe(expected);
  });
  it.each<readonly [Language, string, string]>([
    ['hcl', 'ami = "ami-0|"', 'ami = "ID"'],
    ['hcl', 'ami = "ami-0123|456789abcdef0"', 'ami = "ID"'],
    ['hcl', 'ami = "|ami-0123456789abcdef0"', 'ami = "ID"'],
    ['hcl', 'ami = "ami-|xxxxxxxx"', 'ami = "ID"'],
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

describe('what stands behind the place', () => {
  it.each<readonly [Language, string, string]>([
    ['hcl', 'ami = "ami-0|12"', 'ami = "ID12"'],
    ['hcl', 'ami = "|ami"', 'ami = "IDami"'],
    ['yaml', 'ImageId: a|mi-0', 'ImageId: IDmi-0'],
  ])('is left where it is no id: it may be typed just now, in %s: %s', (language, marked, expected) => {
    expect(completed(marked, language)).toBe(expected);
  });
});

it.each<readonly [Language, string, boolean]>([
  ['hcl', 'ami = "ami-0123456789abcdef0|"', true],
  ['hcl', 'ami = "ami-0123|456789abcdef0"', true],
  ['hcl', 'ami = "|ami-12345678"', true],
  ['yaml', 'ImageId: ami-xxxxxxxx|', true],
  ['yaml', 'ImageId: AMI-12345678|', true],
  ['hcl', 'ami = "ami-0123|"', false],
  ['hcl', 'ami = "ami-0123|4"', false],
  ['hcl', 'ami = "|"', false],
])('tells whether what stands there is to be replaced, in %s: %s', (language, marked, expected) => {
  expect(idPlaceAt(marked.replace('|', ''), marked.indexOf('|'), language)?.isWhole).toBe(expected);
});

describe('the CDK wants an object', () => {
  const imports: Partial<Record<Language, string>> = {
    script: "import * as ec2 from 'aws-cdk-lib/aws-ec2';\n",
    python: 'from aws_cdk import aws_ec2 as ec2\n',
  };
  const of = (marked: string, language: Language, before = imports[language] ?? '') => {
    const text = before + marked;
    return idPlaceAt(text.replace('|', ''), text.indexOf('|'), language)?.because;
  };

  it('where it takes an image, and its module has the usual name', () => {
    expect(of('ec2.Instance(self, "a", machine_image=|)', 'python', 'from aws_cdk import aws_ec2\n')).toBeUndefined();
    expect(of('f({ machineImage: | })', 'script', "import { Vpc } from 'aws-cdk-lib/aws-ec2';\n")).toBeUndefined();
    expect(of("new ec2.Instance(this, 'a', {\n  machineImage: |\n})", 'script')).toBe('machineImage');
    expect(of('ec2.Instance(self, "a", machine_image=|)', 'python')).toBe('machineImage');
    expect(of("new ec2.Instance(this, 'a', { machineImage: '|' })", 'script')).toBeUndefined();
    expect(of("new ec2.Instance(this, 'a', { machineImage: ec2.| })", 'script')).toBeUndefined();
    expect(mayTakeImageId('machine_image=')).toBe(true);
    expect(mayTakeImageId('machineImage: ')).toBe(true);
  });

  it('of an id or a public parameter', () => {
    const image = { id: 'ami-1', region: 'eu-west-1' };
    expect(machineImage('script', image)).toBe("ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-1' })");
    expect(machineImage('python', { ...image, platform: 'windows' })).toBe(
      'ec2.MachineImage.generic_windows({"eu-west-1": "ami-1"})',
    );
    expect(machineImageOfParameter('script', '/a')).toBe("ec2.MachineImage.fromSsmParameter('/a')");
    expect(machineImageOfParameter('python', '/a')).toBe('ec2.MachineImage.from_ssm_parameter("/a")');
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
    ['hcl', '/* ami = "|" */'],
    ['hcl', '/*\n  ami = "|"\n*/'],
    ['hcl', 'ami = var.x // "|"'],
    ['hcl', 'ami = local.amis["|"]'],
    ['hcl', 'ami_regions = ["us-east-1", "|"]'],
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
    ['script', '/** ami: "|" */'],
    ['script', '// before\n/*\n   ami: "|"'],
    ['script', 'const region = amis["|"]'],
    ['script', 'console.log("ami", "|")'],
    ['other', 'List<String> regions = List.of("us-east-1", "|")'],
    ['other', 'flag.String("ami", "", "|")'],
    ['other', '<!-- ami = "|" -->'],
    ['markdown', 'The AMI is: |'],
    ['markdown', '- AMI: |'],
    ['markdown', '```hcl\nami = ""\n```\n\n- AMI: |'],
    ['markdown', '```text\nAMI: |\n```'],
    ['yaml', '# ImageId: |'],
    ['yaml', 'ImageId: x # |'],
    ['yaml', 'subnetSelectorTerms:\n  - id: |'],
    ['yaml', 'amiSelectorTerms:\n  - name: |'],
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
