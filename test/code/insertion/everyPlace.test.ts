import { parser } from '@lezer/javascript';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { placedCode } from '../../../src/code/insertion/placedCode.ts';
import { languageOf } from '../../../src/code/language.ts';
import { hclTree } from '../../../src/code/tree/hclTree.ts';
import { renderSnippet, renderSnippetInJson, type SnippetId, snippetKinds } from '../../../src/core/snippets.ts';
import { anImage } from '../../core/anImage.ts';
import { shellProblems } from '../../core/snippets/judges.ts';

const context = { account: '111122223333', now: Date.UTC(2026, 10, 26) };
const images = [anImage({ name: 'web-server-golden-2026.11' })];

/** The text with code at each of its places, one after the other. */
function insertedEverywhere(
  path: string,
  kind: SnippetId,
  text: string,
): readonly (readonly [line: string, text: string])[] {
  const tool = snippetKinds.find(({ id }) => id === kind)?.tool ?? '';
  const code = { tool, text: renderSnippet(kind, images, context), json: renderSnippetInJson(kind, images, context) };
  const language = languageOf(path, text);
  return Array.from({ length: text.length + 1 }, (_, at) => {
    const placed = placedCode(code, { text, path, span: { start: at, end: at }, language, indentUnit: '  ' });
    const edits = [placed.code, placed.reference].filter((each) => each !== undefined);
    const after = edits
      .toSorted((one, other) => other.span.start - one.span.start)
      .reduce((now, { span, newText }) => now.slice(0, span.start) + newText + now.slice(span.end), text);
    const line = `${text.slice(text.lastIndexOf('\n', at - 1) + 1, at)}¦${text.slice(at).split('\n')[0]}`;
    return [line, after] as const;
  });
}

/** The places at which a text is not what it should be, with what it is. */
function wrongPlaces(
  all: readonly (readonly [line: string, text: string])[],
  factsOf: (text: string) => unknown,
): readonly string[] {
  const [[, first]] = all as readonly [readonly [string, string]];
  const expected = JSON.stringify(factsOf(first));
  return all.flatMap(([line, text]) => {
    const facts = JSON.stringify(factsOf(text));
    return facts === expected ? [] : [`${line}: ${facts}`];
  });
}

function yamlOf(text: string): unknown {
  const ref = { tag: '!Ref', resolve: (value: string) => value };
  const [document, more] = parseAllDocuments(text, { customTags: [ref] });
  const [error] = document?.errors ?? [];
  if (error || more) return error?.message ?? 'two documents';
  return document?.toJS();
}

describe('code at every place of a file', () => {
  it('is tasks of an Ansible play', () => {
    const play = `---
- name: Web
  hosts: all
  vars:
    a: 1
    b:
      - x
  roles:
    - common
  tasks:
    - name: one
      amazon.aws.ec2_instance:
        image_id: ami-0123456789abcdef0
        tags:
          Name: "x"
      when: a

    - block:
        - name: two
          debug:
            msg: hi
      rescue:
        - debug:
            msg: no
    # last
    - import_tasks: x.yml

  handlers:
    - name: restart
      service:
        name: x
`;
    type Items = readonly Readonly<Record<string, unknown>>[];
    const listsIn = (item: object) =>
      Object.entries(item).flatMap(([key, value]) =>
        /^(?:tasks|handlers|block|rescue)$/.test(key) ? [value as Items] : [],
      );
    const names = (items: Items): readonly unknown[] =>
      items.flatMap((item) => [...(item['name'] ? [item['name']] : []), ...listsIn(item).flatMap(names)]);
    const all = insertedEverywhere('site.yml', 'ansible-tasks', play);
    const factsOf = (text: string) => {
      const value = yamlOf(text);
      return Array.isArray(value) ? [value.length, names(value).toSorted()] : value;
    };
    expect(factsOf(all[0]?.[1] ?? '')).toEqual([
      1,
      [
        'Choose the newest image of web server golden',
        'List images of web server golden',
        'Web',
        'one',
        'restart',
        'two',
      ],
    ]);
    expect(wrongPlaces(all, factsOf)).toEqual([]);
  });

  it('is a parameter of a template', () => {
    const template = `AWSTemplateFormatVersion: "2010-09-09"
Description: >
  A text
  of lines

Parameters:
  # type
  Type:
    Type: String
    Default: t3.micro

Resources:
  # Web
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: !Ref Type
      UserData:
        Fn::Base64: |
          #!/bin/bash
          echo

  Other:
    Type: AWS::S3::Bucket
Outputs:
  A:
    Value: !Ref Web
`;
    const factsOf = (text: string) => {
      const value = yamlOf(text);
      if (typeof value !== 'object' || value === null) return value;
      const { Parameters, Resources } = value as Record<string, object>;
      return [Object.keys(value).toSorted(), Object.keys(Parameters ?? {}).toSorted(), Object.keys(Resources ?? {})];
    };
    const all = insertedEverywhere('template.yaml', 'cloudformation-parameter', template);
    expect(factsOf(all[0]?.[1] ?? '')).toEqual([
      ['AWSTemplateFormatVersion', 'Description', 'Outputs', 'Parameters', 'Resources'],
      ['Type', 'WebServerGoldenImageId'],
      ['Web', 'Other'],
    ]);
    expect(wrongPlaces(all, factsOf)).toEqual([]);
  });

  it('is a step of a workflow, or in the script of one', () => {
    const workflow = `on: push
jobs:
  build:
    runs-on: x
    env:
      A: b
    steps:
      - uses: actions/checkout@v4
      - name: Build
        run: |
          make
          if x; then
            y
          fi

      - name: One
        run: make test
`;
    const factsOf = (text: string) => {
      const value = yamlOf(text);
      const texts = (inner: unknown): readonly string[] =>
        typeof inner === 'string' ? [inner] : Object.values(inner ?? {}).flatMap(texts);
      return typeof value === 'string'
        ? value
        : texts(value).some((each) => /^ *aws ec2 describe-images \\\n {2,}--region/m.test(each));
    };
    const all = insertedEverywhere('.github/workflows/a.yml', 'aws-cli', workflow);
    expect(factsOf(all[0]?.[1] ?? '')).toBe(true);
    expect(wrongPlaces(all, factsOf)).toEqual([]);
  });

  it('is a block of Terraform at the top', () => {
    const module = `# a
terraform {
  required_version = ">= 1"
}

# b
resource "aws_instance" "a" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    x {
  EOT

  root_block_device {
    size = 8
  }
}

locals {
  ids = [
    "a",
  ]
  x = "y"
}

module "m" { source = "x" }
`;
    const factsOf = (text: string) =>
      hclTree(text)
        .entries.map(({ key }) => key)
        .toSorted();
    const all = insertedEverywhere('main.tf', 'terraform-data-source', module);
    expect(factsOf(all[0]?.[1] ?? '')).toEqual(['data', 'locals', 'module', 'resource', 'terraform']);
    expect(wrongPlaces(all, factsOf)).toEqual([]);
  });

  it('is TypeScript', () => {
    const stack = `import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** A */
export class A extends Stack {
  private readonly x = 1;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // an instance
    const i = new ec2.Instance(this, 'I', {
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      tags: { a: 'b' },
    });
    if (x) {
      y();
    } else z();
    for (const a of b) c(a);
  }

  get f() { return \`a\${this.x}\`; }
}

const f = async (a: string) => {
  await g(a);
};
`;
    const typescript = parser.configure({ dialect: 'ts jsx' });
    const problems = (text: string) => {
      let count = 0;
      typescript.parse(text).iterate({
        enter: ({ type }) => {
          count += type.isError ? 1 : 0;
        },
      });
      return count;
    };
    const all = insertedEverywhere('stack.ts', 'cdk-lookup', stack);
    expect(problems(all[0]?.[1] ?? '')).toBe(0);
    expect(wrongPlaces(all, problems)).toEqual([]);
  });

  it('is a member of JSON', () => {
    const template = JSON.stringify(
      {
        Resources: {
          A: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-0123456789abcdef0', X: ['a', 'b'] } },
        },
      },
      undefined,
      2,
    );
    const factsOf = (text: string) => {
      try {
        return Object.keys(JSON.parse(text).Parameters);
      } catch (error) {
        return String(error);
      }
    };
    const all = insertedEverywhere('template.json', 'cloudformation-parameter', `${template}\n`);
    expect(factsOf(all[0]?.[1] ?? '')).toEqual(['WebServerGoldenImageId']);
    expect(wrongPlaces(all, factsOf)).toEqual([]);
  });

  it('is a command of a script', () => {
    const script = `#!/bin/bash
# a
AMI=ami-0123456789abcdef0
f() {
  if x; then
    y "a b" 'c'
  fi
}
aws ec2 run-instances \\
  --image-id "$AMI" \\
  --count 1
`;
    const all = insertedEverywhere('a.sh', 'aws-cli', script);
    expect(wrongPlaces(all, shellProblems)).toEqual([]);
  });
});
