import { rm } from 'node:fs/promises';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { builtCheck, type Check, folderWith } from '../check/runCheck.ts';
import { type Moto, startMoto } from './moto.ts';

const sample = await startSampleServer();
const moto = await startMoto();
const servers: readonly (readonly [string, SampleServer | Moto])[] = [
  ['the sample account', sample],
  ...(moto ? [['moto', moto] as const] : []),
];

let check: Check;
beforeAll(async () => {
  check = await builtCheck();
});
afterAll(async () => {
  await check?.remove();
  await sample.close();
  await moto?.stop();
});

describe.each(servers)('the check on %s', (_, { url }) => {
  test('tells ids that a region has from those that it does not have', async () => {
    const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
    const ec2 = new EC2Client({ endpoint: url, region: 'us-east-1', credentials });
    const filters = [{ Name: 'name', Values: ['amzn2-ami-*x86_64*'] }];
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'], Filters: filters }));
    ec2.destroy();
    const ids = Images.slice(0, 3).flatMap(({ ImageId }) => ImageId ?? []);
    expect(ids.length).toBeGreaterThan(0);
    const lines = [...ids, 'ami-0b1f2e3d4c5b6a798'].map(
      (id) => `aws ec2 run-instances --region us-east-1 --image-id ${id}`,
    );
    const cwd = await folderWith({ 'run.sh': `#!/bin/sh\n${lines.join('\n')}\n` });
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: url,
    };
    const { out, err } = await check.run(cwd, ['--aws'], env);
    await rm(cwd, { recursive: true, force: true });
    const missing = out.split('\n').filter((line) => line.endsWith('[not-found]'));
    expect(missing).toEqual([
      `run.sh:${ids.length + 2}:53: warning: ami-0b1f2e3d4c5b6a798 was not found in us-east-1, or is not shared with this account. [not-found]`,
    ]);
    expect(err).toMatch(/^[^\n]* references? of 1 file\.\n$/);
  });
});
