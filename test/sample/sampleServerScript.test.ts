import { spawn } from 'node:child_process';
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
