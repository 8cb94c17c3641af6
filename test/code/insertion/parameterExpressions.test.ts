import { describe, expect, it } from 'vitest';
import { idPlaceAt } from '../../../src/code/insertion/idPlace.ts';
import { expressionFormOf, parameterExpressions } from '../../../src/code/insertion/parameterExpressions.ts';
import { languageOf } from '../../../src/code/language.ts';
import { hasTerraform, terraformFormatted } from '../../core/snippets/judges.ts';

const parameter = {
  id: '/aws/service/debian/release/13/latest/arm64',
  name: '/aws/service/debian/release/13/latest/arm64',
  region: 'eu-west-1',
  label: 'Debian 13 · arm64',
  imageId: 'ami-0123456789abcdef0',
};

/** The text with the parameter's expression at the place of `|`; undefined where there is none. */
function written(path: string, marked: string, sisters: readonly string[] = []): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const language = languageOf(path, text);
  const place = idPlaceAt(text, offset, language);
  const form = place && expressionFormOf({ text, path, language, offset, keys: place.keys });
  if (!form) return undefined;
  const expression = parameterExpressions(form, { text, offset }, sisters)(parameter);
  const at = expression.block?.offset ?? 0;
  return (
    text.slice(0, at) + (expression.block?.text ?? '') + text.slice(at, offset) + expression.text + text.slice(offset)
  );
}

const data = `data "aws_ssm_parameter" "debian_13_arm64" {
  name = "/aws/service/debian/release/13/latest/arm64"
}
`;
const use = 'ami = data.aws_ssm_parameter.debian_13_arm64.insecure_value';

describe('a public parameter, as an expression', () => {
  it.each([
    ['resource "aws_instance" "a" {\n  region = "us-west-2"\n  ami = |\n}\n', '  region = "us-west-2"\n'],
    ['module "a" {\n  providers = {\n    aws = aws.west\n  }\n  ami = |\n}\n', '  provider = aws.west\n'],
    ['module "a" {\n  region = "us-west-2"\n  ami = |\n}\n', ''],
    ['resource "aws_instance" "a" {\n  user_data = <<-EOT\n    provider = foo\n  EOT\n  ami = |\n}\n', ''],
  ])('of Terraform reads from where the block is: %s', (text, line) => {
    const block = /^data[^}]*\}\n/m.exec(written('main.tf', text) ?? '')?.[0].replace(/ +=/g, ' =');
    expect(block?.split('\n').sort()).toEqual(`${data}${line}`.split('\n').sort());
  });

  it.each([
    ["import { Vpc } from '@aws-cdk/aws-ec2';\nconst a = { machineImage: | };\n", false],
    ["import * as ec2 from 'aws-cdk-lib/aws-ec2';\nconst a = { machineImage: | };\n", true],
    ["import { aws_ec2 as ec2 } from 'aws-cdk-lib';\nconst a = { machineImage: | };\n", true],
  ])('of the CDK is there where its name is imported: %s', (text, isThere) => {
    expect(written('stack.ts', text)?.includes('ec2.MachineImage') ?? false).toBe(isThere);
  });

  it('of Terraform has its data source before the block, and its comments', () => {
    expect(written('main.tf', 'locals {\n}\n\n# The web.\nresource "aws_instance" "a" {\n  ami = |\n}\n')).toBe(
      `locals {\n}\n\n${data}\n# The web.\nresource "aws_instance" "a" {\n  ${use}\n}\n`,
    );
  });

  it('of Terraform has the provider of the block', () => {
    const text = written('main.tf', 'resource "aws_instance" "a" {\n  provider = aws.west\n  ami      = |\n}\n');
    expect(text).toContain('{\n  provider = aws.west\n  name     = "/aws/service/debian/release/13/latest/arm64"\n}\n');
  });

  it('of Terraform is that of a data source that is there, in the file or beside it', () => {
    const marked = 'resource "aws_instance" "a" {\n  ami = |\n}\n';
    const whole = `resource "aws_instance" "a" {\n  ${use}\n}\n`;
    expect(written('main.tf', `${data}\n${marked}`)).toBe(`${data}\n${whole}`);
    expect(written('main.tf', marked, [data])).toBe(whole);
  });

  it('of Terraform takes no name that is taken', () => {
    const other = data.replace('13/latest', '12/latest');
    const text = written('main.tf', 'resource "aws_instance" "a" {\n  ami = |\n}\n', [other]);
    expect(text).toContain('data "aws_ssm_parameter" "debian_13_arm64_2" {');
    expect(text).toContain('ami = data.aws_ssm_parameter.debian_13_arm64_2.insecure_value');
  });

  it('of Terraform is each of several by itself, as nothing of them is written yet', () => {
    const expressions = parameterExpressions(
      'terraform',
      { text: `${data}\nlocals {\n  ami = \n}\n`, offset: 120 },
      [],
    );
    const other = { ...parameter, name: '/aws/service/debian/release/12/latest/arm64' };
    expect(expressions(other).text).toBe('data.aws_ssm_parameter.debian_13_arm64_2.insecure_value');
    expect(expressions(other).block?.text).toContain('release/12/latest');
    expect(expressions(other)).toEqual(expressions(other));
    expect(expressions(parameter)).toEqual({
      text: 'data.aws_ssm_parameter.debian_13_arm64.insecure_value',
      block: undefined,
    });
  });

  it.skipIf(!hasTerraform())('of HCL is as its formatter has it', () => {
    for (const [path, marked] of [
      ['main.tf', 'resource "aws_instance" "a" {\n  provider = aws.west\n  ami      = |\n}\n'],
      ['main.tf', 'locals {\n  ami = |\n}\n'],
      ['a.pkr.hcl', 'source "amazon-ebs" "a" {\n  source_ami = |\n}\n'],
    ] as const) {
      const text = written(path, marked) ?? '';
      expect(terraformFormatted(text)).toBe(text);
    }
  });

  it.each([
    [
      'a.pkr.hcl',
      'source "amazon-ebs" "a" {\n  source_ami = |\n}\n',
      'data "amazon-parameterstore" "debian_13_arm64" {\n  name   = "/aws/service/debian/release/13/latest/arm64"\n  region = "eu-west-1"\n}\n\nsource "amazon-ebs" "a" {\n  source_ami = data.amazon-parameterstore.debian_13_arm64.value\n}\n',
    ],
    [
      'index.ts',
      'import * as aws from "@pulumi/aws";\nnew aws.ec2.Instance("a", { ami: | });\n',
      'import * as aws from "@pulumi/aws";\nnew aws.ec2.Instance("a", { ami: aws.ssm.getParameterOutput({ name: "/aws/service/debian/release/13/latest/arm64" }).value });\n',
    ],
    [
      '__main__.py',
      'import pulumi_aws as aws\naws.ec2.Instance("a", ami=|)\n',
      'import pulumi_aws as aws\naws.ec2.Instance("a", ami=aws.ssm.get_parameter_output(name="/aws/service/debian/release/13/latest/arm64").value)\n',
    ],
    [
      'stack.ts',
      "import * as ec2 from 'aws-cdk-lib/aws-ec2';\nnew ec2.CfnInstance(this, 'a', { imageId: | });\n",
      "import * as ec2 from 'aws-cdk-lib/aws-ec2';\nnew ec2.CfnInstance(this, 'a', { imageId: ec2.MachineImage.fromSsmParameter('/aws/service/debian/release/13/latest/arm64').getImage(this).imageId });\n",
    ],
    [
      'stack.py',
      'from aws_cdk import aws_ec2 as ec2\nec2.CfnInstance(self, "a", image_id=|)\n',
      'from aws_cdk import aws_ec2 as ec2\nec2.CfnInstance(self, "a", image_id=ec2.MachineImage.from_ssm_parameter("/aws/service/debian/release/13/latest/arm64").get_image(self).image_id)\n',
    ],
  ])('stands in %s: %s', (path, marked, expected) => {
    expect(written(path, marked)).toBe(expected);
  });

  it.each([
    ['main.tf', 'variable "ami" {\n  default = |\n}\n'],
    ['prod.tfvars', 'ami = |\n'],
    ['terragrunt.hcl', 'inputs = {\n  ami = |\n}\n'],
    ['a.pkr.hcl', 'variable "ami" {\n  default = |\n}\n'],
    ['a.ts', 'const ami = |;\n'],
    ['a.py', 'ec2.run_instances(ImageId=|)\n'],
    ['a.sh', 'AMI=|\n'],
  ])('does not stand in %s: %s', (path, marked) => {
    expect(written(path, marked)).toBeUndefined();
  });
});
