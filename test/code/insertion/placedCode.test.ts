import { describe, expect, it } from 'vitest';
import { type CollectionTag, parseAllDocuments, type ScalarTag } from 'yaml';
import { placedCode } from '../../../src/code/insertion/placedCode.ts';
import { languageOf } from '../../../src/code/language.ts';
import { hclTree } from '../../../src/code/tree/hclTree.ts';
import type { Image } from '../../../src/core/image.ts';
import {
  parameterSnippetKinds,
  renderParameterSnippet,
  renderParameterSnippetInJson,
} from '../../../src/core/parameterSnippets.ts';
import { renderSnippet, renderSnippetInJson, snippetKinds } from '../../../src/core/snippets.ts';
import { anImage } from '../../core/anImage.ts';
import { hostileNames, hostileTexts, unseenIn } from '../../core/hostile.ts';
import {
  cfnLintFindings,
  hasCfnLint,
  hasTerraform,
  scriptProblems,
  shellProblems,
  terraformFormatted,
} from '../../core/snippets/judges.ts';

const context = { account: '111122223333', now: Date.UTC(2026, 10, 26) };
const web = anImage({ name: 'web-server-golden-2026.11' });
const shop = anImage({ id: 'ami-0fedcba987654321f', name: 'shop-2026.11', region: 'eu-west-1' });
const parameter = {
  id: 'debian',
  name: '/aws/service/debian/release/13/latest/arm64',
  region: 'eu-west-1',
  label: 'Debian 13',
  imageId: 'ami-0123456789abcdef0',
};

interface Options {
  readonly images?: readonly Image[];
  readonly indentUnit?: string;
}

/** The text with code of a kind at `¦`. */
function inserted(
  path: string,
  kind: string,
  marked: string,
  { images = [web], indentUnit = '  ' }: Options = {},
): string {
  const start = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const language = languageOf(path, text);
  const { code, reference } = placedCode(codeOf(kind, images), {
    text,
    path,
    span: { start, end: start },
    language,
    indentUnit,
  });
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return [code, reference]
    .filter((each) => each !== undefined)
    .toSorted((one, other) => other.span.start - one.span.start)
    .reduce(
      (now, { span, newText }) => now.slice(0, span.start) + newText.replace(/\r?\n/g, lineBreak) + now.slice(span.end),
      text,
    );
}

function codeOf(kind: string, images: readonly Image[]) {
  const ofImages = snippetKinds.find(({ id }) => id === kind);
  if (ofImages) {
    const { id, tool } = ofImages;
    return { tool, text: renderSnippet(id, images, context), json: renderSnippetInJson(id, images, context) };
  }
  const ofParameters = parameterSnippetKinds.find(({ id }) => id === kind);
  if (!ofParameters) throw new Error(kind);
  const { id, tool } = ofParameters;
  return {
    tool,
    text: renderParameterSnippet(id, [parameter]),
    json: renderParameterSnippetInJson(id, [parameter]),
  };
}

type Row = readonly [place: string, kind: string, marked: string];

/** With line breaks of Windows it is the same text. */
function expectSameWithCrlf(path: string, kind: string, marked: string, options?: Options): void {
  if (!marked.includes('\n')) return;
  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  expect(inserted(path, kind, crlf(marked), options)).toBe(crlf(inserted(path, kind, marked, options)));
}

describe('Terraform and Packer', () => {
  const rows: readonly Row[] = [
    ['an empty file', 'terraform-data-source', '¦'],
    ['between blocks', 'terraform-data-source', 'locals {\n  a = 1\n}\n\n¦\n\nlocals {\n  b = 1\n}\n'],
    ['a value of a resource', 'terraform-data-source', 'resource "aws_instance" "a" {\n  ami = ¦\n}\n'],
    ['empty quotes', 'terraform-data-source', 'resource "aws_instance" "a" {\n  ami = "¦"\n}\n'],
    ['an id', 'terraform-data-source', '# note\nresource "aws_instance" "a" {\n  ami = "ami-0123456789¦abcdef0"\n}\n'],
    ['the body of a module', 'terraform-data-source', 'module "a" {\n  source = "./a"\n  ¦\n}\n'],
    ['a list', 'terraform-data-source', 'locals {\n  amis = [\n    ¦\n  ]\n}\n'],
    ['a block in a block', 'terraform-ssm-parameter', 'resource "aws_x" "a" {\n  b {\n    image_id = ¦\n  }\n}\n'],
    ['a variable', 'terraform-ssm-parameter', 'variable "a" {\n  default = "¦"\n}\n'],
    ['the body of a resource', 'terraform-map', 'resource "aws_instance" "a" {\n  ¦\n}\n'],
    ['behind a heredoc', 'terraform-data-source', 'locals {\n  a = <<EOF\nfor {\nEOF\n  b = ¦\n}\n'],
    ['a half-written block', 'terraform-data-source', 'resource "aws_instance" "a" {\n  ami = ¦'],
  ];

  it.each(rows)('stands at the top: %s', (_, kind, marked) => {
    for (const images of [[web], [web, shop]]) {
      const text = inserted('main.tf', kind, marked, { images });
      const { entries } = hclTree(text);
      const heads = entries.map(({ key, labels }) => `${key} ${labels[0] ?? ''}`);
      const expected = { 'terraform-data-source': 'data aws_ami', 'terraform-ssm-parameter': 'data aws_ssm_parameter' }[
        kind
      ];
      expect(heads).toContain(expected ?? 'variable web_server_golden_ami_ids');
      expect(text).not.toMatch(/^[ \t]+(?:data|variable) "/m);
    }
    expectSameWithCrlf('main.tf', kind, marked);
  });

  it.skipIf(!hasTerraform()).each(rows.slice(0, -1))('is as terraform fmt has it: %s', (_, kind, marked) => {
    const text = inserted('main.tf', kind, marked).replace(/[ \t]+$/gm, '');
    expect(terraformFormatted(text)).toBe(text);
  });

  it('is referred to where a value is missing, or an id stands', () => {
    const at = (marked: string, kind = 'terraform-data-source', images = [web]) =>
      inserted('main.tf', kind, marked, { images });
    expect(at('resource "a" "b" {\n  ami = ¦\n}\n')).toMatch(
      /^data "aws_ami" "web_server_golden" \{\n[\s\S]*\n\}\n\nresource "a" "b" \{\n {2}ami = data\.aws_ami\.web_server_golden\.id\n\}\n$/,
    );
    expect(at('resource "a" "b" {\n  ami = "ami-0123456789¦abcdef0"\n}\n')).toContain(
      '  ami = data.aws_ami.web_server_golden.id\n',
    );
    expect(at('locals {\n  ids = ¦\n}\n', undefined, [web, shop])).toContain(
      'ids = [data.aws_ami.web_server_golden.id, data.aws_ami.shop.id]\n',
    );
    expect(at('locals {\n  ids = [¦]\n}\n', undefined, [web, shop])).toContain(
      'ids = [data.aws_ami.web_server_golden.id, data.aws_ami.shop.id]\n',
    );
    expect(at('locals {\n  a = ¦\n}\n', 'terraform-ssm-parameter')).toContain(
      'a = data.aws_ssm_parameter.debian_13.insecure_value\n',
    );
    // What a variable is by default must be fixed.
    expect(at('variable "a" {\n  default = "¦"\n}\n')).toContain('variable "a" {\n  default = ""\n}\n');
    // A script is not where Terraform's references are read.
    expect(at('resource "a" "b" {\n  user_data = <<-EOT\n    ami=¦\n  EOT\n}\n')).toContain('    ami=\n');
    // The rest of a text is not to be lost.
    expect(at('locals {\n  a = "x-¦"\n}\n')).toContain('a = "x-"\n');
  });

  it('is there once: a second place refers to the same, another lookup of the name gets a number', () => {
    const first = inserted('main.tf', 'terraform-data-source', 'resource "a" "b" {\n  ami = ¦\n}\n');
    const again = inserted('main.tf', 'terraform-data-source', `${first}\nresource "a" "c" {\n  ami = ¦\n}\n`);
    expect(again).toBe(`${first}\nresource "a" "c" {\n  ami = data.aws_ami.web_server_golden.id\n}\n`);
    const other = anImage({ name: 'web-server-golden-2026.11', architecture: 'arm64' });
    const both = inserted('main.tf', 'terraform-data-source', `${first}\nresource "a" "c" {\n  ami = ¦\n}\n`, {
      images: [other],
    });
    expect(both).toContain('data "aws_ami" "web_server_golden_2" {');
    expect(both).toContain('ami = data.aws_ami.web_server_golden_2.id\n');
    expect(both.match(/web-server-golden-\*/g)).toHaveLength(2);
  });

  it.each<Row>([
    ['an empty line', 'packer-source-filter', 'source "amazon-ebs" "a" {\n  ¦\n}\n'],
    ['the id', 'packer-source-filter', 'source "amazon-ebs" "a" {\n  region     = "x"\n  source_ami = "¦"\n}\n'],
    ['tags', 'packer-source-filter', 'source "amazon-ebs" "a" {\n  tags = {\n    a = "b"¦\n  }\n}\n'],
    ['the filter', 'packer-source-filter', 'source "amazon-ebs" "a" {\n  source_ami_filter {\n    ¦\n  }\n}\n'],
    ['the end of a line', 'packer-source-filter', 'source "amazon-ebs" "a" {¦\n}\n'],
  ])("is Packer's filter in its source: %s", (_, kind, marked) => {
    const text = inserted('a.pkr.hcl', kind, marked);
    const [source] = hclTree(text).entries;
    const keys = source?.value.kind === 'map' ? source.value.entries.map(({ key }) => key) : [];
    expect(keys.filter((key) => key.startsWith('source_ami'))).toEqual(['source_ami_filter']);
    expectSameWithCrlf('a.pkr.hcl', kind, marked);
  });

  it("is Packer's data beside its sources", () => {
    const text = inserted('a.pkr.hcl', 'packer-parameterstore', 'source "amazon-ebs" "a" {\n  source_ami = "¦"\n}\n');
    expect(text).toMatch(/^data "amazon-parameterstore" "debian_13" \{/m);
    expect(text).toContain('  source_ami = data.amazon-parameterstore.debian_13.value\n');
  });
});

describe('CloudFormation', () => {
  const head = 'AWSTemplateFormatVersion: "2010-09-09"\n';
  const instance = '  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      InstanceType: t3.micro\n';
  const rows: readonly Row[] = [
    ['an empty line below Resources', 'cloudformation-parameter', `${head}Resources:\n¦\n${instance}`],
    ['the column of a resource', 'cloudformation-mapping', `${head}Resources:\n  ¦\n${instance}`],
    ['the end of Resources', 'cloudformation-parameter', `${head}Resources:\n${instance}¦`],
    ['the end of a property', 'cloudformation-parameter', `${head}Resources:\n${instance.trimEnd()}¦\n`],
    ['a value', 'cloudformation-parameter', `${head}Resources:\n${instance}      ImageId: ¦\n`],
    ['an id', 'cloudformation-mapping', `${head}Resources:\n${instance}      ImageId: ami-0123456789abcdef0¦\n`],
    [
      'a quoted id',
      'cloudformation-ssm-parameter',
      `${head}Resources:\n${instance}      ImageId: "ami-0123456789abcdef0¦"\n`,
    ],
    ['the line of the version', 'cloudformation-parameter', `${head.trimEnd()}¦\nResources:\n${instance}`],
    ['between sections', 'cloudformation-mapping', `${head}¦\nResources:\n${instance}`],
    [
      'the section that is there',
      'cloudformation-parameter',
      `${head}Parameters:\n  Other:\n    Type: String\n¦\nResources:\n${instance}`,
    ],
    [
      'beside the section that is there',
      'cloudformation-parameter',
      `${head}Parameters:\n  Other:\n    Type: String\n\nResources:\n${instance}      ImageId: ¦\n`,
    ],
    [
      'within an entry of the section',
      'cloudformation-parameter',
      `${head}Parameters:\n  Other:\n    ¦\n    Type: String\nResources:\n${instance}`,
    ],
    [
      'a section of four spaces',
      'cloudformation-parameter',
      `${head}Parameters:\n    Other:\n        Type: String\nResources:\n${instance}¦`,
    ],
    [
      'properties',
      'cloudformation-ssm-reference',
      `${head}Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      ¦\n`,
    ],
    ['the value of a property', 'cloudformation-ssm-reference', `${head}Resources:\n${instance}      ImageId: ¦\n`],
  ];

  it.each(rows)('is a template: %s', (_, kind, marked) => {
    const text = inserted('template.yaml', kind, marked);
    const [document] = parseAllDocuments(text, { customTags: [ref, findInMap] });
    expect(document?.errors).toEqual([]);
    const { Resources, Parameters, Mappings } = document?.toJS() ?? {};
    expect(Object.keys(Resources)).toEqual(['A']);
    const isSet = (value: unknown) => typeof value === 'object' && value !== null;
    const section =
      { 'cloudformation-mapping': Mappings, 'cloudformation-ssm-reference': Resources }[kind] ?? Parameters;
    expect(Object.values(section).every(isSet)).toBe(true);
    expectSameWithCrlf('template.yaml', kind, marked);
  });

  it.skipIf(!hasCfnLint())('has no errors for cfn-lint', () => {
    expect(errorsIn(rows.map(([, kind, marked]) => inserted('template.yaml', kind, marked)))).toEqual([]);
  });

  it('is referred to where a value is missing, by a name that is free', () => {
    const first = inserted('t.yaml', 'cloudformation-parameter', `${head}Resources:\n${instance}      ImageId: ¦\n`);
    expect(first).toContain('      ImageId: !Ref WebServerGoldenImageId\n');
    const same = inserted('t.yaml', 'cloudformation-parameter', `${first}      KernelId: ¦\n`);
    expect(same).toBe(`${first}      KernelId: !Ref WebServerGoldenImageId\n`);
    const images = [anImage({ id: shop.id, name: web.name })];
    const again = inserted('t.yaml', 'cloudformation-parameter', `${first}      KernelId: ¦\n`, { images });
    expect(again).toContain('      KernelId: !Ref WebServerGoldenImageId2\n');
    const map = inserted('t.yaml', 'cloudformation-mapping', `${head}Resources:\n${instance}      ImageId: ¦\n`);
    expect(map).toContain('      ImageId: !FindInMap [RegionMap, !Ref AWS::Region, WebServerGoldenImage]\n');
    const maps = inserted('t.yaml', 'cloudformation-mapping', `${map}      KernelId: ¦\n`, { images });
    expect(maps).toContain('KernelId: !FindInMap [RegionMap2, !Ref AWS::Region, WebServerGoldenImage]\n');
    for (const parameters of [
      '"Parameters":\n  A:\n    Type: String\n',
      'Parameters: {}\n',
      "'Parameters': { } # none\n",
    ]) {
      const text = inserted(
        't.yaml',
        'cloudformation-parameter',
        `${parameters}Resources:\n${instance}      ImageId: ¦\n`,
      );
      const [document] = parseAllDocuments(text, { customTags: [ref, findInMap], uniqueKeys: true });
      expect(document?.errors).toEqual([]);
      expect(document?.toJS().Parameters.WebServerGoldenImageId).toBeTruthy();
    }
    const script = `      UserData:\n        Fn::Base64: |\n          AMI=¦\n`;
    expect(inserted('t.yaml', 'cloudformation-parameter', `${head}Resources:\n${instance}${script}`)).toContain(
      '          AMI=\n',
    );
    const fixed = inserted('t.yaml', 'cloudformation-parameter', `${first.replace(web.id, `${web.id}¦`)}`, { images });
    expect(fixed).toContain(`    Default: ${web.id}\n`);
  });
});

/** But for an instance without an image. */
function errorsIn(templates: readonly string[]): readonly string[] {
  return cfnLintFindings(...templates)
    .split('\n')
    .filter((line) => /:E(?!3673)\d/.test(line));
}

const ref: ScalarTag = { tag: '!Ref', resolve: (value) => value };
const findInMap: CollectionTag = { tag: '!FindInMap', collection: 'seq', resolve: (value) => value };

describe('Ansible', () => {
  const play = '- hosts: all\n  tasks:\n';
  const first = '    - name: first\n      ansible.builtin.debug:\n        msg: x\n';
  const last = '    - name: last\n      ansible.builtin.debug:\n        msg: y\n';
  it.each<readonly [place: string, marked: string, names: readonly string[]]>([
    ['column 4 below tasks', `${play}    ¦\n`, ['List', 'Choose']],
    ['an empty line below tasks', `${play}¦\n`, ['List', 'Choose']],
    ['the line of tasks', '- hosts: all\n  tasks:¦\n', ['List', 'Choose']],
    ['before the first task', `${play}    ¦\n${first}`, ['List', 'Choose', 'first']],
    ['between tasks', `${play}${first}    ¦\n${last}`, ['first', 'List', 'Choose', 'last']],
    ['the end of a task', `${play}${first}¦\n${last}`, ['first', 'List', 'Choose', 'last']],
    ['within a task', `${play}${first.replace('msg: x', 'msg: x¦')}${last}`, ['first', 'List', 'Choose', 'last']],
    ['the name of a task', `${play}${first.replace('first', 'first¦')}${last}`, ['first', 'List', 'Choose', 'last']],
    [
      'an empty line of a task',
      `${play}${first.replace('first', 'first\n      ¦')}${last}`,
      ['first', 'List', 'Choose', 'last'],
    ],
    ['the value of a task', `${play}${first}${last.replace('y', '¦')}`, ['first', 'List', 'Choose', 'last']],
    [
      'an id of a task',
      `${play}${first}${last.replace('y', 'ami-0123456789abcdef0¦')}`,
      ['first', 'List', 'Choose', 'last'],
    ],
    ['the end of a play', `${play}${first}¦`, ['first', 'List', 'Choose']],
    ['the end of a play with other keys', '- hosts: all\n  vars:\n    a: 1\n¦', ['List', 'Choose']],
    [
      'among the keys of a play',
      `- hosts: all\n  ¦\n  vars:\n    a: 1\n  tasks:\n${first}`,
      ['first', 'List', 'Choose'],
    ],
    [
      'among variables',
      `- hosts: all\n  vars:\n    a: ¦\n  tasks:\n${first}  handlers: []\n`,
      ['first', 'List', 'Choose'],
    ],
    [
      'lists in the column of their key',
      `- hosts: all\n  tasks:\n  - name: first\n    x:\n      y: z\n¦`,
      ['first', 'List', 'Choose'],
    ],
  ])('is tasks of the play: %s', (_, marked, names) => {
    for (const kind of ['ansible-tasks', 'ansible-ssm-lookup']) {
      const text = inserted('site.yml', kind, marked);
      const [document, more] = parseAllDocuments(text);
      expect(more).toBeUndefined();
      expect(document?.errors).toEqual([]);
      const plays = document?.toJS();
      expect(plays).toHaveLength(1);
      const words = plays[0].tasks.map(({ name }: { readonly name: string }) => name.split(' ')[0]);
      expect(words).toEqual(
        kind === 'ansible-tasks'
          ? names
          : names.filter((name) => name !== 'Choose').map((name) => (name === 'List' ? 'Read' : name)),
      );
      expectSameWithCrlf('site.yml', kind, marked);
    }
  });

  it('sets a fact that the task takes', () => {
    const text = inserted('site.yml', 'ansible-tasks', `${play}    - amazon.aws.ec2_instance:\n        image_id: ¦\n`);
    expect(text).toContain('        image_id: "{{ web_server_golden_image_id }}"\n');
  });

  it.each([
    ['a file of tasks', '---\n- name: first\n  x:\n    y: z\n¦'],
    ['an empty file', '¦'],
  ])('is a list by itself: %s', (_, marked) => {
    const [document] = parseAllDocuments(inserted('tasks/main.yml', 'ansible-tasks', marked));
    expect(document?.errors).toEqual([]);
    expect(document?.toJS().length).toBeGreaterThan(1);
  });
});

describe('the AWS CLI', () => {
  it.each<Row>([
    ['an empty file', 'aws-cli', '¦'],
    ['a function', 'aws-cli', 'f() {\n  ¦\n}\nf\n'],
    ['an empty line of a function', 'aws-cli', 'f() {\n¦\n}\nf\n'],
    ['a condition', 'aws-cli-ssm', 'if true; then\n¦\nfi\n'],
    ['a loop', 'aws-cli', 'for a in b; do¦\ndone\n'],
    ['a variable', 'aws-cli', 'f() {\n  local x\n  AMI=¦\n}\nf\n'],
    ['a quoted variable', 'aws-cli', 'AMI="¦"\n'],
    ['a variable with an id', 'aws-cli-ssm', 'export AMI="ami-0123456789abc¦def0"\n'],
    ['an option', 'aws-cli', 'aws ec2 run-instances \\\n  --image-id ¦ \\\n  --count 1\n'],
    ['an option with an id', 'aws-cli', 'aws ec2 run-instances --image-id ami-0123456789abcdef0¦ --count 1\n'],
    ['the end of a command of several lines', 'aws-cli', 'aws ec2 run-instances \\\n  --count 1¦\n'],
    [
      'the middle of a command of several lines',
      'aws-cli',
      'aws ec2 run-instances \\\n  --count 1 \\\n  ¦\\\n  --dry-run\n',
    ],
  ])('is a command of a script: %s', (_, kind, marked) => {
    for (const images of [[web], [web, shop]]) {
      const text = inserted('a.sh', kind, marked, { images });
      expect(shellProblems(text)).toBe('');
      expect(text.match(/aws (?:ec2 describe-images|ssm get-parameter) \\$/gm)).toHaveLength(
        kind === 'aws-cli' ? images.length : 1,
      );
      // What stood there is still one command.
      if (marked.includes('run-instances')) expect(text).toMatch(/^aws ec2 run-instances/m);
    }
  });

  it('gives its answer to the variable or the option', () => {
    expect(inserted('a.sh', 'aws-cli-ssm', 'f() {\n  AMI=¦\n}\n')).toBe(
      'f() {\n  AMI="$(\n    aws ssm get-parameter \\\n      --region eu-west-1 \\\n      --name /aws/service/debian/release/13/latest/arm64 \\\n      --query Parameter.Value \\\n      --output text\n  )"\n}\n',
    );
  });

  it.each<readonly [place: string, path: string, marked: string]>([
    [
      'a block of a workflow',
      'w.yml',
      'jobs:\n  a:\n    steps:\n      - run: |\n          echo a\n          ¦\n          echo b\n      - run: echo c\n',
    ],
    [
      'an empty line of a block',
      'w.yml',
      'jobs:\n  a:\n    steps:\n      - run: |\n          echo a\n\n¦\n          echo b\n      - run: echo c\n',
    ],
    [
      'the end of a block',
      'w.yml',
      'jobs:\n  a:\n    steps:\n      - run: |\n          echo a¦\n      - run: echo c\n',
    ],
    [
      'the beginning of a block',
      'w.yml',
      'jobs:\n  a:\n    steps:\n      - name: x\n        run: |¦\n          echo a\n',
    ],
    ['an empty block', 'w.yml', 'jobs:\n  a:\n    steps:\n      - name: x\n        run: |\n          ¦\n'],
    ['an empty block, at the first column', 'w.yml', 'jobs:\n  a:\n    steps:\n      - name: x\n        run: |\n¦\n'],
    ['a key', 'w.yml', 'jobs:\n  a:\n    steps:\n      - name: x\n        run: ¦\n'],
    ['a list of steps', 'w.yml', 'jobs:\n  a:\n    steps:\n      - run: echo c\n      ¦\n'],
    ['below steps', 'w.yml', 'jobs:\n  a:\n    steps:\n¦\n'],
    ['a list of commands', '.gitlab-ci.yml', 'a:\n  script:\n    - echo c\n    ¦\n'],
    [
      'the end of a command of a list',
      'buildspec.yml',
      'phases:\n  build:\n    commands:\n      - echo c¦\n      - echo d\n',
    ],
    ['user data', 't.yaml', 'A:\n  UserData:\n    Fn::Base64: |\n      #!/bin/bash\n      ¦\n'],
  ])('is a script within YAML: %s', (_, path, marked) => {
    const text = inserted(path, 'aws-cli', marked);
    const [document] = parseAllDocuments(text);
    expect(document?.errors).toEqual([]);
    const scripts = textsIn(document?.toJS());
    const [script] = scripts.filter((each) => each.includes('aws ec2 describe-images \\\n  --region'));
    expect(shellProblems(script ?? 'fi')).toBe('');
    for (const command of ['a', 'b', 'c', 'd'].filter((name) => marked.includes(`echo ${name}`))) {
      expect(scripts.join('\n').split('\n')).toContain(`echo ${command}`);
    }
    expectSameWithCrlf(path, 'aws-cli', marked);
  });
});

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('the CDK and Pulumi', () => {
  const stack = (body: string) => `class Web extends Stack {\n${body}}\n`;
  const instance = "    new ec2.Instance(this, 'a', {\n      machineImage: ¦,\n    });\n";
  const rows: readonly Row[] = [
    ['an empty file', 'cdk-lookup', '¦'],
    ['the body of a class', 'cdk-lookup', stack('  ¦\n  constructor() {\n    super();\n  }\n')],
    ['the end of a class', 'cdk-map', stack('  constructor() {\n    super();\n  }\n  ¦\n')],
    ['a constructor', 'cdk-ssm-parameter', stack('  constructor() {\n    super();\n    ¦\n  }\n')],
    ['an empty line of a constructor', 'cdk-lookup', stack('  constructor() {\n    super();\n¦\n  }\n')],
    ['an argument', 'cdk-lookup', stack(`  constructor() {\n    super();\n${instance}  }\n`)],
    ['an argument in a method', 'cdk-map', stack(`  make() {\n${instance}  }\n`)],
    ['the end of an argument', 'cdk-lookup', stack(`  make() {\n${instance.replace('¦,', 'undefined,¦')}  }\n`)],
    ['a property of a class', 'cdk-lookup', stack('  private readonly image = ¦;\n')],
    ['a function', 'cdk-lookup', 'function make() {\n  return [\n    ¦\n  ];\n}\n'],
    ['an arrow function', 'cdk-lookup', 'const make = () => {\n  ¦\n};\n'],
    ['a case', 'cdk-lookup', "switch (kind) {\n  case 'a':\n    use(¦);\n}\n"],
    ['a case without a statement', 'cdk-lookup', "switch (kind) {\n  case 'a':¦\n    use(1);\n}\n"],
    ['the label of a case', 'cdk-lookup', 'switch (kind) {\n  case use(¦):\n    use(1);\n}\n'],
    ['a static member', 'cdk-lookup', stack('  static image = use(¦);\n')],
    ['a variable', 'cdk-ssm-parameter', 'const image = ¦;\n'],
    ['a condition without braces', 'cdk-lookup', 'if (kind) use(¦);\n'],
    ['below a comment', 'cdk-lookup', 'use(1);\n// why\nuse(¦);\n'],
    ['a value', 'pulumi-lookup', "const web = new aws.ec2.Instance('a', {\n  ami: ¦\n});\n"],
    ['an id', 'pulumi-lookup', 'new aws.ec2.Instance("a", { ami: "ami-0123¦456789abcdef0" });\n'],
    ['a list', 'pulumi-ssm-parameter', 'const ids = [¦];\n'],
    ['the name that is there', 'pulumi-lookup', 'const webServerGoldenImage = 1;\nuse(¦);\n'],
  ];
  const texts = rows.flatMap(([place, kind, marked]) =>
    [[web], [web, shop]].map((images) => ({ place, text: inserted('stack.ts', kind, marked, { images }) })),
  );

  it('is TypeScript at each place', () => {
    const declarations = `declare const ec2: any, aws: any, kind: any, use: any; declare class Stack {}\n`;
    const problems = scriptProblems(
      texts.map(
        ({ text }) => `export {};\n${text.includes('use(') || /\b(?:ec2|aws)\b/.test(text) ? declarations : ''}${text}`,
      ),
    );
    expect(
      problems.map((problem, index) => `${texts[index]?.place}: ${problem}`).filter((line) => !line.endsWith(': ')),
    ).toEqual([]);
  });

  it.each(rows)('is the same with tabs and line breaks of Windows: %s', (_, kind, marked) => {
    const tabs = (text: string) => text.replace(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2));
    const expected = inserted('stack.ts', kind, marked);
    expect(inserted('stack.ts', kind, tabs(marked), { indentUnit: '\t' })).toBe(tabs(expected));
    expectSameWithCrlf('stack.ts', kind, marked);
  });

  it('is referred to where a value is missing', () => {
    const at = (kind: string, marked: string) => inserted('stack.ts', kind, marked);
    expect(at('cdk-lookup', stack(`  make() {\n${instance}  }\n`))).toContain('machineImage: webServerGoldenImage,');
    expect(at('cdk-lookup', stack('  readonly image = ¦;\n'))).toContain('readonly image = this.webServerGoldenImage;');
    expect(at('cdk-lookup', 'interface Of {\n  x: ¦;\n}\n')).toContain('  x: ;\n');
    // `this` of what is static has no properties of an instance.
    expect(at('cdk-lookup', stack('  static image = use(¦);\n'))).toMatch(
      /^const webServerGoldenImage = [\s\S]*\n\}\);\n+class Web[\s\S]*image = use\(webServerGoldenImage\);/,
    );
    expect(at('pulumi-lookup', 'f({ ami: "¦" });\n')).toContain('f({ ami: webServerGoldenImage.id });');
    expect(at('pulumi-ssm-parameter', 'f({ ami: ¦ });\n')).toContain('f({ ami: debian13Image.value });');
    expect(at('pulumi-lookup', 'const webServerGoldenImage = 1;\nuse(¦);\n')).toContain(
      'use(webServerGoldenImage2.id);',
    );
    expect(inserted('stack.js', 'cdk-lookup', stack('  ¦\n'))).toMatch(/^ {2}webServerGoldenImage = ec2/m);
  });
});

describe('files of JSON', () => {
  const template = (properties: string) =>
    `{\n  "AWSTemplateFormatVersion": "2010-09-09",\n  "Resources": {\n    "A": {\n      "Type": "AWS::EC2::Instance",\n      "Properties": { ${properties} }\n    }\n  }\n}\n`;
  const rows: readonly Row[] = [
    ['a value', 'cloudformation-parameter', template('"ImageId": ¦')],
    ['an id', 'cloudformation-mapping', template('"ImageId": "ami-0123456789abcdef0¦"')],
    ['an object', 'cloudformation-ssm-parameter', template('"InstanceType": "t3.micro"¦')],
    ['a reference', 'cloudformation-ssm-reference', template('"ImageId": "¦"')],
    ['the object of a reference', 'cloudformation-ssm-reference', template('"InstanceType": "t3.micro"¦')],
  ];

  it.each(rows)("are CloudFormation's templates: %s", (_, kind, marked) => {
    const value = JSON.parse(inserted('t.json', kind, marked));
    expect(Object.keys(value.Resources)).toEqual(['A']);
    expect(JSON.stringify(value)).toMatch(/Parameters|Mappings|resolve:ssm/);
    if (marked.includes('ImageId')) expect(value.Resources.A.Properties.ImageId).toBeTruthy();
    expectSameWithCrlf('t.json', kind, marked);
  });

  it.skipIf(!hasCfnLint())('have no errors for cfn-lint', () => {
    expect(errorsIn(rows.map(([, kind, marked]) => inserted('t.json', kind, marked)))).toEqual([]);
  });

  it('begin with the code where they are empty', () => {
    expect(JSON.parse(inserted('t.json', 'cloudformation-parameter', '¦')).Parameters).toBeTruthy();
    expect(
      JSON.parse(inserted('t.json', 'cloudformation-mapping', '{¦}')).Mappings.RegionMap['us-east-1'],
    ).toBeTruthy();
  });

  it('refer to nothing where values must be fixed', () => {
    const marked = '{ "Parameters": { "A": { "Default": "ami-0123456789abcdef0¦" } } }';
    const { Parameters } = JSON.parse(inserted('t.json', 'cloudformation-parameter', marked));
    expect(Parameters.A.Default).toBe(web.id);
    expect(Object.keys(Parameters)).toEqual(['A', 'WebServerGoldenImageId']);
  });

  it("are Terraform's, Packer's and the CLI's", () => {
    const resource = '{\n  "resource": { "aws_instance": { "a": { "ami": "¦" } } }\n}\n';
    const terraform = JSON.parse(inserted('main.tf.json', 'terraform-data-source', resource));
    expect(terraform.data.aws_ami.web_server_golden.most_recent).toBe(true);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform
    expect(terraform.resource.aws_instance.a.ami).toBe('${data.aws_ami.web_server_golden.id}');
    const lists =
      '{\n  "data": [{ "aws_ami": { "other": {} } }],\n  "resource": [{ "aws_instance": { "a": { "ami": "¦" } } }]\n}\n';
    const inLists = JSON.parse(inserted('main.tf.json', 'terraform-data-source', lists));
    expect(inLists.data).toHaveLength(2);
    expect(inLists.data[1].aws_ami.web_server_golden.most_recent).toBe(true);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform
    expect(inLists.resource[0].aws_instance.a.ami).toBe('${data.aws_ami.web_server_golden.id}');
    const map = JSON.parse(inserted('main.tf.json', 'terraform-map', '{\n  ¦\n}\n'));
    expect(map.variable.web_server_golden_ami_ids.default).toEqual({ 'us-east-1': web.id });
    const packer = JSON.parse(
      inserted('p.json', 'packer-source-filter', '{ "builders": [{ "type": "amazon-ebs"¦ }] }'),
    );
    expect(packer.builders[0].source_ami_filter.filters.name).toBe('web-server-golden-*.*');
    const cli = JSON.parse(inserted('input.json', 'aws-cli', '{\n  ¦\n}\n'));
    expect(cli.Filters[0]).toEqual({ Name: 'name', Values: ['web-server-golden-*.*'] });
    const ssm = JSON.parse(inserted('main.tf.json', 'terraform-ssm-parameter', '{ ¦ }'));
    expect(ssm.data.aws_ssm_parameter.debian_13.name).toBe(parameter.name);
  });

  it('get a number for a name that is taken, and keep their indentation', () => {
    const tabs = template('"ImageId": ¦').replace(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2));
    const first = inserted('t.json', 'cloudformation-parameter', tabs);
    expect(first).toMatch(/\n\t\},\n\t"Parameters": \{\n\t\t"WebServerGoldenImageId": \{\n\t\t\t"Type"/);
    const again = inserted(
      't.json',
      'cloudformation-parameter',
      first.replace('"ImageId":', '"KernelId": ¦, "ImageId":'),
    );
    expect(JSON.parse(again).Resources.A.Properties.KernelId).toEqual({ Ref: 'WebServerGoldenImageId2' });
  });
});

describe('code for images of strangers', () => {
  const images = [...hostileNames, ...hostileTexts].map((name) => anImage({ name, description: name }));

  it('changes nothing but its place, whatever they are called', () => {
    for (const image of images) {
      const at = (path: string, kind: string, marked: string) => inserted(path, kind, marked, { images: [image] });
      const { entries } = hclTree(at('main.tf', 'terraform-data-source', 'resource "a" "b" {\n  ami = ¦\n}\n'));
      expect(entries.map(({ key }) => key)).toEqual(['data', 'resource']);
      const head = 'Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ¦\n';
      const [template] = parseAllDocuments(at('t.yaml', 'cloudformation-parameter', head), { customTags: [ref] });
      expect(template?.errors).toEqual([]);
      expect(Object.keys(template?.toJS())).toEqual(['Parameters', 'Resources']);
      const [play] = parseAllDocuments(at('site.yml', 'ansible-tasks', '- hosts: all\n  tasks:\n    ¦\n'));
      expect(play?.errors).toEqual([]);
      expect(play?.toJS()[0].tasks).toHaveLength(2);
      const written = at('t.json', 'cloudformation-parameter', '{"Resources": {"A": {"ImageId": ¦}}}');
      expect(unseenIn(written)).toEqual([]);
      const json = JSON.parse(written);
      expect(Object.keys(json)).toEqual(['Resources', 'Parameters']);
      const terraform = at('main.tf.json', 'terraform-data-source', '{¦}');
      expect(Object.keys(JSON.parse(terraform))).toEqual(['data']);
      const packer = at('p.json', 'packer-source-filter', '{¦}');
      expect(unseenIn(packer)).toEqual([]);
      expect(Object.keys(JSON.parse(packer))).toEqual(['source_ami_filter']);
      // Texts of Terraform are templates in JSON, too.
      expect(terraform).not.toMatch(/[^$]\$\{|[^%]%\{/);
      expect(unseenIn(terraform)).toEqual([]);
    }
  });

  it('is TypeScript', () => {
    const texts = images.map((image) => inserted('a.ts', 'pulumi-lookup', 'use(¦);\n', { images: [image] }));
    const declarations = 'export {};\ndeclare const aws: any, use: any;\n';
    expect(scriptProblems(texts.map((text) => declarations + text)).filter((problem) => problem !== '')).toEqual([]);
  });
});
