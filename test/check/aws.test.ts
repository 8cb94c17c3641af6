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
      `a.yaml:4:15: error: ${id} is not in eu-west-1, but in us-east-1. [not-found]`,
      'a.yaml:6:15: warning: ami-0b1f2e3d4c5b6a798 is not in us-east-1, or is not shared with this account. [not-found]',
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
    expect(out).toContain('is for arm64, which m5.large does not run.');
  });

  it('finds a public image of nobody that is known', async () => {
    const [image] = await images('us-east-1', { Owners: ['341275689012'] });
    const { out } = await checkFiles({ 'a.yaml': mapping([['us-east-1', image?.ImageId ?? '']]) });
    expect(short(out)).toContain('information unverified-publisher');
  });

  it('offers the owner that the images of an unsafe lookup have', async () => {
    const lookup = `aws ec2 describe-images --region us-east-1 --filters "Name=name,Values=web-server-golden-*" --query 'sort_by(Images, &CreationDate)[-1].ImageId'\n`;
    const { out } = await checkFiles({ 'a.sh': lookup }, { args: ['--format', 'sarif'] });
    const [result] = JSON.parse(out).runs[0].results;
    expect(result.fixes[0].artifactChanges[0].replacements[0].insertedContent.text).toContain('self');
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

  it('is in the chosen regions for what does not say its region, else in the default one', async () => {
    const id = await idNamed('web-server-golden-20261114');
    const files = { 'notes.txt': `image ${id}\n` };
    const { out: fine } = await checkFiles(files);
    expect(short(fine)).toEqual([]);
    const { out } = await checkFiles(files, { args: ['--regions', 'eu-west-1,eu-west-2'] });
    expect(short(out)).toEqual(['information not-found']);
    expect(out).toContain('is not in eu-west-1, eu-west-2');
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
    expect(code).not.toBe(2);
  });

  it.each<[string, () => Readonly<Record<string, string>>, RegExp]>([
    ['without credentials', () => ({ AWS_ENDPOINT_URL: server.url }), /^AWS could not be asked\. .*gives any\./],
    ['with a profile that does not exist', () => ({ AWS_PROFILE: 'nobody' }), /^AWS could not be asked\. .*nobody/],
    [
      'where nobody listens',
      () => ({ ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'us-east-1' }),
      /^DescribeImages in us-east-1: .*ECONNREFUSED/,
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
