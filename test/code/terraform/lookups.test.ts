import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { LookupReference } from '../../../src/code/reference.ts';
import { lookupsIn } from '../readFiles.ts';

const name = '  filter {\n    name   = "name"\n    values = ["ubuntu-*"]\n  }\n';
const data = (body: string, type = 'aws_ami') => `data "${type}" "web" {\n${body}}\n`;
const newest = '  most_recent = true\n';

async function only(text: string, path = 'main.tf'): Promise<LookupReference> {
  const [lookup, ...others] = await lookupsIn(path, text);
  if (!lookup || others.length > 0) throw new Error(`${others.length + (lookup ? 1 : 0)} lookups`);
  return lookup;
}

describe('a lookup in Terraform', () => {
  it('has its parts and places', async () => {
    const text = data(
      `${newest}  owners = ["099720109477", "self"]\n${name}  include_deprecated = true\n  executable_users = ["all"]\n`,
    );
    const lookup = await only(text);
    expect(lookup).toMatchObject({
      tool: 'terraform',
      value: 'data "aws_ami" "web"',
      span: { start: 0, end: 20 },
      whole: { start: 0, end: text.length - 1 },
      filters: [{ name: 'name', values: ['ubuntu-*'] }],
      owners: { kind: 'literal', values: ['099720109477', 'self'] },
      executableUsers: ['all'],
      chooses: 'newest',
      includesDeprecated: true,
      isUnsafe: false,
    });
  });

  it.each([
    ['by name', newest + name],
    ['by description', `${newest}  filter {\n    name = "description"\n    values = ["x"]\n  }\n`],
    ['by nothing', newest],
    ['by a regular expression', `${newest}  name_regex = "^x"\n`],
    ['with executable users', `${newest}  executable_users = ["self"]\n${name}`],
    ['with the owners commented out', `${newest}  # owners = ["self"]\n${name}`],
    [
      'with the filter on the owner commented out',
      `${newest}${name}  /*\n  filter {\n    name = "owner-id"\n    values = ["1"]\n  }\n  */\n`,
    ],
    ['with no owners in the list', `${newest}  owners = []\n${name}`],
    ['with null for owners', `${newest}  owners = null\n${name}`],
    ['with most_recent as a text', `  most_recent = "true"\n${name}`],
    ['with most_recent by a variable', `  most_recent = var.newest\n${name}`],
    ['in the syntax of maps', `${newest}  filter = { name = "name", values = ["x"] }\n`],
    ['in the syntax of lists', `${newest}  filter = [{ name = "name", values = ["x"] }]\n`],
    [
      'by a filter that is made for each',
      `${newest}  dynamic "filter" {\n    for_each = { name = ["x"] }\n    content {\n      name = filter.key\n      values = filter.value\n    }\n  }\n`,
    ],
    ['by any owner', `${newest}  filter {\n    name = "owner-id"\n    values = ["*"]\n  }\n`],
  ])('is unsafe %s', async (_, body) => {
    expect(await only(data(body))).toMatchObject({ isUnsafe: true });
  });

  it.each([
    ['owners', `  owners = ["amazon"]\n`],
    ['owners by a variable', '  owners = var.owners\n'],
    ['owners by an expression', '  owners = [data.aws_caller_identity.current.account_id]\n'],
    ['owners as they were written before', `  owners = ["\${var.owner}"]\n`],
    ['a number for the owner', '  owners = [099720109477]\n'],
    ['a filter on the owner', '  filter {\n    name = "owner-id"\n    values = ["1"]\n  }\n'],
    [
      'a filter on the alias, and the owners commented out',
      '  # owners = ["x"]\n  filter {\n    name = "owner-alias"\n    values = ["amazon"]\n  }\n',
    ],
    ['a filter on ids', '  filter {\n    name = "image-id"\n    values = [var.id]\n  }\n'],
    ['a filter on tags', '  filter {\n    name = "tag:Name"\n    values = ["x"]\n  }\n'],
    [
      'filters that a variable has',
      '  dynamic "filter" {\n    for_each = var.filters\n    content {\n      name = filter.value.name\n      values = filter.value.values\n    }\n  }\n',
    ],
  ])('is safe with %s', async (_, body) => {
    expect(await only(data(newest + name + body))).toMatchObject({ isUnsafe: false });
  });

  it('is safe where the tool fails on more than one image', async () => {
    expect(await only(data(name))).toMatchObject({ isUnsafe: false, chooses: 'unknown' });
    expect(await only(data(`  most_recent = false\n${name}`))).toMatchObject({ isUnsafe: false });
  });

  it('of many ids is unsafe where the first one is taken', async () => {
    const many = data(name, 'aws_ami_ids');
    expect(await only(many)).toMatchObject({ chooses: 'all', isUnsafe: false });
    expect(await only(`${many}output "x" {\n  value = data.aws_ami_ids.web.ids\n}\n`)).toMatchObject({
      isUnsafe: false,
    });
    expect(await only(`${many}output "x" {\n  value = try(data.aws_ami_ids.web.ids, [])\n}\n`)).toMatchObject({
      isUnsafe: false,
    });
    for (const taken of [
      'try(data.aws_ami_ids.web.ids[0], "")',
      'element(sort(data.aws_ami_ids.web.ids), 0)',
      'data.aws_ami_ids.web.ids[0]',
      'element(data.aws_ami_ids.web.ids, 0)',
      `"\${data.aws_ami_ids.web.ids.0}"`,
    ]) {
      expect(await only(`${many}output "x" {\n  value = ${taken}\n}\n`)).toMatchObject({
        chooses: 'first',
        isUnsafe: true,
      });
    }
    expect(
      await only(
        `${data(`  owners = ["self"]\n${name}`, 'aws_ami_ids')}output "x" {\n  value = data.aws_ami_ids.web.ids[0]\n}\n`,
      ),
    ).toMatchObject({ isUnsafe: false });
  });

  it('is one of images only', async () => {
    const others = [
      'aws_elastic_beanstalk_solution_stack',
      'aws_acm_certificate',
      'openstack_images_image_v2',
      'aws_ebs_snapshot',
    ];
    for (const type of others) expect(await lookupsIn('main.tf', data(newest + name, type))).toEqual([]);
    expect(await lookupsIn('main.tf', `# ${data(newest + name).replaceAll('\n', '\n# ')}`)).toEqual([]);
  });

  it('is read in JSON, too', async () => {
    const filter = [{ name: 'name', values: ['x'] }];
    const text = (more: object) =>
      JSON.stringify({ data: { aws_ami: { web: { most_recent: true, filter, ...more } } } });
    expect(await only(text({}), 'main.tf.json')).toMatchObject({ value: 'data "aws_ami" "web"', isUnsafe: true });
    expect(await only(text({ owners: ['self'] }), 'main.tf.json')).toMatchObject({ isUnsafe: false });
  });
});

describe('a lookup in Packer', () => {
  const source = (body: string) =>
    `source "amazon-ebs" "x" {\n  region = "us-east-1"\n  source_ami_filter {\n${body}  }\n}\n`;
  const filters = '    filters = {\n      name                = "x-*"\n      virtualization-type = "hvm"\n    }\n';

  it('has its filters and the region of its source', async () => {
    expect(
      await only(source(`${filters}    most_recent = true\n    owners = ["amazon"]\n`), 'x.pkr.hcl'),
    ).toMatchObject({
      tool: 'packer',
      value: 'source_ami_filter',
      filters: [
        { name: 'name', values: ['x-*'] },
        { name: 'virtualization-type', values: ['hvm'] },
      ],
      isUnsafe: false,
      region: { regions: ['us-east-1'] },
    });
    expect(await only(source(`${filters}    most_recent = true\n`), 'x.pkr.hcl')).toMatchObject({ isUnsafe: true });
  });

  it('may be a data source', async () => {
    const text = `data "amazon-ami" "x" {\n  filters = {\n    name = "x"\n  }\n  most_recent = true\n  region = "us-west-2"\n`;
    expect(await only(`${text}}\n`, 'x.pkr.hcl')).toMatchObject({
      value: 'data "amazon-ami" "x"',
      isUnsafe: true,
      region: { regions: ['us-west-2'] },
    });
    expect(await only(`${text}  owners = ["1"]\n}\n`, 'x.pkr.hcl')).toMatchObject({ isUnsafe: false });
  });

  it('is read in JSON, with a variable for the owners', async () => {
    const text = (more: object) =>
      JSON.stringify({
        variables: { o: null },
        builders: [{ type: 'amazon-ebs', source_ami_filter: { filters: { name: 'x' }, most_recent: true, ...more } }],
      });
    expect(await only(text({}), 'packer.json')).toMatchObject({ isUnsafe: true });
    for (const owners of [['self'], '{{user `o`}}', 'amazon', 137112412989]) {
      expect(await only(text({ owners }), 'packer.json')).toMatchObject({ isUnsafe: false });
    }
  });
});

describe('the owner', () => {
  const withOwner = (text: string, { ownerInsertion: insertion }: LookupReference) =>
    insertion &&
    `${text.slice(0, insertion.offset)}${insertion.before}amazon${insertion.after}${text.slice(insertion.offset)}`;
  const hasTerraform = spawnSync('terraform', ['version']).status === 0;

  const texts = [
    data(`${newest}\n${name}`),
    data(`${newest}  name_regex  = "^x"\n\n${name}`),
    data(`  most_recent = true # the newest\n\n${name}`),
    data(`${name}\n  most_recent        = true\n  include_deprecated = true\n`),
    data(`  executable_users = ["self"]\n  most_recent      = true\n  name_regex       = "x"\n${name}`),
    data(`${newest}  owners      = []\n\n${name}`),
    `source "amazon-ebs" "x" {\n  source_ami_filter {\n    filters = {\n      name = "x-*"\n    }\n    most_recent = true\n  }\n}\n`,
  ];

  it.each(texts.map((text) => [text]))('goes into %s', async (text) => {
    const put = withOwner(text, await only(text)) ?? '';
    expect(await only(put)).toMatchObject({ owners: { kind: 'literal', values: ['amazon'] }, isUnsafe: false });
    // Neither text may be changed by the formatter.
    if (hasTerraform) {
      for (const input of [text, put])
        expect(execFileSync('terraform', ['fmt', '-'], { input, encoding: 'utf8' })).toBe(input);
    }
  });

  it('keeps the ends of lines', async () => {
    const text = data(newest + name).replaceAll('\n', '\r\n');
    expect(withOwner(text, await only(text))).toContain('most_recent = true\r\n  owners      = ["amazon"]\r\n');
  });

  it('goes into JSON', async () => {
    for (const space of [undefined, 2]) {
      const text = JSON.stringify({ data: { aws_ami: { web: { filter: [], most_recent: true } } } }, undefined, space);
      const put = withOwner(text, await only(text, 'main.tf.json')) ?? '';
      expect(JSON.parse(put)).toEqual({
        data: { aws_ami: { web: { filter: [], owners: ['amazon'], most_recent: true } } },
      });
    }
  });

  it('goes nowhere where one edit cannot do it', async () => {
    expect((await only('data "aws_ami" "x" { most_recent = true }\n')).ownerInsertion).toBeUndefined();
    expect((await only(data(`${newest}  owners = null\n`))).ownerInsertion).toBeUndefined();
  });
});
