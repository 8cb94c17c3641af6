import { describe, expect, test } from 'vitest';
import { lookupsIn } from '../readFiles.ts';

const newest = `- set_fact:\n    ami: "{{ amis.images | sort(attribute='creation_date') | last }}"\n`;
const find = `- name: find\n  amazon.aws.ec2_ami_info:\n    filters:\n      name: ubuntu-*\n  register: amis\n`;

describe('Ansible', () => {
  test.for([
    ['the last of what is sorted, lines later', `${find}${newest}`, 'newest'],
    [
      'an index',
      `${find}- debug: msg="{{ (amis.images | sort(attribute='creation_date'))[-1].image_id }}"\n`,
      'newest',
    ],
    ['the first, unsorted', `${find}- ec2:\n    image: "{{ amis.images[0].image_id }}"\n`, 'first'],
    ['the first with a dot', `${find}- ec2:\n    image: "{{ amis.images.0.image_id }}"\n`, 'first'],
    [
      'a folded text',
      `${find}- set_fact:\n    x: >-\n      {{ amis.images |\n         sort(attribute='creation_date') | last }}\n`,
      'newest',
    ],
    [
      'a variable of a variable',
      `${find}- set_fact:\n    sorted: "{{ amis.images | sort(attribute='creation_date', reverse=true) }}"\n- ec2:\n    image: "{{ sorted[0].image_id }}"\n`,
      'newest',
    ],
    ['max', `${find}- set_fact: {x: "{{ amis.images | max(attribute='creation_date') }}"}\n`, 'newest'],
    [
      'json_query',
      `${find}- set_fact:\n    x: "{{ amis.images | json_query('sort_by(@, &creation_date)[-1].image_id') }}"\n`,
      'newest',
    ],
    [
      'an owner that is commented out',
      `${find.replace('    filters', '    # owners: amazon\n    filters')}${newest}`,
      'newest',
    ],
    ['executable users', `${find.replace('    filters', '    executable_users: all\n    filters')}${newest}`, 'newest'],
    [
      'the older find',
      `- ec2_ami_find:\n    name: "ubuntu-*"\n    sort: creationDate\n    sort_order: descending\n    sort_end: 1\n  register: x\n`,
      'newest',
    ],
    [
      'the older find in words',
      `- ec2_ami_find: name="ubuntu-*" region=us-east-1 sort=creationDate sort_order=descending sort_end=1\n  register: x\n`,
      'newest',
    ],
    [
      'the older find and its first result',
      `- local_action:\n    module: ec2_ami_find\n    name: x*\n    sort: name\n  register: r\n- ec2: image={{ r.results[0].ami_id }}\n`,
      'newest',
    ],
    ['an action', `- action: ec2_ami_find name=x* sort_end=1\n  register: r\n`, 'newest'],
    ['older names', `${find.replace('amazon.aws.ec2_ami_info', 'ec2_ami_facts')}${newest}`, 'newest'],
    [
      'a play',
      `- hosts: all\n  tasks:\n    - block:\n${find.replace(/^/gm, '        ')}\n${newest.replace(/^/gm, '        ')}`,
      'newest',
    ],
  ] as const)('unsafe: %s', async ([, text, chooses]) => {
    expect(await lookupsIn('a.yml', text)).toEqual([
      expect.objectContaining({ isUnsafe: true, chooses, tool: 'ansible' }),
    ]);
  });

  test.for([
    ['owners', `${find.replace('    filters', '    owners: 099720109477\n    filters')}${newest}`],
    ['a list of owners', `${find.replace('    filters', '    owners:\n      - amazon\n    filters')}${newest}`],
    ['one owner', `${find.replace('    filters', '    owner: self\n    filters')}${newest}`],
    ['a variable', `${find.replace('    filters', '    owners: "{{ owner }}"\n    filters')}${newest}`],
    ['a filter on the owner', `${find.replace('name: ubuntu', 'owner-id: 1\n      name: ubuntu')}${newest}`],
    [
      'a filter on the owner with an underscore',
      `${find.replace('name: ubuntu', 'owner_alias: amazon\n      name: ubuntu')}${newest}`,
    ],
    ['tags', `${find.replace('name: ubuntu-*', '"tag:role": web')}${newest}`],
    ['filters of a variable', `${find.replace('filters:\n      name: ubuntu-*', 'filters: "{{ filters }}"')}${newest}`],
    ['ids', `${find.replace('    filters', '    image_ids: "{{ id }}"\n    filters')}${newest}`],
    ['nothing chosen', find],
    ['only whether there is one', `${find}- fail: msg=none\n  when: amis.images | length == 0\n`],
    ['the older find of own images', `- ec2_ami_find:\n    owner: self\n    name: x\n    sort_end: 1\n`],
    ['the older find of own images in words', `- ec2_ami_find: owner=self name=x sort_end=1\n`],
    ['the older find of tags', `- ec2_ami_find:\n    ami_tags: {role: web}\n    sort_end: 1\n`],
    ['ids that a template fills in', 'amiSelectorTerms:\n  - id: "$AMI_ID"\n  - id: {{ .ami }}\n'],
  ] as const)('safe: %s', async ([, text]) => {
    expect(await lookupsIn('a.yml', text)).toEqual([expect.objectContaining({ isUnsafe: false })]);
  });
});

test.for([
  [
    'tasks of one play',
    '- hosts: x\n  tasks:\n    - amazon.aws.ec2_ami_info:\n        region: us-east-1\n        owners: self\n    - amazon.aws.ec2_ami_info:\n        region: eu-west-1\n        owners: self\n',
    [['us-east-1'], ['eu-west-1']],
  ],
  [
    'tasks whose region is a variable',
    '- hosts: x\n  vars:\n    where: eu-west-1\n  tasks:\n    - ec2_ami_info:\n        owners: self\n        region: "{{ where }}"\n',
    [['eu-west-1']],
  ],
  [
    'a task with the region of all around it',
    '- hosts: x\n  module_defaults:\n    group/aws: {region: us-east-1}\n  tasks:\n    - ec2_ami_info:\n        region: eu-west-1\n        owners: self\n',
    [['eu-west-1']],
  ],
] as const)('%s are in the regions that they state', async ([, text, regions]) => {
  expect((await lookupsIn('play.yml', text)).map(({ region }) => region.regions)).toEqual(regions);
});

describe('clusters and machines', () => {
  test.for([
    ['a name alone: own images and those of Amazon', 'amiSelectorTerms:\n  - name: my-*\n', ['self', 'amazon']],
    ['an owner', 'amiSelectorTerms:\n  - name: my-*\n    owner: "123456789012"\n', ['123456789012']],
    ['an alias', 'amiSelectorTerms:\n- alias: al2023@latest\n', ['amazon']],
    ['tags', 'spec:\n  amiSelectorTerms:\n  - tags: {a: b}\n', ['self']],
    [
      'the older selector',
      'spec:\n  amiSelector:\n    aws::name: x*\n    aws::owners: self,123456789012\n',
      ['self', '123456789012'],
    ],
    [
      'an image of kops',
      'kind: InstanceGroup\nspec:\n  image: 099720109477/ubuntu/images/hvm-ssd/x\n  machineType: t3.micro\n',
      ['099720109477'],
    ],
    [
      'an image of kops by its alias',
      'apiVersion: kops.k8s.io/v1alpha2\nspec:\n  image: kope.io/k8s-1.16\n  machineType: t3.micro\n',
      ['383156758163'],
    ],
    ...[
      ['debian12', '136693071363'],
      ['debian9', '379101102735'],
    ].map(
      ([alias, owner]) =>
        [
          `an image of kops of a release: ${alias}`,
          `apiVersion: kops.k8s.io/v1alpha2\nspec:\n  image: ${alias}/debian-amd64\n  machineType: t3.micro\n`,
          [owner],
        ] as const,
    ),
    ['an organisation', 'spec:\n  imageLookupFormat: x\n  imageLookupOrg: "123456789012"\n', ['123456789012']],
  ] as const)('%s', async ([, text, values]) => {
    expect(await lookupsIn('a.yaml', text)).toMatchObject([{ isUnsafe: false, owners: { kind: 'literal', values } }]);
  });

  test("what Karpenter's terms ask for, each by itself", async () => {
    const text = [
      'spec:',
      '  amiSelectorTerms:',
      '    - id: ami-0123456789abcdef1',
      '    - name: my-*',
      '      owner: self',
      '    - tags:',
      '        team: web',
      '        stage: "*"',
      '    - name: other-*',
      '    - ssmParameter: my-parameter',
      '',
    ].join('\n');
    const found = await lookupsIn('a.yaml', text);
    expect(
      found.map(({ span, filters, owners, isUnsafe }) => ({
        head: text.slice(span.start, span.end),
        filters: filters.map(({ name, values }) => [name, values]),
        owners: owners.kind === 'literal' && owners.values,
        isUnsafe,
      })),
    ).toEqual([
      { head: 'amiSelectorTerms', filters: [], owners: false, isUnsafe: false },
      { head: 'name', filters: [['name', ['my-*']]], owners: ['self'], isUnsafe: false },
      {
        head: 'tags',
        filters: [
          ['tag:team', ['web']],
          ['tag:stage', ['*']],
        ],
        owners: ['self'],
        isUnsafe: false,
      },
      { head: 'name', filters: [['name', ['other-*']]], owners: ['self', 'amazon'], isUnsafe: false },
      { head: 'ssmParameter', filters: [['name', undefined]], owners: ['amazon'], isUnsafe: false },
    ]);
  });

  test('images of containers are none', async () => {
    const text =
      'apiVersion: v1\nkind: Pod # aws_ami\nspec:\n  containers:\n  - image: docker.io/nginx\n  - image: bitnami/kubectl\n';
    expect(await lookupsIn('a.yaml', text)).toEqual([]);
  });

  test('Test Kitchen', async () => {
    const text =
      'driver:\n  image_search:\n    name: x*\n    architecture: x86_64\n---\ndriver:\n  image_search:\n    name: x*\n    owner-id: "1"\n';
    expect((await lookupsIn('.kitchen.yml', text)).map(({ isUnsafe }) => isUnsafe)).toEqual([true, false]);
  });
});

test('requests as data', async () => {
  const pulumi = (more: string) =>
    `variables:\n  ami:\n    fn::invoke:\n      function: aws:ec2:getAmi\n      arguments:\n        filters:\n          - name: name\n            values: ["x*"]\n        mostRecent: true\n${more}`;
  expect(await lookupsIn('Pulumi.yaml', pulumi(''))).toMatchObject([
    { isUnsafe: true, tool: 'pulumi', chooses: 'newest', filters: [{ name: 'name', values: ['x*'] }] },
  ]);
  expect(await lookupsIn('Pulumi.yaml', pulumi('        owners: [amazon]\n'))).toMatchObject([{ isUnsafe: false }]);
  const automation =
    'mainSteps:\n- name: find\n  action: aws:executeAwsApi\n  inputs:\n    Service: ec2\n    Api: DescribeImages\n    Filters:\n    - Name: name\n      Values: ["x*"]\n  outputs:\n  - Name: id\n    Selector: $.Images[0].ImageId\n';
  expect(await lookupsIn('a.yaml', automation)).toMatchObject([{ isUnsafe: true, chooses: 'first' }]);
  expect(
    await lookupsIn('a.json', `{"source_ami_filter": {"filters": {"name": "x"}, "most_recent": true}}`),
  ).toMatchObject([{ isUnsafe: true, tool: 'packer' }]);
});

test.for([
  ['a.yml', `${find}${newest}`, `${find.replace('    filters', '    owners: "123"\n    filters')}${newest}`],
  [
    'a.yml',
    `${find}${newest}`.replaceAll('\n', '\r\n'),
    `${find.replace('    filters', '    owners: "123"\n    filters')}${newest}`.replaceAll('\n', '\r\n'),
  ],
  ['a.yml', '- ec2_ami_find: {name: x, sort_end: 1}\n', '- ec2_ami_find: {owner: "123", name: x, sort_end: 1}\n'],
  [
    '.kitchen.yml',
    'driver:\n  image_search:\n    name: x\n',
    'driver:\n  image_search:\n    owner-id: "123"\n    name: x\n',
  ],
  ['a.json', '{"image_search": {"name": "x"}}', '{"image_search": {"owner-id": "123", "name": "x"}}'],
] as const)('the owner goes in where it is valid: %s %s', async ([path, text, wanted]) => {
  const [lookup] = await lookupsIn(path, text);
  const { offset = 0, before = '', after = '' } = lookup?.ownerInsertion ?? {};
  expect(`${text.slice(0, offset)}${before}123${after}${text.slice(offset)}`).toBe(wanted);
  expect((await lookupsIn(path, wanted)).map(({ isUnsafe }) => isUnsafe)).toEqual([false]);
});
