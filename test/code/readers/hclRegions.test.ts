import { describe, expect, it } from 'vitest';
import { createHclReader } from '../../../src/code/readers/hclReader.ts';
import { placesIn, referencesIn } from '../readFiles.ts';

const [a, b, c] = ['ami-0a1b2c3d4e5f60718', 'ami-0b1c2d3e4f5061729', 'ami-1a2b3c4d'];
const provider = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const instance = (body = '') => `resource "aws_instance" "web" {\n  ami = "${a}"\n${body}}\n`;

describe('the region of an id in Terraform', () => {
  it('is that of the default provider, here or in a file beside it', async () => {
    expect(await placesIn('x/main.tf', provider + instance())).toEqual([`${a} eu-west-1 (provider)`]);
    expect(await placesIn('x/main.tf', instance(), { 'x/providers.tf': provider })).toEqual([
      `${a} eu-west-1 (provider)`,
    ]);
  });

  it('is that of the alias that its block names, in all ways of writing it', async () => {
    const west = 'provider "aws" {\n  alias = "west"\n  region = "us-west-2"\n}\n';
    for (const written of ['aws.west', '"aws.west"', `"\${aws.west}"`]) {
      expect(await placesIn('main.tf', provider + west + instance(`  provider = ${written}\n`))).toEqual([
        `${a} us-west-2 (provider)`,
      ]);
    }
    const call = `module "x" {\n  source = "./x"\n  ami = "${a}"\n  providers = {\n    aws = aws.west\n  }\n}\n`;
    expect(await placesIn('main.tf', provider + west + call)).toEqual([`${a} us-west-2 (provider)`]);
    expect(await placesIn('main.tf', provider + instance('  provider = aws.nowhere\n'))).toEqual([`${a} -`]);
  });

  it('is its own, or that of the module that it is handed to', async () => {
    expect(await placesIn('main.tf', provider + instance('  region = "sa-east-1"\n'))).toEqual([
      `${a} sa-east-1 (argument)`,
    ]);
    const call = `module "x" {\n  ami_id = "${a}"\n  aws_region = "us-east-2"\n}\n`;
    expect(await placesIn('main.tf', provider + call)).toEqual([`${a} us-east-2 (argument)`]);
  });

  it('follows variables, locals and the values in force', async () => {
    const main = `provider "aws" {\n  region = local.where\n}\nlocals {\n  where = var.region\n}\n${instance()}`;
    const variables = { 'variables.tf': 'variable "region" {\n  default = "us-east-1"\n}\n' };
    expect(await placesIn('main.tf', main, variables)).toEqual([`${a} us-east-1 (provider)`]);
    const values = {
      ...variables,
      'terraform.tfvars': 'region = "ap-south-1"\n',
      'prod.tfvars': 'region = "eu-west-2"\n',
    };
    expect(await placesIn('main.tf', main, values)).toEqual([`${a} ap-south-1 (provider)`]);
    const nested =
      'provider "aws" {\n  region = var.aws["region"]\n}\nvariable "aws" {\n  default = {\n    region = "us-east-2"\n  }\n}\n';
    expect(await placesIn('main.tf', nested + instance())).toEqual([`${a} us-east-2 (provider)`]);
  });

  it('is the key of a map, on whichever level, before all providers', async () => {
    const maps = `variable "amis" {\n  default = {\n    us-east-1 = "${a}"\n    "eu_west_3" = { web = "${b}" }\n    web = {\n      us-west-2.hvm = "${c}"\n    }\n  }\n}\n`;
    expect(await placesIn('main.tf', provider + maps)).toEqual([
      `${a} us-east-1 (mapKey)`,
      `${b} eu-west-3 (mapKey)`,
      `${c} us-west-2 (mapKey)`,
    ]);
    const others = `locals {\n  amis = {\n    "ubuntu-us-east-1-amd64" = "${a}"\n    "ubuntu-us-west-2-amd64" = "${b}"\n    use2 = "${c}"\n  }\n}\n`;
    expect(await placesIn('main.tf', provider + others)).toEqual([
      `${a} us-east-1 (mapKey)`,
      `${b} us-west-2 (mapKey)`,
      `${c} us-east-2 (mapKey)`,
    ]);
    const old = `ami = "\${lookup(map("us-east-1", "${a}"), var.region)}"\n`;
    expect((await placesIn('main.tf', old))[0]).toMatch(a);
  });

  it('stands beside it in a list of objects, in a pair and in its own text', async () => {
    const text = `locals {\n  a = [{ region = "us-east-1", ami = "${a}" }]\n  b = [["us-west-2", "${b}"]]\n  c = "arn:aws:ec2:eu-north-1::image/${c}"\n}\n`;
    expect(await placesIn('main.tf', provider + text)).toEqual([
      `${a} us-east-1 (argument)`,
      `${b} us-west-2 (argument)`,
      `${c} eu-north-1 (url)`,
    ]);
  });

  it('is what a condition asks for', async () => {
    const text = `locals {\n  ami = var.region == "us-east-1" ? "${a}" : var.region == "us-west-2" ? "${b}" : "${c}"\n}\n`;
    expect(await placesIn('main.tf', provider + text)).toEqual([
      `${a} us-east-1 (block)`,
      `${b} us-west-2 (block)`,
      `${c} -`,
    ]);
  });

  it('of a variable is the one where it is used', async () => {
    const variables = `variable "ami" {\n  default = "${a}"\n}\n`;
    const west = 'provider "aws" {\n  alias = "west"\n  region = "us-west-2"\n}\n';
    const use = (more = '') => `resource "aws_instance" "web" {\n  ami = var.ami\n${more}}\n`;
    expect(
      await placesIn('variables.tf', variables, { 'main.tf': provider + west + use('  provider = aws.west\n') }),
    ).toEqual([`${a} us-west-2 (provider)`]);
    expect(
      await placesIn('variables.tf', variables, {
        'main.tf': provider + west + use() + use('  provider = aws.west\n').replace('web', 'two'),
      }),
    ).toEqual([`${a} eu-west-1+us-west-2 (provider)`]);
    expect(
      await placesIn('terraform.tfvars', `ami = "${a}"\n`, {
        'main.tf': provider + west + variables.replace(a, '') + use('  provider = aws.west\n'),
      }),
    ).toEqual([`${a} us-west-2 (provider)`]);
  });

  it('of a file of values is its own, and that of its name or folder behind it', async () => {
    expect(await placesIn('prod.tfvars', `ami = "${a}"\nAWS_REGION = "us-east-2"\n`)).toEqual([
      `${a} us-east-2 (variable)`,
    ]);
    const folder = {
      'main.tf': 'provider "aws" {\n  region = var.region\n}\n',
      'variables.tf': 'variable "region" {}\n',
    };
    expect(await placesIn('eu-west-3.tfvars', `ami = "${a}"\n`, folder)).toEqual([`${a} eu-west-3 (path)`]);
    expect(await placesIn('live/us_east_1_prod/terraform.tfvars', `ami = "${a}"\n`)).toEqual([`${a} us-east-1 (path)`]);
  });

  it('is not told by a backend, a provider of another name, or lists of regions', async () => {
    const others = `terraform {\n  backend "s3" {\n    region = "us-east-1"\n  }\n}\nprovider "google" {\n  region = "us-west-1"\n}\n`;
    const copies = 'variable "ami_regions" {\n  default = ["us-east-1", "us-west-2"]\n}\n';
    const alias = 'provider "aws" {\n  alias = "west"\n  region = "us-west-2"\n}\n';
    expect(await placesIn('main.tf', others + copies + alias + instance())).toEqual([`${a} -`]);
    const two = { 'a.tf': provider, 'b.tf': provider.replace('eu-west-1', 'us-west-1') };
    expect(await placesIn('main.tf', instance(), two)).toEqual([`${a} -`]);
  });

  it('is guessed by a zone, a comment, a name, and a variable that nothing uses', async () => {
    expect(await placesIn('main.tf', instance('  availability_zone = "us-east-1b"\n'))).toEqual([
      `${a} us-east-1 (zone?)`,
    ]);
    expect(await placesIn('main.tf', provider + instance('  availability_zone = "us-east-1b"\n'))).toEqual([
      `${a} eu-west-1 (provider)`,
    ]);
    expect(await placesIn('main.tf', `ami = "${a}" # Frankfurt\n`)).toEqual([`${a} eu-central-1 (comment?)`]);
    expect(await placesIn('v.tf', `variable "ami_us_west_2" {\n  default = "${a}"\n}\n${provider}`)).toEqual([
      `${a} us-west-2 (name?)`,
    ]);
    expect(
      await placesIn(
        'v.tf',
        `variable "aws_region" {\n  default = "us-east-2"\n}\nvariable "ami" {\n  default = "${a}"\n}\n`,
      ),
    ).toEqual([`${a} us-east-2 (variable?)`]);
  });

  it('in a comment is that of its line, of the lines above, or of the code around it', async () => {
    const text = `${provider}variable "amis" {\n  default = {\n    # us-east-1 = "${a}"\n  }\n}\n# images for us-west-2\n# ${b}\n\n#resource "x" "y" {\n#  ami = "${c}"\n`;
    expect(await placesIn('main.tf', text)).toEqual([
      `${a} us-east-1 (mapKey)`,
      `${b} us-west-2 (comment?)`,
      `${c} eu-west-1 (provider)`,
    ]);
    const cli = `# aws ec2 describe-images --region us-west-1 --image-ids ${a}\n${provider}`;
    expect(await placesIn('main.tf', cli)).toEqual([expect.stringContaining(`${a} us-west-1`)]);
  });

  it('of an image that is copied is that of the source', async () => {
    const copy = `resource "aws_ami_copy" "x" {\n  source_ami_id = "${a}"\n  source_ami_region = "us-west-1"\n}\n`;
    expect(await placesIn('main.tf', provider + copy)).toEqual([`${a} us-west-1 (argument)`]);
  });
});

describe('the region of an id in Terragrunt', () => {
  const inputs = `inputs = {\n  ami = "${a}"\n}\n`;

  it('stands among the inputs, in a file above, or in what is generated', async () => {
    expect(await placesIn('a/terragrunt.hcl', inputs.replace('}', '  aws_region = "us-east-2"\n}'))).toEqual([
      `${a} us-east-2 (argument)`,
    ]);
    expect(
      await placesIn('live/a/terragrunt.hcl', inputs, {
        'live/region.hcl': 'locals {\n  aws_region = "ap-south-1"\n}\n',
      }),
    ).toEqual([`${a} ap-south-1 (variable)`]);
    const generate = 'generate "provider" {\n  contents = <<EOF\nprovider "aws" {\n  region = "us-west-1"\n}\nEOF\n}\n';
    expect(await placesIn('live/a/terragrunt.hcl', inputs, { 'live/terragrunt.hcl': generate })).toEqual([
      `${a} us-west-1 (provider)`,
    ]);
    expect(await placesIn('live/eu-west-1/terragrunt.hcl', inputs)).toEqual([`${a} eu-west-1 (path)`]);
  });
});

describe('the region of an id in Packer', () => {
  const source = `source "amazon-ebs" "x" {\n  region = var.region\n  source_ami = "${a}"\n  ami_regions = ["us-east-1"]\n}\n`;
  const variables = 'variable "region" {\n  type = string\n  default = "eu-west-1"\n}\n';

  it('is that of its source', async () => {
    expect(await placesIn('x.pkr.hcl', variables + source)).toEqual([`${a} eu-west-1 (argument)`]);
    expect(
      await placesIn('x.pkr.hcl', source, {
        'variables.pkr.hcl': variables,
        'x.auto.pkrvars.hcl': 'region = "us-west-2"\n',
      }),
    ).toEqual([`${a} us-west-2 (argument)`]);
  });

  it('of a variable is that of the source that uses it', async () => {
    const variable = `variable "base" {\n  default = "${b}"\n}\n`;
    const use = 'source "amazon-ebs" "x" {\n  region = "sa-east-1"\n  source_ami = var.base\n}\n';
    expect(await placesIn('v.pkr.hcl', variable, { 'x.pkr.hcl': use })).toEqual([`${b} sa-east-1 (provider)`]);
  });
});

describe('Terraform in JSON', () => {
  it('is read as the same blocks', async () => {
    const text = JSON.stringify({
      provider: { aws: [{ region: 'eu-west-1' }, { alias: 'west', region: 'us-west-2' }] },
      resource: { aws_instance: { web: { ami: a, provider: 'aws.west' }, two: [{ ami: b }] } },
      variable: { amis: { default: { 'us-east-1': c } } },
    });
    expect(await placesIn('main.tf.json', text)).toEqual([
      `${a} us-west-2 (provider)`,
      `${b} eu-west-1 (provider)`,
      `${c} us-east-1 (mapKey)`,
    ]);
    expect(await placesIn('x.tfvars.json', JSON.stringify({ region: 'us-east-2', ami: a }))).toEqual([
      `${a} us-east-2 (argument)`,
    ]);
  });
});

describe('other things', () => {
  it('stand beside an id: the type of the instance', async () => {
    const [reference] = await referencesIn('main.tf', instance('  instance_type = "t3.micro"\n'));
    expect(reference).toMatchObject({ kind: 'id', instanceType: { value: 't3.micro' } });
  });

  it('are parameters', async () => {
    const name = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';
    expect(await placesIn('main.tf', `${provider}data "aws_ssm_parameter" "x" {\n  name = "${name}"\n}\n`)).toEqual([
      `${name} eu-west-1 (provider)`,
    ]);
  });

  it('are other languages in heredocs', async () => {
    const script = `  user_data = <<EOF\n#!/bin/bash\naws ec2 run-instances --region us-west-2 --image-id ${b}\nEOF\n`;
    expect(await placesIn('main.tf', provider + instance(script))).toEqual([
      `${a} eu-west-1 (provider)`,
      expect.stringContaining(`${b} us-west-2`),
    ]);
    const json = `  x = <<EOF\n{"us-east-1": "${b}", "y": "${c}"}\nEOF\n`;
    expect(await placesIn('main.tf', provider + instance(json))).toEqual([
      `${a} eu-west-1 (provider)`,
      `${b} us-east-1 (mapKey)`,
      `${c} eu-west-1 (provider)`,
    ]);
  });
});

describe('a text that is being typed in', () => {
  const text = [1, 2, 3]
    .map(
      (n) =>
        `resource "aws_instance" "w${n}" {\n  ami = "ami-0${n}1b2c3d4e5f60718"\n  tags = {\n    Name = "x"\n  }\n}\n`,
    )
    .join('\n');

  it('keeps the ids and regions of all other blocks, whatever is cut off or put in', async () => {
    const [start, end] = [text.indexOf('resource "aws_instance" "w2"'), text.indexOf('resource "aws_instance" "w3"')];
    const others = ['ami-011b2c3d4e5f60718 eu-west-1 (provider)', 'ami-031b2c3d4e5f60718 eu-west-1 (provider)'];
    for (const put of ['"', '{', '[', '(', `"\${`, '<<EOF\n', '/*', '}', '=', '']) {
      for (let at = start + 30; at < end; at += 7) {
        const typed = text.slice(0, at) + put + (put === '' ? text.slice(end) : text.slice(at));
        const places = await placesIn('main.tf', typed, { 'p.tf': provider });
        expect(places, `${put} at ${at}`).toEqual(expect.arrayContaining(others));
      }
    }
  });
});

describe('a large text', () => {
  const id = (n: number) => `ami-0${(n * 7_919 + 1_000_003).toString(16).padStart(16, 'b')}`;
  const lines = Array.from({ length: 2_000 }, (_, n) => n);
  const texts: Readonly<Record<string, string>> = {
    'of one map': `variable "x" {\n  default = {\n${lines.map((n) => `    k${n} = { us-east-1 = "${id(n)}" }\n`).join('')}  }\n}\n`,
    'of one list': `locals {\n  x = [\n${lines.map((n) => `    { region = "eu-west-${(n % 3) + 1}", ami = "${id(n)}" },\n`).join('')}  ]\n}\n`,
    'on one line': `locals { x = {${lines.map((n) => `"us-west-2.${n}"="${id(n)}"`).join(',')}} }\n`,
    'of a block in a region': `module "x" {\n  region = "sa-east-1"\n  amis = {\n${lines.map((n) => `    k${n} = "${id(n)}"\n`).join('')}  }\n}\n`,
    'of blocks': lines.map((n) => `resource "aws_instance" "x${n}" {\n  ami = "${id(n)}"\n}\n`).join(''),
  };
  const regions: Readonly<Record<string, (n: number) => string>> = {
    'of one map': () => 'us-east-1',
    'of one list': (n) => `eu-west-${(n % 3) + 1}`,
    'on one line': () => 'us-west-2',
    'of a block in a region': () => 'sa-east-1',
    'of blocks': () => 'eu-west-1',
  };

  it.each(Object.keys(texts))('%s has all ids in their places, with their regions', async (kind) => {
    const text = texts[kind] ?? '';
    const found = await referencesIn('main.tf', text, { 'p.tf': provider });
    expect(found.map(({ value, region }) => `${value} ${region.regions.join()}`)).toEqual(
      lines.map((n) => `${id(n)} ${regions[kind]?.(n)}`),
    );
    expect(found.every(({ span, value }) => text.slice(span.start, span.end) === value)).toBe(true);
  });

  it.each(Object.keys(texts))('%s reads the same after an edit as at first', async (kind) => {
    const text = texts[kind] ?? '';
    const read = createHclReader();
    const source = (changed: string) => ({ text: changed, path: 'main.tf', language: 'hcl' as const, ids: [] });
    read(source(text));
    for (const [at, removed, put] of [
      [1_000, 0, '\n'],
      [40_000, 1, '"'],
      [30_000, 300, ''],
      [60_000, 0, ' # x\n'],
    ] as const) {
      const edited = `${text.slice(0, at)}${put}${text.slice(at + removed)}`;
      expect(read(source(edited))).toEqual(createHclReader()(source(edited)));
    }
  });
});
