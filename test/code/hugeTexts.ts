/** A kind of text that nobody writes by hand, and yet lies in a workspace. */
export interface HugeText {
  readonly name: string;
  readonly path: string;
  /** A text of about so many UTF-16 code units. */
  readonly text: (length: number) => string;
}

export function idAt(index: number): string {
  return `ami-0${(index + 4_096).toString(16).padStart(16, '7a5c3')}`;
}

const regionsOfIds = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];

export function regionAt(index: number): string {
  return regionsOfIds[index % regionsOfIds.length] ?? '';
}

/** Parts one after the other until the text is long enough. */
function repeated(length: number, part: (index: number) => string, before = '', behind = ''): string {
  const parts: string[] = [before];
  let written = before.length + behind.length;
  for (let index = 0; written < length; index += 1) {
    const next = part(index);
    parts.push(next);
    written += next.length;
  }
  parts.push(behind);
  return parts.join('');
}

function filler(length: number, alphabet: string): string {
  let seed = 11;
  return repeated(length, () => {
    let word = '';
    for (let at = 0; at < 64; at += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      word += alphabet.charAt((seed >> 8) % alphabet.length);
    }
    return word;
  }).slice(0, length);
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A state of Terraform, written as its command writes it. Each instance tells its region by its ARN and its zone. */
export function terraformState(length: number): string {
  const resource = (index: number) => {
    const region = regionAt(index);
    return `${index === 0 ? '' : ','}
    {
      "mode": "managed",
      "type": "aws_instance",
      "name": "web_${index}",
      "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
      "instances": [
        {
          "schema_version": 1,
          "attributes": {
            "ami": "${idAt(index)}",
            "arn": "arn:aws:ec2:${region}:123456789012:instance/i-0${index.toString(16).padStart(16, '0')}",
            "availability_zone": "${region}a",
            "instance_type": "t3.micro",
            "tags": {
              "Name": "web-${index}"
            }
          },
          "sensitive_attributes": [],
          "dependencies": ["aws_security_group.web"]
        }
      ]
    }`;
  };
  return repeated(
    length,
    resource,
    '{\n  "version": 4,\n  "terraform_version": "1.9.0",\n  "resources": [',
    '\n  ]\n}\n',
  );
}

const half = (length: number) => Math.floor(length / 2);
const tail = `\n# us-east-1: ${idAt(0)}\n`;

/** Shapes of huge texts: what programs write, and what is broken. Each has at least one id. */
export const hugeTexts: readonly HugeText[] = [
  { name: 'a state of Terraform', path: 'terraform.tfstate', text: terraformState },
  {
    name: 'a state of Terraform in one line',
    path: 'terraform.tfstate',
    text: (length) => JSON.stringify(JSON.parse(terraformState(length * 1.7))),
  },
  {
    name: 'a lock file of npm',
    path: 'package-lock.json',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `    "node_modules/p${index}": {\n      "version": "1.${index}.0",\n      "resolved": "https://registry.npmjs.org/p${index}/-/p${index}-1.0.0.tgz",\n      "integrity": "sha512-${filler(86, base64)}==",\n      "dependencies": {\n        "a": "^1.0.0"\n      }\n    },\n`,
        `{\n  "name": "x",\n  "description": "${idAt(0)}",\n  "packages": {\n`,
        '    "": {}\n  }\n}\n',
      ),
  },
  {
    name: 'a lock file of Yarn',
    path: 'yarn.lock',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `p${index}@^1.0.0:\n  version "1.0.${index}"\n  resolved "https://registry.yarnpkg.com/p${index}.tgz#0123456789abcdef"\n  integrity sha512-${filler(86, base64)}==\n  dependencies:\n    a "^1.0.0"\n\n`,
        `# ${idAt(0)}\n`,
      ),
  },
  {
    name: 'a lock file of Terraform',
    path: '.terraform.lock.hcl',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `provider "registry.terraform.io/hashicorp/p${index}" {\n  version     = "5.1.0"\n  constraints = "~> 5.0"\n  hashes = [\n${Array.from({ length: 12 }, (_, at) => `    "zh:${at}${filler(63, '0123456789abcdef')}",\n`).join('')}  ]\n}\n\n`,
        `# ${idAt(0)}\n`,
      ),
  },
  {
    name: 'a notebook with images',
    path: 'a.ipynb',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `  {"cell_type": "code", "source": ["ec2.run_instances(\\n", "  ImageId='${idAt(index)}')\\n"], "outputs": [{"data": {"image/png": "${filler(200_000, base64)}"}}]},\n`,
        '{"cells": [\n',
        '  {}\n]}\n',
      ),
  },
  {
    name: 'a minified program',
    path: 'bundle.js',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `function f${index}(e,t){return e?t[${index}](function(n){var r=n.a||{b:"c",d:[1,2,3]};return r.b+"x"}):{ami:"${idAt(index)}",region:"${regionAt(index)}"}}var v${index}=f${index}(1,2);`,
      ),
  },
  {
    name: 'a program without end',
    path: 'a.ts',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `export const server${index} = new ec2.Instance(stack, 'server${index}', {\n  region: '${regionAt(index)}',\n  machineImage: '${idAt(index)}',\n  tags: { name: \`web-\${index}\` },\n});\n\n`,
      ),
  },
  {
    name: 'a program in Python',
    path: 'a.py',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `def run_${index}(count):\n    client = boto3.client("ec2", region_name="${regionAt(index)}")\n    return client.run_instances(ImageId="${idAt(index)}", MinCount=count)\n\n`,
      ),
  },
  {
    name: 'a program in Go',
    path: 'a.go',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `func run${index}(ctx context.Context) error {\n\tclient := ec2.New(ec2.Options{Region: "${regionAt(index)}"})\n\t_, err := client.RunInstances(ctx, &ec2.RunInstancesInput{ImageId: aws.String("${idAt(index)}")})\n\treturn err\n}\n\n`,
      ),
  },
  {
    name: 'a program in Ruby',
    path: 'a.rb',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `def run_${index}\n  ec2 = Aws::EC2::Client.new(region: '${regionAt(index)}')\n  ec2.run_instances(image_id: '${idAt(index)}', min_count: 1)\nend\n\n`,
      ),
  },
  {
    name: 'modules of Terraform',
    path: 'main.tf',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `resource "aws_instance" "web_${index}" {\n  ami               = "${idAt(index)}"\n  availability_zone = "${regionAt(index)}a"\n  instance_type     = "t3.micro"\n  tags = {\n    Name = "web-${index}"\n  }\n}\n\n`,
      ),
  },
  {
    name: 'a map of Terraform',
    path: 'variables.tf',
    text: (length) =>
      repeated(
        length,
        (index) => `    "key-${index}" = { "${regionAt(index)}" = "${idAt(index)}" }\n`,
        'variable "amis" {\n  default = {\n',
        '  }\n}\n',
      ),
  },
  {
    name: 'a playbook',
    path: 'a.yml',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `- name: instance ${index}\n  ec2_instance:\n    region: ${regionAt(index)}\n    image_id: ${idAt(index)}\n    tags: {Name: "web ${index}"}\n`,
      ),
  },
  {
    name: 'a template of CloudFormation',
    path: 'template.yaml',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `    Group${index}:\n      ${regionAt(index)}:\n        AMI: ${idAt(index)}\n        Other: !Sub "\${AWS::Region}-x"\n`,
        'AWSTemplateFormatVersion: 2010-09-09\nMappings:\n  Regions:\n',
      ),
  },
  {
    name: 'a script',
    path: 'a.sh',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `aws ec2 run-instances --region ${regionAt(index)} \\\n  --image-id ${idAt(index)} --count 1 | jq -r '.Instances[0].InstanceId' > "id-${index}"\n`,
        '#!/bin/bash\nset -e\n',
      ),
  },
  {
    name: 'a document',
    path: 'a.md',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `## Part ${index}\n\nIn ${regionAt(index)} the image is \`${idAt(index)}\`, see [there](https://example.com/${index}).\n\n- one\n- two\n\n`,
      ),
  },
  {
    name: 'a table of Markdown',
    path: 'a.md',
    text: (length) => repeated(length, (index) => `| ${idAt(index)} | ${regionAt(index)} | text ${index} |\n`),
  },
  {
    name: 'a table of values',
    path: 'a.csv',
    text: (length) =>
      repeated(length, (index) => `${index},${regionAt(index)},${idAt(index)},2024-01-01T00:00:00Z,available\n`),
  },
  {
    name: 'a log',
    path: 'a.log',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `2024-01-01T00:00:00.${index}Z INFO [main] launched i-0${index.toString(16)} of ${idAt(index)} in ${regionAt(index)}\n`,
      ),
  },
  {
    name: 'lines of JSON',
    path: 'a.jsonl',
    text: (length) =>
      repeated(
        length,
        (index) =>
          `{"awsRegion":"${regionAt(index)}","requestParameters":{"instancesSet":{"items":[{"imageId":"${idAt(index)}"}]}},"time":${index}}\n`,
      ),
  },
  {
    name: 'one id again and again',
    path: 'a.json',
    text: (length) => repeated(length, () => `"${idAt(0)}",\n`, '[\n', '""\n]\n'),
  },
  {
    name: 'one id again and again, in a program',
    path: 'a.ts',
    text: (length) => repeated(length, () => `"${idAt(0)}",\n`, 'export default [\n', '];\n'),
  },
  {
    name: 'a source map',
    path: 'a.js.map',
    text: (length) =>
      `{"version":3,"sources":["a.ts"],"sourcesContent":["const a = '${idAt(0)}';\\n"],"mappings":"${filler(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh,;')}"}`,
  },
  { name: 'base64 in one line', path: 'a.txt', text: (length) => `${idAt(0)}\n${filler(length, base64)}` },
  {
    name: 'base64 in YAML',
    path: 'a.yml',
    text: (length) =>
      `image: ${idAt(0)}\nregion: us-east-1\ndata: |\n${repeated(length, () => `  ${filler(76, base64)}\n`)}`,
  },
  {
    name: 'base64 in a script',
    path: 'a.sh',
    text: (length) => `export AMI=${idAt(0)}\nDATA="${filler(length, base64)}"\n`,
  },
  {
    name: 'base64 in a program',
    path: 'a.ts',
    text: (length) => `const ami = '${idAt(0)}';\nconst data = '${filler(length, base64)}';\n`,
  },
  {
    name: 'noise',
    path: 'a.dat',
    text: (length) =>
      `${idAt(0)}\n${filler(length, `\0\u0001\u0002\u00ff\u00e9\ufffd"'\`{}[]()<>#$\\/*\n\t ab1${base64}`)}`,
  },
  {
    name: 'noise in a program',
    path: 'a.ts',
    text: (length) => `// ${idAt(0)}\n${filler(length, `\0\u0001\u00e9\ufffd"'\`{}[]()<>#$\\/*\n\t ab1=`)}`,
  },
  {
    name: 'noise in Python',
    path: 'a.py',
    text: (length) => `# ${idAt(0)}\n${filler(length, `\0\u0001\u00e9\ufffd"'\`{}[]()<>#$\\/*\n\t ab1=:`)}`,
  },
  {
    name: 'noise in HCL',
    path: 'a.tf',
    text: (length) => `# ${idAt(0)}\n${filler(length, `\0\u0001\u00e9\ufffd"{}[]()<>#$\\/*\n\t ab1=`)}`,
  },
  {
    name: 'noise in YAML',
    path: 'a.yml',
    text: (length) => `# ${idAt(0)}\n${filler(length, `\0\u0001\u00e9\ufffd"'\`{}[]()<>#$\\/*-:\n\t ab1=`)}`,
  },
  {
    name: 'noise in a script',
    path: 'a.sh',
    text: (length) => `# ${idAt(0)}\n${filler(length, `\0\u0001\u00e9\ufffd"'\`{}[]()<>#$\\/*-:|;\n\t ab1=`)}`,
  },
  {
    name: 'brackets in JSON',
    path: 'a.json',
    text: (length) => `${'['.repeat(half(length))}"${idAt(0)}"${']'.repeat(half(length))}`,
  },
  {
    name: 'brackets in YAML',
    path: 'a.yml',
    text: (length) => `a: ${'['.repeat(half(length))}"${idAt(0)}"${']'.repeat(half(length))}`,
  },
  {
    name: 'brackets in HCL',
    path: 'a.tf',
    text: (length) => `a = ${'['.repeat(half(length))}"${idAt(0)}"${']'.repeat(half(length))}`,
  },
  {
    name: 'brackets in TypeScript',
    path: 'a.ts',
    text: (length) => `const a = ${'['.repeat(half(length))}"${idAt(0)}"${']'.repeat(half(length))};`,
  },
  {
    name: 'brackets in Go',
    path: 'a.go',
    text: (length) => `a := ${'{'.repeat(half(length))}"${idAt(0)}"${'}'.repeat(half(length))}`,
  },
  {
    name: 'brackets in a script',
    path: 'a.sh',
    text: (length) => `a=${'$('.repeat(half(length))}${idAt(0)}${')'.repeat(half(length))}`,
  },
  {
    name: 'indentation in YAML',
    path: 'a.yml',
    text: (length) =>
      `${Array.from({ length: Math.floor(Math.sqrt(2 * length)) }, (_, at) => `${' '.repeat(at)}a:\n`).join('')}# ${idAt(0)}\n`,
  },
  { name: 'dashes in YAML', path: 'a.yml', text: (length) => `${'- '.repeat(half(length))}${idAt(0)}\n` },
];

const tokens = ['"', "'", '`', '"""', "'''", '/*', '{', '(', '[', '<<EOF\n', '${', '#{', '{{', '<!--', '|\n', '\\'];
const paths = ['a.json', 'a.yml', 'a.tf', 'a.ts', 'a.py', 'a.go', 'a.rb', 'a.sh', 'a.md', 'a.ini'];

/** Shapes of texts in which a token is not closed, once or again and again. */
export const brokenTexts: readonly HugeText[] = tokens.flatMap((token) =>
  paths.flatMap((path): readonly HugeText[] => [
    {
      name: `an open ${JSON.stringify(token)} in ${path}`,
      path,
      text: (length) =>
        `x = ${token}${repeated(length, (index) => `value ${index} = { "${regionAt(index)}": "x" }\n`)}${tail}`,
    },
    {
      name: `${JSON.stringify(token)} again and again in ${path}`,
      path,
      text: (length) => `${repeated(length, () => `${token} `)}${tail}`,
    },
  ]),
);
