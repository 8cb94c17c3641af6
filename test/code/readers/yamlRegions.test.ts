import { expect, test } from 'vitest';
import { placesIn } from '../readFiles.ts';

const [a, b, c] = ['ami-0a1b2c3d4e5f60718', 'ami-0b1c2d3e4f5061728', 'ami-0c1d2e3f405162738'];

test.for([
  [
    'keys of a mapping, with another key between',
    `Mappings:\n  Map:\n    us-east-1: { HVM64: ${a} }\n    "eu-west-1":\n      HVM64: '${b}'\n`,
    [`${a} us-east-1 (mapKey)`, `${b} eu-west-1 (mapKey)`],
  ],
  [
    'the key of a map before the default region',
    `region: us-west-2\namis:\n  us-east-1: ${a}\nother: ${b}\n`,
    [`${a} us-east-1 (mapKey)`, `${b} us-west-2 (argument)`],
  ],
  [
    'a region beside it, also where it is a variable of the play',
    `- hosts: all\n  vars:\n    aws_region: eu-west-1\n  tasks:\n    - ec2:\n        image: ${a}\n        region: "{{ aws_region }}"\n    - ec2:\n        image: ${b}\n        region: us-east-2\n`,
    [`${a} eu-west-1 (argument)`, `${b} us-east-2 (argument)`],
  ],
  [
    'what a template takes where nothing is set',
    `one:\n  region: "{{ lookup('env', 'R') | default('eu-west-1') }}"\n  ami: ${a}\ntwo:\n  region: <%= ENV['R'] || 'us-west-2' %>\n  ami: ${b}\nthree:\n  region: "{{ regions['us-east-1'] }}"\n  ami: ${c}\n`,
    [`${a} eu-west-1 (default)`, `${b} us-west-2 (default)`, `${c} -`],
  ],
  ['a region that a template uses for something else', `region: "{{ regions['us-east-1'] }}"\nami: ${a}\n`, [`${a} -`]],
  [
    'one of several regions in a template',
    `region: "{{ x | default('us-east-1') if y else 'eu-west-1' }}"\nami: ${a}\n`,
    [`${a} -`],
  ],
  [
    'what a shell takes where nothing is set',
    `region: \${REGION:=us-east-1}\nami: ${a}\n`,
    [`${a} us-east-1 (default)`],
  ],
  [
    'a variable before what is taken where it is not set',
    `vars:\n  aws_region: eu-west-1\none:\n  region: "{{ aws_region | default('us-east-1') }}"\n  ami: ${a}\ntwo:\n  region: "{{ other_region | default('us-west-2') }}"\n  ami: ${b}\n`,
    [`${a} eu-west-1 (argument)`, `${b} us-west-2 (default)`],
  ],
  [
    'a key that ends with a region',
    `region: us-east-1\namis:\n  RHEL.eu-west-1: ${a}\n  bastion-us-west-2: ${b}\n  web_server: ${c}\n`,
    [`${a} eu-west-1 (mapKey)`, `${b} us-west-2 (mapKey)`, `${c} us-east-1 (argument)`],
  ],
  [
    'a comment with a region of its own',
    `amis:\n  us-east-1: ${a} # eu-west-1: ${b}\n  # us-west-2: ${c}\n`,
    [`${a} us-east-1 (mapKey)`, `${b} eu-west-1 (mapKey)`, `${c} us-west-2 (mapKey)`],
  ],
  [
    'hints alone',
    `Server:\n  ImageId: ${a} # Frankfurt\nOther:\n  ImageId: ${b}\n  AvailabilityZone: us-west-2a\n`,
    [`${a} eu-central-1 (comment?)`, `${b} us-west-2 (zone?)`],
  ],
  ['nothing', `ImageId: ${a}\n`, [`${a} -`]],
] as const)('ids have the region that is closest to them: %s', async ([, text, wanted]) => {
  expect(await placesIn('a.yaml', text)).toEqual(wanted);
});

test('an id behind a line break that is written as two characters', async () => {
  expect(await placesIn('a.json', `{"text": "us-east-1:\\n${a}\\n\\\\n${b}"}`)).toEqual([`${a} us-east-1 (mapKey)`]);
});

test.for([
  ['arn:aws:autoscaling:us-east-1:123456789012:launchConfiguration:x', 'us-east-1 (arn?)'],
  ['arn:aws-cn:eks:cn-north-1:123456789012:cluster/x', 'cn-north-1 (arn?)'],
  ['arn:aws:acm:us-east-1:123456789012:certificate/x', '-'],
  ['arn:aws:iam::123456789012:role/x', '-'],
] as const)('what runs beside an id tells its region by its name: %s', async ([arn, region]) => {
  expect(await placesIn('a.json', `{"image": "${a}", "resource": "${arn}"}`)).toEqual([`${a} ${region}`]);
  expect(await placesIn('a.yml', `image: ${a}\nresource: ${arn}\n`)).toEqual([`${a} ${region}`]);
});

const condition = (asked: string) =>
  `Conditions:\n  IsEast: ${asked}\nResources:\n  Web:\n    Properties:\n      ImageId: !If [IsEast, ${a}, ${b}]\n`;

test.for([
  ['!Equals [!Ref AWS::Region, us-east-1]', 'us-east-1 (block)'],
  ['!Equals [us-east-1, !Ref "AWS::Region"]', 'us-east-1 (block)'],
  ['{ "Fn::Equals": [{ Ref: AWS::Region }, us-east-1] }', 'us-east-1 (block)'],
  ['!Equals [!Ref Stage, us-east-1]', '-'],
  ['!Not [!Equals [!Ref AWS::Region, us-east-1]]', '-'],
] as const)('what a stack takes on a condition: %s', async ([asked, region]) => {
  expect(await placesIn('stack.yaml', condition(asked))).toEqual([`${a} ${region}`, `${b} -`]);
});

test('conditions of a stack in JSON', async () => {
  const text = JSON.stringify({
    Conditions: { East: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } },
    Resources: { Web: { Properties: { ImageId: { 'Fn::If': ['East', a, b] } } } },
  });
  expect(await placesIn('stack.json', text)).toEqual([`${a} us-east-1 (block)`, `${b} -`]);
});

test('the default of a project of Pulumi', async () => {
  const text = `name: p\nruntime: yaml\nconfig:\n  aws:region:\n    default: us-west-2\nresources:\n  web:\n    properties:\n      ami: ${a}\n`;
  expect(await placesIn('Pulumi.yaml', text)).toEqual([`${a} us-west-2 (default?)`]);
});
