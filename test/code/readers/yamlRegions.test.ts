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
] as const)('%s', async ([, text, wanted]) => {
  expect(await placesIn('a.yaml', text)).toEqual(wanted);
});

test('an id behind a line break that is written as two characters', async () => {
  expect(await placesIn('a.json', `{"text": "us-east-1:\\n${a}\\n\\\\n${b}"}`)).toEqual([`${a} us-east-1 (mapKey)`]);
});
