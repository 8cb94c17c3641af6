import { expect, test } from 'vitest';
import { lookupsIn, placesIn } from '../readFiles.ts';

/** Commands as people write them into the texts of other files, quotes within quotes. */
const command =
  "aws ec2 describe-images --filters Name=name,Values=web-* --query 'sort_by(Images,&CreationDate)[-1].ImageId'";
const quoted =
  'aws ec2 describe-images --filters \\"Name=name,Values=web-*\\" --query \\"sort_by(Images,&CreationDate)[-1].ImageId\\"';
const words =
  '"aws", "ec2", "describe-images", "--filters", "Name=name,Values=web-*", "--query", "sort_by(Images,&CreationDate)[-1].ImageId"';

test.for([
  ['a script of npm', 'package.json', `{"scripts": {"ami": "${command}"}}`],
  ['with quotes in JSON', 'steps.json', `{"run": "AMI=$(${quoted})"}`],
  ['with quotes in YAML', 'steps.yml', `steps:\n  - run: "AMI=$(${quoted})"\n`],
  ['its words in JSON', 'task.json', `{"command": [${words}]}`],
  ['its words in YAML', 'play.yml', `- command:\n    argv: [${words}]\n`],
  ['with quotes in Python', 'a.py', `os.system("${quoted}")`],
  ['with quotes in JavaScript', 'a.js', `execSync("${quoted}");`],
  ['with quotes in Go', 'a.go', `exec.Command("sh", "-c", "${quoted}").Output()`],
  ['with quotes in Ruby', 'a.rb', `ami = %x(true); system("${quoted}")`],
  [
    'a step of a Jenkinsfile',
    'Jenkinsfile',
    `pipeline { steps { script { sh(script: "${command}", returnStdout: true) } } }`,
  ],
  [
    'on continued lines of a Jenkinsfile',
    'Jenkinsfile',
    `def ami = sh(returnStdout: true, script: """\n  ${command.replace(' --filters', ' \\\\\n    --filters')}\n""").trim()`,
  ],
  ['a program of Terraform', 'main.tf', `data "external" "a" {\n  program = ["bash", "-c", "${command}"]\n}\n`],
  [
    'a provisioner of Terraform',
    'main.tf',
    `resource "null_resource" "a" {\n  provisioner "local-exec" {\n    command = "${quoted}"\n  }\n}\n`,
  ],
] as const)('an unsafe command is found, and safe with the owner that is inserted: %s', async ([, path, text]) => {
  const [lookup, ...others] = await lookupsIn(path, text);
  expect(others).toEqual([]);
  expect(lookup).toMatchObject({
    tool: 'awsCli',
    chooses: 'newest',
    isUnsafe: true,
    filters: [{ name: 'name', values: ['web-*'] }],
  });
  const { offset = 0, before = '', after = '' } = lookup?.ownerInsertion ?? {};
  const [safe] = await lookupsIn(path, `${text.slice(0, offset)}${before}self${after}${text.slice(offset)}`);
  expect(safe).toMatchObject({ owners: { kind: 'literal', values: ['self'] }, isUnsafe: false });
});

test('an owner is added to a document in a text as the quotes around that have it', async () => {
  const text = `template = "{\\"builders\\": [{\\"type\\": \\"amazon-ebs\\", \\"source_ami_filter\\": {\\"filters\\": {\\"name\\": \\"web-*\\"}, \\"most_recent\\": true}}]}"`;
  const [lookup] = await lookupsIn('a.py', text);
  expect(lookup).toMatchObject({ tool: 'packer', isUnsafe: true });
  const { offset = 0, before = '', after = '' } = lookup?.ownerInsertion ?? {};
  const edited = `${text.slice(0, offset)}${before}self${after}${text.slice(offset)}`;
  expect(edited).not.toMatch(/[^\\]"owners/);
  expect(await lookupsIn('a.py', edited)).toMatchObject([
    { owners: { kind: 'literal', values: ['self'] }, isUnsafe: false },
  ]);
});

test('the region of a command in quotes is that of the command', async () => {
  const text = `provider "aws" {\n  region = "eu-west-1"\n}\nresource "null_resource" "a" {\n  provisioner "local-exec" {\n    command = "aws ec2 run-instances --region us-east-1 --image-id ami-095ffa7a2ada3d9ca"\n  }\n}\n`;
  expect(await placesIn('main.tf', text)).toEqual(['ami-095ffa7a2ada3d9ca us-east-1 (option)']);
});
