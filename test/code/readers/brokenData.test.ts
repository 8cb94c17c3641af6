import { expect, test } from 'vitest';
import { placesIn, referencesIn } from '../readFiles.ts';

const [a, b] = ['ami-0a1b2c3d4e5f60718', 'ami-0b1c2d3e4f5061728'];

test.for([
  ['an open quote', `x:\n  region: us-east-1\n  image: ${a}\n  name: "open\ny:\n  region: eu-west-1\n  image: ${b}\n`],
  [
    'an open bracket',
    `x:\n  region: us-east-1\n  image: ${a}\n  list: [a, {b: c\ny:\n  region: eu-west-1\n  image: ${b}\n`,
  ],
  [
    'a template',
    `x:\n  region: us-east-1\n  image: ${a}\n{% if z %}\n  n: {{ z }}\n{% endif %}\ny:\n  region: eu-west-1\n  image: ${b}\n`,
  ],
  ['a tab', `x:\n  region: us-east-1\n  image: ${a}\n\tname: x\ny:\n  region: eu-west-1\n  image: ${b}\n`],
] as const)('YAML with %s keeps what stands before and after', async ([, text]) => {
  expect(await placesIn('a.yml', text)).toEqual([`${a} us-east-1 (argument)`, `${b} eu-west-1 (argument)`]);
});

test.for([
  [
    'an open quote',
    `{"x": {"region": "us-east-1", "image": "${a}",\n "name": "open,\n "n": 1},\n "y": {"region": "eu-west-1", "image": "${b}"}}`,
  ],
  ['a missing comma', `{"x": {"region": "us-east-1" "image": "${a}"}\n "y": {"region": "eu-west-1", "image": "${b}"}}`],
  ['a missing brace', `[{"region": "us-east-1", "image": "${a}",\n {"region": "eu-west-1", "image": "${b}"}]`],
  [
    'a placeholder',
    `{"x": {"region": "us-east-1", "image": "${a}", "k": <KEY>, "l": \${LIST}},\n "y": {"region": "eu-west-1", "image": "${b}"}}`,
  ],
  ['lines of JSON', `{"region": "us-east-1", "image": "${a}"}\n{"region": "eu-west-1", "image": "${b}"}\n`],
] as const)('JSON with %s keeps what stands before and after', async ([, text]) => {
  expect(await placesIn('a.json', text)).toEqual([`${a} us-east-1 (argument)`, `${b} eu-west-1 (argument)`]);
});

test('any part left out of a file leaves its ids and lookups in their bounds', async () => {
  const texts = {
    'a.yml': `- ec2_ami_info:\n    filters: {name: "x*"}\n  register: r\n- set_fact: {x: "{{ r.images | last }}"}\n- run: |\n    aws ec2 describe-images --filters 'Name=name,Values=x' \\\n      | head -1\n  m: !FindInMap [A, us-east-1, "${a}"]\n`,
    'a.json': `{"a": {"us-east-1": ["${a}"]}, "user": "#!/bin/sh\\naws ec2 describe-images --owners \\"self\\"\\n", "source_ami_filter": {"filters": {"name": "x"}}}`,
    'a.ini': `[us-east-1]\nami = ${a} ; x\nlist = ["a", {b = "c"}]\n`,
  };
  for (const [path, text] of Object.entries(texts)) {
    for (let start = 0; start < text.length; start += 5) {
      for (const length of [1, 3, 25, text.length]) {
        const broken = text.slice(0, start) + text.slice(start + length);
        const found = await referencesIn(path, broken);
        for (const { span } of found)
          expect(span.start >= 0 && span.start < span.end && span.end <= broken.length).toBe(true);
        const isThere = new RegExp(`(?<![\\w-])${a}(?!\\w)`).test(broken);
        expect(found.filter(({ kind, value }) => kind === 'id' && value === a).length >= (isThere ? 1 : 0)).toBe(true);
      }
    }
  }
});

test('scripts in configuration are read at their places', async () => {
  const yaml = `env:\n  AWS_REGION: eu-west-1\nsteps:\n- run: |\n    aws ec2 run-instances --region $AWS_REGION \\\n      --image-id ${a}\n- run: >-\n    aws ec2 run-instances\n    --image-id ${b}\n    --region us-west-2\n`;
  expect(await placesIn('.github/workflows/a.yml', yaml)).toEqual([
    `${a} eu-west-1 (option)`,
    `${b} us-west-2 (option)`,
  ]);
  const json = `{"user_data": "#!/bin/bash\\naws ec2 run-instances --image-id \\"${a}\\" \\\\\\n  --region us-east-1\\n"}`;
  expect(await placesIn('a.json', json)).toEqual([`${a} us-east-1 (option)`]);
});

test('variables of a role and of all hosts', async () => {
  const text = `- ec2:\n    image: ${a}\n    region: "{{ aws_region }}"\n`;
  const sisters = { 'group_vars/all.yml': 'aws_region: eu-west-1\n' };
  expect(await placesIn('roles/x/tasks/main.yml', text, sisters)).toEqual([`${a} eu-west-1 (argument)`]);
  expect(await placesIn('roles/x/tasks/main.yml', text)).toEqual([`${a} -`]);
  expect(await placesIn('play.yml', text.replace('aws_region }}', "aws_region | default('us-east-2') }}"))).toEqual([
    `${a} us-east-2 (default)`,
  ]);
});

test('a region that the file states elsewhere', async () => {
  const kitchen = `driver:\n  name: ec2\n  region: eu-west-1\nplatforms:\n- driver:\n    image_id: ${a}\n`;
  expect(await placesIn('.kitchen.yml', kitchen)).toEqual([`${a} eu-west-1 (default)`]);
  const jobs = `jobs:\n  a:\n    env: {AWS_REGION: us-east-1}\n  b:\n    steps:\n    - with:\n        image: ${a}\n`;
  expect(await placesIn('a.yml', jobs)).toEqual([`${a} -`]);
  const bucket = `s3:\n  region: us-east-1\nimage: ${a}\n`;
  expect(await placesIn('a.yml', bucket)).toEqual([`${a} -`]);
});
