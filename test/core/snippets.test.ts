import { describe, expect, it, vi } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import { namePatternOf } from '../../src/core/namePattern.ts';
import { renderSnippet, type SnippetId, snippetKinds } from '../../src/core/snippets.ts';
import { anImage } from './anImage.ts';
import { hostileNames } from './hostile.ts';
import {
  cfnLintFindings,
  evaluateYaml,
  hasCfnLint,
  hasPyYaml,
  hasTerraform,
  scriptFormatted,
  shellWords,
  terraformFormatted,
} from './snippets/judges.ts';

// The judging tools take seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const context = { account: '111122223333', now: Date.UTC(2026, 10, 26) };

const ubuntu = anImage();
const ubuntuInIreland = anImage({ id: 'ami-0fedcba9876543210', region: 'eu-west-1' });
const amazonLinux = anImage({
  id: 'ami-0aaaabbbbccccdddd',
  name: 'al2023-ami-2023.11.20260427.1-kernel-6.18-arm64',
  ownerId: '137112412989',
  ownerAlias: 'amazon',
  architecture: 'arm64',
});
const windows = anImage({
  id: 'ami-0ddddccccbbbbaaaa',
  name: 'Windows_Server-2022-English-Full-Base-2026.07.15',
  ownerId: '801119661308',
  ownerAlias: 'amazon',
  platform: 'windows',
});
const own = anImage({
  id: 'ami-0123abcd',
  name: 'payments-api-v1.42.0-20261102',
  ownerId: '111122223333',
  public: false,
});
const shared = anImage({ id: 'ami-0123abce', name: 'golden-20261102', ownerId: '444455556666', public: false });
const oldStyle = anImage({ id: 'ami-0123abcf', name: '', virtualizationType: undefined, ownerId: '111122223333' });
const several = [ubuntu, ubuntuInIreland, amazonLinux, windows, own];

/** Hostile names in the image's name, and in other fields of a snippet. */
const hostileImages: readonly Image[] = hostileNames.flatMap((name, index) => [
  anImage({ id: `ami-${index.toString(16).padStart(8, '0')}`, name, ownerId: '111122223333' }),
  anImage({
    id: `ami-1${index.toString(16).padStart(7, '0')}`,
    name: `web ${name} 20261102`,
    ownerId: '123456789012',
    architecture: name || 'x86_64',
    rootDeviceType: name || 'ebs',
    virtualizationType: name,
  }),
]);

function render(id: SnippetId, images: readonly Image[] = several): string {
  return renderSnippet(id, images, context);
}

describe('renderSnippet', () => {
  it.each(snippetKinds.map(({ id }) => id))('writes %s as expected', async (id) => {
    await expect(render(id)).toMatchFileSnapshot(`snippets/expected/${id}.txt`);
  });

  it.each(snippetKinds.map(({ id }) => id))('writes %s for hostile names as expected', async (id) => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a tool would evaluate it
    const names = ['it\'s ${x} "q" \\ *\n{{ y }} 2026-11-02', '', '\u202e# evil'];
    const images = names.map((name, index) => anImage({ id: `ami-0000000${index}`, name, ownerId: '111122223333' }));
    await expect(render(id, images)).toMatchFileSnapshot(`snippets/expected/hostile-${id}.txt`);
  });

  it.each(snippetKinds.map(({ id }) => id))('ends %s with one line break, and writes nothing for no images', (id) => {
    for (const images of [several, [shared], [oldStyle], hostileImages]) expect(render(id, images)).toMatch(/[^\n]\n$/);
    expect(render(id, [])).toBe('');
  });

  it('looks a private image up by its owner', () => {
    expect(render('terraform-data-source', [own])).toContain('owners      = ["self"]\n');
    expect(render('terraform-data-source', [shared])).toContain('owners      = ["444455556666"]\n');
    expect(renderSnippet('terraform-data-source', [own], { ...context, account: undefined })).toContain(
      'owners      = ["111122223333"]\n',
    );
  });

  it('names a lookup once for images of one family in several regions, and a region once in a map', () => {
    expect(render('terraform-data-source', [ubuntu, ubuntuInIreland]).match(/^data /gm)).toHaveLength(1);
    expect(render('cdk-map', [ubuntu, ubuntuInIreland]).match(/^const /gm)).toHaveLength(1);
    const two = { ...ubuntu, id: 'ami-0123456789abcdef1' };
    expect(render('cdk-map', [ubuntu, two]).match(/^const ubuntu2404Amd64Image2? = /gm)).toHaveLength(2);
    expect(render('cloudformation-mapping', [ubuntu, two])).toContain(
      '      Ubuntu2404Amd64Image2: ami-0123456789abcdef1\n',
    );
  });

  it('never leaves an owner out of a lookup', () => {
    const lookups = snippetKinds.filter(({ keeps }) => keeps === 'lookup');
    expect(lookups.length).toBeGreaterThan(0);
    for (const { id } of lookups) {
      for (const image of [...several, shared, oldStyle]) expect(render(id, [image])).toMatch(/owners/);
    }
  });

  it("names the user's publishers in a comment", () => {
    const text = renderSnippet('terraform-data-source', [shared], {
      ...context,
      publishers: [
        {
          id: 'custom:x',
          name: 'Platform\nteam',
          verified: false,
          ownerIds: { aws: ['444455556666'] },
          ownerAlias: undefined,
          namePatterns: [],
          needsWords: false,
        },
      ],
    });
    expect(text).toContain('owners      = ["444455556666"] # Platform team\n');
  });
});

const inputs: readonly (readonly [string, readonly Image[]])[] = [
  ['one image', [ubuntu]],
  ['several images', several],
  ['an image without a name', [oldStyle]],
  ['hostile names', hostileImages],
];

describe.skipIf(!hasTerraform())('terraform fmt', () => {
  it.each(inputs)('leaves HCL as it is: %s', (_, images) => {
    for (const id of ['terraform-data-source', 'terraform-map', 'packer-source-filter'] as const) {
      const text = render(id, images);
      expect(terraformFormatted(text), id).toBe(text);
    }
  });
});

describe.skipIf(!hasCfnLint())('cfn-lint', () => {
  it('has nothing to say', () => {
    const images = inputs.flatMap(([, ofInput]) => ofInput);
    const parameters = render('cloudformation-parameter', images);
    const mapping = render('cloudformation-mapping', images);
    const names = [...parameters.matchAll(/^ {2}(\w+):$/gm)].map(([, name = '']) => name);
    const usages = [...mapping.matchAll(/^# ImageId: (.*)$/gm)].map(([, usage = '']) => usage);
    const resources = [
      ...names.map(
        (name, index) => `  P${index}:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: !Ref ${name}\n`,
      ),
      ...usages.map(
        (usage, index) => `  M${index}:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ${usage}\n`,
      ),
    ];
    const template = `AWSTemplateFormatVersion: "2010-09-09"\n${parameters}${mapping}Resources:\n${resources.join('')}`;
    expect(cfnLintFindings(template)).toBe('');
  });
});

describe.skipIf(!hasPyYaml())('a YAML reader', () => {
  it.each(inputs)('finds the same patterns in Ansible tasks: %s', (_, images) => {
    const tasks = evaluateYaml(render('ansible-tasks', images)) as readonly Record<string, unknown>[];
    const asked = tasks.flatMap((task) => ('amazon.aws.ec2_ami_info' in task ? [task['amazon.aws.ec2_ami_info']] : []));
    const patterns = asked.map((task) => (task as { filters: Record<string, string> }).filters);
    expect(new Set(patterns.map((filters) => filters['name'] ?? ''))).toEqual(patternsOf(images));
  });

  it('finds no more in a mapping of CloudFormation than it takes', () => {
    const images = Array.from({ length: 401 }, (_, index) => ({
      ...own,
      id: `ami-${index.toString(16).padStart(8, '0')}`,
      name: `app${index}x-1`,
    }));
    const code = render('cloudformation-mapping', images);
    const { Mappings } = evaluateYaml(code) as { Mappings: Record<string, Record<string, Record<string, string>>> };
    const attributes = Object.values(Mappings).map((regions) => Object.entries(regions[own.region] ?? {}));
    expect(attributes.map(({ length }) => length)).toEqual([200, 200, 1]);
    expect(attributes.flat().map(([, id]) => id)).toEqual(images.map(({ id }) => id));
    const asked = [...code.matchAll(/FindInMap \[(\w+), .*, (\w+)\]/g)];
    expect(asked).not.toHaveLength(0);
    for (const [, mapping = '', name = '', region = own.region] of asked) {
      expect(Mappings[mapping]?.[region]).toHaveProperty(name);
    }
    expect(render('cloudformation-parameter', images)).toMatch(/^# A template takes 200 parameters/);
    expect(render('cloudformation-parameter', images.slice(1, 201))).toMatch(/^Parameters:/);
  });

  it('finds the same ids and names in CloudFormation', () => {
    const parameters = evaluateYaml(render('cloudformation-parameter', hostileImages)) as {
      Parameters: Record<string, { Default: string; Description: string }>;
    };
    const values = Object.values(parameters.Parameters);
    expect(values.map(({ Default }) => Default)).toEqual(hostileImages.map(({ id }) => id));
  });
});

function patternsOf(images: readonly Image[]): Set<string> {
  return new Set(images.map(({ name }) => namePatternOf(name) ?? ''));
}

describe('TypeScript', () => {
  it.each(inputs)('is left as it is by the formatter: %s', (_, images) => {
    for (const id of ['cdk-lookup', 'cdk-map'] as const) {
      const text = render(id, images);
      expect(scriptFormatted(text, 'single'), id).toBe(text);
    }
    const text = render('pulumi-lookup', images);
    expect(scriptFormatted(text, 'double')).toBe(text);
  });

  it.each(inputs)('asks the CDK for the same patterns: %s', (_, images) => {
    const asked: { name: string; filters: Record<string, readonly string[]>; owners: readonly string[] }[] = [];
    const ec2 = { MachineImage: { lookup: (props: (typeof asked)[number]) => asked.push(props) } };
    new Function('ec2', render('cdk-lookup', images))(ec2);
    expect(new Set(asked.map(({ name, filters }) => (filters['image-id'] ? '' : name)))).toEqual(patternsOf(images));
    for (const { owners } of asked) expect(owners).toHaveLength(1);
  });

  it.each(inputs)('gives the CDK the same ids: %s', (_, images) => {
    const ids: string[] = [];
    const take = (map: Record<string, string>) => ids.push(...Object.values(map));
    const ec2 = { MachineImage: { genericLinux: take, genericWindows: take } };
    new Function('ec2', render('cdk-map', images))(ec2);
    expect(ids.toSorted()).toEqual(images.map(({ id }) => id).toSorted());
  });

  it.each(inputs)('asks Pulumi for the same patterns: %s', (_, images) => {
    const patterns = new Set<string>();
    const getAmiOutput = (args: { filters: readonly { name: string; values: readonly string[] }[] }) =>
      patterns.add(args.filters.find(({ name }) => name === 'name')?.values[0] ?? '');
    new Function('aws', render('pulumi-lookup', images))({ ec2: { getAmiOutput } });
    expect(patterns).toEqual(patternsOf(images));
  });
});

describe('a shell', () => {
  it.each(inputs)('passes the same patterns to the AWS CLI: %s', (_, images) => {
    const words = shellWords(render('aws-cli', images), 'aws');
    const patterns = new Set<string>();
    for (const [index, word] of words.entries()) {
      if (word !== '--filters') continue;
      const value = words[index + 1] ?? '';
      const named = value.startsWith('[')
        ? (JSON.parse(value) as { Name: string; Values: string[] }[]).find(({ Name }) => Name === 'name')?.Values[0]
        : /^Name=name,Values=(.*)$/.exec(value)?.[1];
      patterns.add(named ?? '');
    }
    expect(patterns).toEqual(patternsOf(images));
  });

  it('gets JSON where the shorthand would read a name as syntax', () => {
    for (const name of ['a,b web', '[web]', "it's web", 'a=b web', 'web "x"', 'back\\slash']) {
      expect(render('aws-cli', [{ ...own, name }])).toContain(`--filters '[{"Name":"name"`);
    }
    expect(render('aws-cli', [{ ...own, name: 'Deep Learning (Ubuntu) 20261102' }])).toContain(
      "'Name=name,Values=Deep Learning (Ubuntu) 20*'",
    );
  });
});
