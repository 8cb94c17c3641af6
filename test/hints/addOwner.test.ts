import { describe, expect, it } from 'vitest';
import { offlineFindings } from '../../src/hints/offlineFindings.ts';
import { referencesIn } from '../code/readFiles.ts';
import { evaluateYaml, hasPyYaml, hasTerraform, terraformFormatted } from '../core/snippets/judges.ts';

const jammy = 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*';

/** The text after the fix of its only finding. */
async function fixed(path: string, text: string): Promise<string> {
  const findings = offlineFindings(await referencesIn(path, text));
  expect(findings.map(({ rule }) => rule)).toEqual(['unsafe-lookup']);
  const edits = findings.flatMap(({ fixes }) => fixes).flatMap((fix) => fix.edits);
  expect(edits).toHaveLength(1);
  return edits.reduce((whole, { span, newText }) => whole.slice(0, span.start) + newText + whole.slice(span.end), text);
}

const filter = ['filter {', '  name   = "name"', `  values = ["${jammy}"]`, '}'].map((line) => `  ${line}\n`).join('');

const files: readonly (readonly [file: string, text: string, expected: string])[] = [
  ['main.tf', `data "aws_ami" "a" {\n  most_recent = true\n\n${filter}}\n`, '  owners      = ["099720109477"]\n'],
  ['behind.tf', `data "aws_ami" "a" {\n${filter}\n  most_recent = true\n}\n`, '  owners      = ["099720109477"]\n'],
  [
    'wide.tf',
    `data "aws_ami" "a" {\n  most_recent        = true\n  include_deprecated = true\n\n${filter}}\n`,
    '  owners             = ["099720109477"]\n',
  ],
  [
    'web.pkr.hcl',
    `source "amazon-ebs" "a" {\n  source_ami_filter {\n    filters = {\n      name = "${jammy}"\n    }\n    most_recent = true\n  }\n}\n`,
    '    owners      = ["099720109477"]\n',
  ],
  [
    'packer.json',
    JSON.stringify(
      { builders: [{ type: 'amazon-ebs', source_ami_filter: { filters: { name: jammy }, most_recent: true } }] },
      undefined,
      2,
    ),
    '"owners": ["099720109477"],\n',
  ],
  [
    'playbook.yml',
    `- hosts: all\n  tasks:\n    - amazon.aws.ec2_ami_info:\n        filters:\n          name: "${jammy}"\n      register: found\n    - set_fact:\n        ami: "{{ (found.images | sort(attribute='creation_date') | last).image_id }}"\n`,
    '        owners: "099720109477"\n        filters:\n',
  ],
  ['stack.ts', `ec2.MachineImage.lookup({ name: '${jammy}' });\n`, `lookup({ owners: ['099720109477'], name:`],
  ['stack.py', `ec2.MachineImage.lookup(name="${jammy}")\n`, ', owners=["099720109477"])'],
  [
    'find.sh',
    `aws ec2 describe-images --filters "Name=name,Values=${jammy}" --query 'sort_by(Images, &CreationDate)[-1].ImageId'\n`,
    'describe-images --owners 099720109477 --filters',
  ],
];

describe('the owner that a fix adds', () => {
  it.each(files)('to %s is written as the file is', async (file, text, expected) => {
    expect(await fixed(file, text)).toContain(expected);
    expect(await fixed(file, text.replaceAll('\n', '\r\n'))).toContain(expected.replaceAll('\n', '\r\n'));
  });

  it.each(files)('to %s makes its lookup safe', async (file, text) => {
    expect(offlineFindings(await referencesIn(file, await fixed(file, text)))).toEqual([]);
  });

  it.each(files.filter(([file]) => /\.(?:tf|hcl)$/.test(file)))(
    'to %s stands as terraform fmt has it',
    { skip: !hasTerraform() },
    async (file, text) => {
      const after = await fixed(file, text);
      expect(terraformFormatted(after)).toBe(after);
    },
  );

  it('leaves JSON and YAML well formed', { skip: !hasPyYaml() }, async () => {
    for (const [file, text] of files.filter(([name]) => /\.(?:json|yml)$/.test(name))) {
      const after = await fixed(file, text);
      expect(JSON.stringify(file.endsWith('json') ? JSON.parse(after) : evaluateYaml(after))).toContain('099720109477');
    }
  });
});
