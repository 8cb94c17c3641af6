import { rm } from 'node:fs/promises';
import { DescribeImagesCommand, type DescribeImagesCommandInput, EC2Client, type Image } from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { builtCheck, type Check, folderWith } from './runCheck.ts';

let check: Check;
let server: SampleServer;
beforeAll(async () => {
  [check, server] = await Promise.all([builtCheck(), startSampleServer({ images: 600 })]);
});
afterEach(() => {
  server.faults.clear();
  server.requests.length = 0;
});
afterAll(async () => {
  await check?.remove();
  await server?.close();
});

const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
const withServer = () => ({ ...keys, AWS_ENDPOINT_URL: server.url, AWS_REGION: 'us-east-1' });

async function images(region: string, input: DescribeImagesCommandInput): Promise<readonly Image[]> {
  const ec2 = new EC2Client({
    endpoint: server.url,
    region,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  });
  const { Images = [] } = await ec2.send(new DescribeImagesCommand(input));
  ec2.destroy();
  server.requests.length = 0;
  return Images;
}

async function idNamed(name: string, region = 'us-east-1'): Promise<string> {
  const [image] = await images(region, {
    Owners: ['self'],
    Filters: [{ Name: 'name', Values: [name] }],
    IncludeDeprecated: true,
    IncludeDisabled: true,
  });
  return image?.ImageId ?? '';
}

/** A CloudFormation mapping of regions and ids. */
function mapping(entries: readonly (readonly [string, string])[]): string {
  return `Mappings:\n  Images:\n${entries.map(([region, id], index) => `    ${region}:\n      Image${index}: ${id}\n`).join('')}`;
}

/** A lookup of the account's own images, without their owner. */
function webLookup(region: string | undefined): string {
  const option = region === undefined ? '' : ` --region ${region}`;
  return `aws ec2 describe-images${option} --filters "Name=name,Values=web-server-golden-*" --query 'sort_by(Images, &CreationDate)[-1].ImageId'\n`;
}

interface SarifResult {
  readonly ruleId: string;
  readonly fixes?: readonly unknown[];
}

async function checkFiles(
  files: Readonly<Record<string, string>>,
  {
    args = [],
    env = withServer(),
  }: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
) {
  const cwd = await folderWith(files);
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  return check.run(cwd, ['--aws', ...args], env);
}

/** `error not-found`, for each finding. */
const short = (out: string) =>
  Array.from(
    out.matchAll(/: (error|warning|information): .* \[([\w-]+)\]$/gm),
    ([, severity, rule]) => `${severity} ${rule}`,
  );

describe('the check with AWS', () => {
  it.each([
    ['web-server-golden-20261031', 'information newer-image'],
    ['web-server-golden-20260613', 'warning deprecated'],
    ['web-server-golden-disabled-20250301', 'error disabled'],
    ['nightly-snapshot-20261113-failed', 'error unusable'],
    ['ml-training-20261120-pending', 'information unusable'],
  ])('finds %s: %s', async (name, expected) => {
    const { out, err } = await checkFiles({ 'a.yaml': mapping([['us-east-1', await idNamed(name)]]) });
    expect(short(out)).toEqual([expected]);
    expect(out).toContain(name.replace(/-\d{8}.*/, ''));
    expect(err).toMatch(/^1 \w+ in 1 reference of 1 file\.\n$/);
  });

  it('finds an id that another region has, and one that none has', async () => {
    const id = await idNamed('web-server-golden-20261114');
    const { out } = await checkFiles({
      'a.yaml': mapping([
        ['eu-west-1', id],
        ['us-east-1', 'ami-0b1f2e3d4c5b6a798'],
      ]),
    });
    expect(out.split('\n')).toEqual([
      `a.yaml:4:15: error: ${id} was not found in eu-west-1, but exists in us-east-1. [not-found]`,
      'a.yaml:6:15: warning: ami-0b1f2e3d4c5b6a798 was not found in us-east-1, or is not shared with this account. [not-found]',
      '',
    ]);
  });

  it('finds an image that the instance type beside it cannot run, by its id or a public parameter', async () => {
    const [arm] = await images('us-east-1', {
      Owners: ['self'],
      Filters: [{ Name: 'name', Values: ['data-node-2026.3'] }],
    });
    const { out } = await checkFiles({
      'provider.tf': 'provider "aws" {\n  region = "us-east-1"\n}\n',
      'web.tf': `resource "aws_instance" "web" {\n  ami           = "${arm?.ImageId}"\n  instance_type = "t3.micro"\n}\n`,
      'template.yaml': `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64}}'
      InstanceType: m5.large
`,
    });
    expect(short(out)).toEqual(['error wrong-architecture', 'error wrong-architecture']);
    expect(out).toContain('data-node-2026.3');
    expect(out).toContain('is built for arm64, which m5.large instances do not support.');
  });

  it('finds a public image of nobody that is known', async () => {
    const [image] = await images('us-east-1', { Owners: ['341275689012'] });
    const { out } = await checkFiles({ 'a.yaml': mapping([['us-east-1', image?.ImageId ?? '']]) });
    expect(short(out)).toContain('information unverified-publisher');
  });

  it.each([
    ['of its region', webLookup('us-east-1'), []],
    [
      'of the first three given regions',
      webLookup(undefined),
      ['--regions', 'us-east-1,eu-west-1,ap-southeast-2,eu-west-2'],
    ],
  ])('offers the owner that the images of an unsafe lookup have, %s', async (_, lookup, args) => {
    const { out } = await checkFiles({ 'a.sh': lookup }, { args: ['--format', 'sarif', ...args] });
    const [result] = JSON.parse(out).runs[0].results;
    expect(result.fixes[0].artifactChanges[0].replacements[0].insertedContent.text).toContain('self');
    const asked = server.requests.filter(({ action }) => action === 'DescribeImages').map(({ region }) => region);
    expect(asked.toSorted()).toEqual(args.length > 0 ? ['ap-southeast-2', 'eu-west-1', 'us-east-1'] : ['us-east-1']);
  });

  it('takes the publishers that the caller names, by account or in a settings file', async () => {
    const [image] = await images('us-east-1', { Owners: ['341275689012'] });
    const settings = '// ours\n{"amiExplorer.publishers": [{"name": "Us", "ownerIds": ["341275689012"]},]}';
    const files = {
      'a.yaml': mapping([['us-east-1', image?.ImageId ?? '']]),
      '.vscode/settings.json': settings,
      'us.code-workspace': `\ufeff{"folders": [{"path": "."}], "settings": ${settings.split('\n')[1]}}`,
    };
    const found = async (...args: readonly string[]) => short((await checkFiles(files, { args })).out);
    const unverified = 'information unverified-publisher';
    // What is checked does not say whom to trust.
    expect(await found()).toContain(unverified);
    expect(await found('--publisher', '111122223333')).toContain(unverified);
    expect(await found('--publisher', '111122223333,341275689012')).not.toContain(unverified);
    expect(await found('--settings', '.vscode/settings.json')).not.toContain(unverified);
    expect(await found('--settings', 'us.code-workspace')).not.toContain(unverified);
    expect(await found('--ignore', 'unverified-publisher')).not.toContain(unverified);
  });

  it('has all findings of a reference in JSON, the worst first', async () => {
    const [image] = await images('us-east-1', { Owners: ['341275689012'] });
    const text = `resource "aws_instance" "web" {\n  provider = aws\n  ami = "${image?.ImageId}"\n  instance_type = "t4g.micro"\n}\nprovider "aws" {\n  region = "us-east-1"\n}\n`;
    const { out } = await checkFiles({ 'main.tf': text }, { args: ['--format', 'json'] });
    const [row] = JSON.parse(out);
    expect(row).toMatchObject({ rule: 'wrong-architecture', severity: 'error', region: ['us-east-1'] });
    expect(row.more.map(({ rule }: { readonly rule: string }) => rule)).toContain('unverified-publisher');
  });
});

describe('what is asked', () => {
  it('is at most 10 requests for 500 ids in 3 regions, and what is newer', async () => {
    const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];
    const found = await Promise.all(
      regions.map(async (region) => (await images(region, { ExecutableUsers: ['all'] })).slice(0, 167)),
    );
    const entries = found.flatMap((list, index) =>
      list.map(({ ImageId = '' }) => [regions[index] ?? '', ImageId] as const),
    );
    server.requests.length = 0;
    const { out } = await checkFiles({ 'a.yaml': mapping(entries) }, { args: ['--format', 'json'] });
    expect(JSON.parse(out)).toHaveLength(501);
    const byId = server.requests.filter(({ params }) => params['Filter.1.Name'] === 'image-id');
    expect(byId).toHaveLength(3);
    expect(server.requests.filter(({ params }) => !params['NextToken']).length).toBeLessThanOrEqual(10);
  });

  it('is nothing for placeholders and malformed ids', async () => {
    const { out } = await checkFiles({
      'a.yaml': mapping([
        ['us-east-1', 'ami-12345678'],
        ['us-east-1', 'ami-0b1f2e3d4c5b6a7'],
      ]),
    });
    expect(short(out)).toEqual(['error malformed-id']);
    expect(server.requests.filter(({ action }) => action === 'DescribeImages')).toEqual([]);
  });

  it.each([['text'], ['json']])('is nothing of lookups for a report without fixes: %s', async (format) => {
    server.faults.add({ kind: 'access-denied', action: 'DescribeImages' });
    const { code, err } = await checkFiles({ 'a.sh': webLookup('us-east-1') }, { args: ['--format', format] });
    expect([code, err]).toEqual([1, '1 warning in 1 reference of 1 file.\n']);
    expect(server.requests.filter(({ action }) => action === 'DescribeImages')).toEqual([]);
  });

  it('is in the chosen regions for what does not say its region, else in the default one', async () => {
    const id = await idNamed('web-server-golden-20261114');
    const files = { 'notes.txt': `image ${id}\n` };
    const { out: fine } = await checkFiles(files);
    expect(short(fine)).toEqual([]);
    const { out } = await checkFiles(files, { args: ['--regions', 'eu-west-1,eu-west-2'] });
    expect(short(out)).toEqual(['information not-found']);
    expect(out).toContain('was not found in eu-west-1 and eu-west-2');
  });
});

describe('what fails', () => {
  it('is told of its region, and the others are checked', async () => {
    server.faults.add({ kind: 'access-denied', region: 'eu-west-1' });
    const files = {
      'a.yaml': mapping([
        ['eu-west-1', 'ami-0b1f2e3d4c5b6a798'],
        ['us-east-1', await idNamed('web-server-golden-disabled-20250301')],
      ]),
    };
    const { out, err, code } = await checkFiles(files);
    expect(short(out)).toEqual(['error disabled']);
    expect(err).toMatch(/^DescribeImages in eu-west-1: .*UnauthorizedOperation/);
    expect(err).toMatch(/Not everything could be checked\.\n$/);
    expect(code).toBe(2);
  });

  it('is told once for all regions and operations of its kind', async () => {
    server.faults.add({ kind: 'access-denied', action: 'DescribeImages' });
    const { err } = await checkFiles({
      'a.yaml': mapping([
        ['eu-west-1', 'ami-0b1f2e3d4c5b6a798'],
        ['us-east-1', 'ami-0b1f2e3d4c5b6a798'],
      ]),
      'a.sh': webLookup('us-east-1'),
    });
    expect(err.split('\n').map((line) => line.replace(/: .*/, ''))).toEqual([
      'DescribeImages in eu-west-1, us-east-1',
      '1 warning in 3 references of 2 files. Not everything could be checked.',
      '',
    ]);
  });

  it('is told of lookups, which are unsafe all the same; other regions are asked', async () => {
    server.faults.add({ kind: 'access-denied', action: 'DescribeImages', region: 'eu-west-1' });
    const files = { 'a.sh': webLookup('eu-west-1'), 'b.sh': webLookup('us-east-1') };
    const { out, err, code } = await checkFiles(files, { args: ['--format', 'sarif'] });
    const [{ results, invocations }] = JSON.parse(out).runs;
    expect(code).toBe(2);
    expect(err).toMatch(/^DescribeImages in eu-west-1: /);
    expect(results.map(({ ruleId, fixes = [] }: SarifResult) => [ruleId, fixes.length])).toEqual([
      ['unsafe-lookup', 0],
      ['unsafe-lookup', 1],
    ]);
    expect(invocations[0].executionSuccessful).toBe(false);
    expect(invocations[0].toolExecutionNotifications).toEqual([
      { level: 'error', message: { text: expect.stringContaining('DescribeImages in eu-west-1') } },
    ]);
  });

  it('takes no owner away that the other regions of a lookup tell', async () => {
    server.faults.add({ kind: 'access-denied', action: 'DescribeImages', region: 'eu-west-1' });
    const args = ['--format', 'sarif', '--regions', 'us-east-1,eu-west-1'];
    const { out, code } = await checkFiles({ 'a.sh': webLookup(undefined) }, { args });
    expect(code).toBe(2);
    expect(JSON.parse(out).runs[0].results[0].fixes).toHaveLength(1);
  });

  it('is a note for what no account of the partition can be asked', async () => {
    const files = { 'a.yaml': mapping([['cn-north-1', 'ami-0b1f2e3d4c5b6a798']]) };
    const { out, err, code } = await checkFiles(files, { args: ['--format', 'sarif'] });
    const [{ results, invocations }] = JSON.parse(out).runs;
    expect([code, results]).toEqual([0, []]);
    expect(err).toContain('cn-north-1 is in the partition aws-cn.');
    expect(invocations[0]).toMatchObject({
      executionSuccessful: true,
      toolExecutionNotifications: [{ level: 'note' }],
    });
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['that the caller names', ['--regions', 'ap-east-1,us-east-1'], {}],
    ['that is the default one', [], { AWS_REGION: 'ap-east-1' }],
  ])('fails the check in a closed region %s', async (_, args, env) => {
    const files = { 'notes.txt': 'image ami-0b1f2e3d4c5b6a798\n' };
    const { err, code } = await checkFiles(files, { args, env: { ...withServer(), ...env } });
    expect(err).toMatch(
      /^DescribeImages in ap-east-1: The account has not opted in to this region\. \(AuthFailure\)\n/,
    );
    expect([code, err.endsWith('Not everything could be checked.\n')]).toEqual([2, true]);
  });

  it('is a note in a closed region that only the code names', async () => {
    const files = {
      'a.yaml': mapping([
        ['ap-east-1', 'ami-0b1f2e3d4c5b6a798'],
        ['me-south-1', 'ami-0b1f2e3d4c5b6a798'],
      ]),
    };
    const { err, code } = await checkFiles(files, { args: ['--regions', 'us-east-1'] });
    expect(err.split('\n')).toEqual([
      'DescribeImages in ap-east-1, me-south-1: The account has not opted in to these regions. (AuthFailure)',
      'Nothing is wrong in 2 references of 1 file.',
      '',
    ]);
    expect(code).toBe(0);
  });

  it('fails the check in a region that does not exist', async () => {
    const files = { 'notes.txt': 'image ami-0b1f2e3d4c5b6a798\n' };
    const { err, code } = await checkFiles(files, { args: ['--regions', 'us-esat-1'] });
    expect(err).toMatch(/^DescribeImages in us-esat-1: The account knows no such region\./);
    expect(code).toBe(2);
  });

  it('says nothing of publishers where the account is not known', async () => {
    const [image] = await images('us-east-1', { Owners: ['341275689012'] });
    server.faults.add({ kind: 'access-denied', action: 'GetCallerIdentity' });
    const { out, err } = await checkFiles({ 'a.yaml': mapping([['us-east-1', image?.ImageId ?? '']]) });
    expect(short(out)).not.toContain('information unverified-publisher');
    expect(err).toMatch(/^GetCallerIdentity/);
  });

  it.each<[string, () => Readonly<Record<string, string>>, RegExp]>([
    [
      'without credentials',
      () => ({ AWS_ENDPOINT_URL: server.url }),
      /^AWS could not be asked\. .*provides credentials\./,
    ],
    ['with a profile that does not exist', () => ({ AWS_PROFILE: 'nobody' }), /^AWS could not be asked\. .*nobody/],
    [
      'where nobody listens',
      () => ({ ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'us-east-1' }),
      /^DescribeImages, GetCallerIdentity in us-east-1: .*ECONNREFUSED/,
    ],
  ])('ends with the exit code 2 %s, after what can be told offline', async (_, env, said) => {
    const files = {
      'a.yaml': mapping([
        ['us-east-1', 'ami-0b1f2e3d4c5b6a798'],
        ['us-east-1', 'ami-0b1f2e3d4c5b6a7'],
      ]),
    };
    const { out, err, code } = await checkFiles(files, { env: env() });
    expect([code, short(out)]).toEqual([2, ['error malformed-id']]);
    expect(err).toMatch(said);
  });

  it('is in the SARIF report', async () => {
    server.faults.add({ kind: 'access-denied', region: 'eu-west-1' });
    const files = { 'a.yaml': mapping([['eu-west-1', 'ami-0b1f2e3d4c5b6a798']]) };
    const { out, code } = await checkFiles(files, { args: ['--format', 'sarif'] });
    const [{ invocations, results }] = JSON.parse(out).runs;
    expect([code, results, invocations[0].executionSuccessful]).toEqual([2, [], false]);
    expect(invocations[0].toolExecutionNotifications[0].message.text).toContain('DescribeImages in eu-west-1');
  });
});
