import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DescribeImagesCommand } from '@aws-sdk/client-ec2';
import { expect, onTestFinished, test } from 'vitest';
import { clientOf } from './sampleClients.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/sampleServer.ts', import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    output.out += text;
  });
  child.stderr.on('data', (text) => {
    output.err += text;
  });
  return { child, output, exit: once(child, 'exit') };
}

test('serves until it is interrupted, and says where', async () => {
  const { child, output, exit } = start('--images', '2000', '--latency', '1', '--spread', 'recent', '--odd-images');
  await expect.poll(() => output.out, { timeout: 20_000 }).toMatch(/AWS_ENDPOINT_URL_EC2=http:\/\/127\.0\.0\.1:\d+/);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.out)?.[0] ?? '';
  const { Images } = await clientOf(url).send(
    new DescribeImagesCommand({ Filters: [{ Name: 'description', Values: ['Community image*'] }] }),
  );
  expect(Images?.length).toBeGreaterThan(1000);
  child.kill('SIGINT');
  expect(await exit).toEqual([0, null]);
}, 30_000);

/** The shell lines in the output: everything after the first empty line. */
async function shellLines(output: { out: string }): Promise<string> {
  await expect.poll(() => output.out, { timeout: 20_000 }).toContain('aws ec2 describe-images');
  return output.out.slice(output.out.indexOf('\n\n') + 2);
}

/** Whether a command is installed. */
function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version']).status === 0;
}

test.skipIf(process.platform === 'win32')(
  'prints lines that a shell takes as they are',
  async () => {
    const { output } = start();
    const lines = await shellLines(output);
    const show = 'env | grep -E "^(AWS_|NO_PROXY|no_proxy)" | LC_ALL=C sort';
    const shell = spawnSync('sh', ['-c', `aws() { :; }\n${lines}\n${show}`], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        AWS_PROFILE: 'nobody',
        AWS_SESSION_TOKEN: 'of other keys',
        AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
        AWS_USE_FIPS_ENDPOINT: 'true',
        no_proxy: 'example.com',
        AWS_REGION: 'eu-west-1',
      },
    });
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.out)?.[0];
    expect(shell.stderr).toBe('');
    expect(shell.stdout.trim().split('\n')).toEqual([
      'AWS_ACCESS_KEY_ID=sample',
      'AWS_DEFAULT_REGION=us-east-1',
      `AWS_ENDPOINT_URL_EC2=${url}`,
      `AWS_ENDPOINT_URL_SSM=${url}`,
      `AWS_ENDPOINT_URL_STS=${url}`,
      'AWS_REGION=us-east-1',
      'AWS_SECRET_ACCESS_KEY=sample',
      'NO_PROXY=127.0.0.1',
      'no_proxy=127.0.0.1,example.com',
    ]);
  },
  30_000,
);

test.skipIf(process.platform === 'win32' || !isInstalled('aws'))(
  'prints lines after which the AWS CLI asks the sample account, whatever was chosen before',
  async () => {
    const { output } = start();
    const lines = await shellLines(output);
    const more = [
      'aws sts get-caller-identity --query Account',
      'aws ssm get-parameters-by-path --path /aws/service/debian --recursive --max-items 1 --query "Parameters[].Type"',
    ];
    const child = spawn('sh', ['-ec', [lines, ...more].join('\n')], {
      env: {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        // An address where nothing listens.
        HTTP_PROXY: 'http://127.0.0.1:9',
        http_proxy: 'http://127.0.0.1:9',
        no_proxy: 'example.com',
        AWS_PROFILE: 'nobody',
        // Left over from `aws configure export-credentials --format env`.
        AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
        AWS_PAGER: '',
        AWS_CONFIG_FILE: '/nonexistent',
        AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
      },
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        printed += text;
      });
    }
    const [code] = await once(child, 'close');
    expect(printed).toContain('payments-api-4.12.0');
    expect(printed).toContain('"123456789012"');
    expect(printed).toContain('"String"');
    expect(code).toBe(0);
  },
  120_000,
);

test.each([
  [['--port', '70000'], "--port takes a whole number from 0 to 65535, not '70000'."],
  [['--images', 'many'], "--images takes a whole number from 0 to 10000000, not 'many'."],
  [['--latency', '-1'], 'latency'],
  [['--spread', 'thin'], "--spread takes one of even, recent, oneDay, sequentialIds, not 'thin'."],
  [['--color'], "Unknown option '--color'"],
])(
  '%j is refused with a reason',
  async (args, reason) => {
    const { output, exit } = start(...args);
    expect((await exit)[0]).toBe(1);
    expect(output.err).toContain(reason);
    expect(output.err).toContain('Usage:');
  },
  20_000,
);
