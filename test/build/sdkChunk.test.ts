import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSdkChunk } from '../../scripts/build.ts';
import { withLiteralKeys, withoutErrorClasses } from '../../scripts/smallerSdk.ts';
import { bytesOf, type Command, readAnswerOf } from '../../src/ec2/answers/readAnswer.ts';
import { usualAnswerLimits } from '../../src/ec2/answers/wholeAnswer.ts';
import * as plainSdk from '../../src/ec2/sdk.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';

type Sdk = typeof plainSdk;

let folder: string;
let server: SampleServer;
let bundled: Sdk;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-sdk-'));
  server = await startSampleServer({ now: () => new Date('2026-11-20T12:00:00Z') });
  const file = join(folder, 'aws-sdk.cjs');
  await buildSdkChunk(file);
  bundled = createRequire(import.meta.url)(file);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function clients(sdk: Sdk) {
  const config = {
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  };
  return { ec2: new sdk.EC2Client(config), sts: new sdk.STSClient(config), ssm: new sdk.SSMClient(config) };
}

/** A command's outcome, without the parts that differ between calls. */
async function outcome(send: () => Promise<object>): Promise<object> {
  try {
    const { $metadata, ...answer } = (await send()) as { $metadata?: unknown };
    return answer;
  } catch (error) {
    return error instanceof Error ? { name: error.name, message: error.message } : { error };
  }
}

describe('the shared files', () => {
  it('are read by every part of the chunk as they were put right', async () => {
    const paths = { configFilepath: join(folder, 'no config'), filepath: join(folder, 'no credentials') };
    bundled.externalDataInterceptor.interceptFile(paths.configFilepath, '[profile.My Laptop]\nregion = us-east-1\n');
    const provider = bundled.fromSSO({ ...paths, profile: 'My Laptop', ignoreCache: true });
    await expect(provider()).rejects.toThrow('My Laptop is not configured with SSO');
  });
});

/** Every command of the chunk, with an input that has nested shapes in request and answer. */
const commands: readonly (readonly [string, (sdk: Sdk) => Promise<object>])[] = [
  [
    'DescribeImages',
    (sdk) =>
      clients(sdk).ec2.send(
        new sdk.DescribeImagesCommand({
          Owners: ['self'],
          Filters: [{ Name: 'state', Values: ['available', 'disabled', 'failed'] }],
          IncludeDisabled: true,
          IncludeDeprecated: true,
        }),
      ),
  ],
  [
    'DescribeImageAttribute',
    async (sdk) => {
      const { ec2 } = clients(sdk);
      const { Images = [] } = await ec2.send(
        new sdk.DescribeImagesCommand({ Owners: ['self'], Filters: [{ Name: 'is-public', Values: ['true'] }] }),
      );
      return ec2.send(
        new sdk.DescribeImageAttributeCommand({ ImageId: Images[0]?.ImageId, Attribute: 'launchPermission' }),
      );
    },
  ],
  ['DescribeInstances', (sdk) => clients(sdk).ec2.send(new sdk.DescribeInstancesCommand({}))],
  ['DescribeRegions', (sdk) => clients(sdk).ec2.send(new sdk.DescribeRegionsCommand({ AllRegions: true }))],
  ['DescribeSnapshots', (sdk) => clients(sdk).ec2.send(new sdk.DescribeSnapshotsCommand({ OwnerIds: ['self'] }))],
  ['DescribeVolumes', (sdk) => clients(sdk).ec2.send(new sdk.DescribeVolumesCommand({}))],
  [
    'CreateImage',
    async (sdk) => {
      const { ec2 } = clients(sdk);
      const { Reservations = [] } = await ec2.send(new sdk.DescribeInstancesCommand({}));
      const running = Reservations.flatMap(({ Instances = [] }) => Instances).find(
        ({ State, RootDeviceType }) => State?.Name === 'running' && RootDeviceType === 'ebs',
      );
      return ec2.send(
        new sdk.CreateImageCommand({
          InstanceId: running?.InstanceId,
          Name: 'made-by-a-test',
          NoReboot: true,
          DryRun: true,
          BlockDeviceMappings: [{ DeviceName: running?.RootDeviceName, Ebs: { DeleteOnTermination: false } }],
          TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'a', Value: 'b' }] }],
        }),
      );
    },
  ],
  [
    'GetParametersByPath',
    (sdk) =>
      clients(sdk).ssm.send(
        new sdk.GetParametersByPathCommand({ Path: '/aws/service/ami-windows-latest', Recursive: true, MaxResults: 3 }),
      ),
  ],
  [
    'GetParameters',
    (sdk) => {
      const names = ['al2023-ami-kernel-default-x86_64', 'no-such-ami'];
      const command = new sdk.GetParametersCommand({
        Names: names.map((name) => `/aws/service/ami-amazon-linux-latest/${name}`),
      });
      return clients(sdk).ssm.send(command);
    },
  ],
  [
    'AssumeRole',
    (sdk) =>
      clients(sdk).sts.send(
        new sdk.AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/Deploy', RoleSessionName: 'test' }),
      ),
  ],
  ['GetCallerIdentity', (sdk) => clients(sdk).sts.send(new sdk.GetCallerIdentityCommand({}))],
];

describe('the SDK in the chunk that ships', () => {
  it('is tried with every command that it has', () => {
    const has = Object.keys(plainSdk).filter((name) => name.endsWith('Command'));
    expect(commands.map(([name]) => `${name}Command`).sort()).toEqual(has.sort());
    expect(Object.keys(bundled).sort()).toEqual(Object.keys(plainSdk).sort());
  });

  it.each(commands)('%s asks and answers as the plain SDK does', async (_name, run) => {
    server.requests.length = 0;
    const plain = await outcome(() => run(plainSdk));
    const asked = server.requests.splice(0).map(({ action, params }) => ({ action, params }));
    const shipped = await outcome(() => run(bundled));
    expect(shipped).toEqual(plain);
    expect(server.requests.map(({ action, params }) => ({ action, params }))).toEqual(asked);
    expect(Object.keys(plain).length).toBeGreaterThan(0);
  });
});

describe('the answers', () => {
  type Question = (sdk: Sdk) => readonly [Command, () => Promise<object>];
  const questions: readonly (readonly [string, string, Question])[] = [
    [
      'EC2',
      '<DescribeRegionsResponse',
      (sdk) => {
        const command = new sdk.DescribeRegionsCommand({ AllRegions: true });
        return [command, () => clients(sdk).ec2.send(command)];
      },
    ],
    [
      'STS',
      '<GetCallerIdentityResponse',
      (sdk) => {
        const command = new sdk.GetCallerIdentityCommand({});
        return [command, () => clients(sdk).sts.send(command)];
      },
    ],
    [
      'SSM',
      '{"Parameters"',
      (sdk) => {
        const command = new sdk.GetParametersByPathCommand({ Path: '/aws/service/suse', Recursive: true });
        return [command, () => clients(sdk).ssm.send(command)];
      },
    ],
  ];

  it.each(questions)(
    'of %s are read in the place of the SDK, which sees nothing of them',
    async (_, beginning, ask) => {
      const [command, send] = ask(bundled);
      const taken = readAnswerOf(command, usualAnswerLimits, (body) => bytesOf(body, usualAnswerLimits, 1_000_000));
      const { $metadata, ...seen } = (await send()) as { $metadata?: unknown };
      expect(Buffer.from(taken.value?.of ?? '').toString('utf8')).toContain(beginning);
      expect(Object.values(seen).filter((value) => value !== undefined)).toEqual([]);
    },
  );
});

describe('an error of a class that is left out', () => {
  it('has the name and the message that the plain SDK gives it', async () => {
    const refused = (sdk: Sdk) =>
      outcome(() =>
        clients(sdk).ssm.send(
          new sdk.GetParametersByPathCommand({ Path: '/aws/service/ami-windows-latest', NextToken: 'of no call' }),
        ),
      );
    const plain = await refused(plainSdk);
    expect(plain).toEqual({ name: 'InvalidNextToken', message: expect.stringMatching(/\w/) });
    expect(await refused(bundled)).toEqual(plain);
  });

  it('is found by its registration alone', () => {
    const source = 'a_registry.register(b);\nn0_registry.registerError(C$, C);\nvar c = 1;\n';
    expect(withoutErrorClasses(source)).toEqual({
      source: 'a_registry.register(b);\n\nvar c = 1;\n',
      removed: 1,
    });
  });
});

describe('literal keys', () => {
  it('replace the constants of the file and leave everything else', () => {
    const source = 'const _a = "Name";\nconst n = { [_a]: 1, [other]: 2, [_b]: 3 };\n';
    expect(withLiteralKeys(source)).toEqual({
      source: 'const _a = "Name";\nconst n = { "Name": 1, [other]: 2, [_b]: 3 };\n',
      replaced: 1,
    });
  });
});
