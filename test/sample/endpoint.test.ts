import {
  DeregisterImageCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeSnapshotsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { createSampleAccount } from '../../src/sample/account.ts';
import { sampleRequestHandler } from '../../src/sample/requestHandler.ts';
import { clientOf, failure, handClock, sampleEc2, servedSample, stsClientOf } from './sampleClients.ts';

describe('both doors', () => {
  test('give the same answers', async () => {
    const server = await servedSample();
    const { ec2, sts } = sampleEc2();
    const served = clientOf(server.url);
    const images = async (client: EC2Client) =>
      (await client.send(new DescribeImagesCommand({ ExecutableUsers: ['self'] }))).Images;
    expect(await images(served)).toEqual(await images(ec2));
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe('arn:aws:iam::123456789012:user/sample');
    expect((await stsClientOf(server.url).send(new GetCallerIdentityCommand({}))).Arn).toBe(identity.Arn);
  });

  test('refuse operations that they do not know as EC2 does', async () => {
    const { ec2 } = sampleEc2();
    expect(await failure(ec2.send(new DeregisterImageCommand({ ImageId: 'ami-12345678' })))).toEqual({
      name: 'InvalidAction',
      message: 'The action DeregisterImage is not valid for this web service.',
      status: 400,
    });
  });

  test('answer a dry run of reading too', async () => {
    const { ec2 } = sampleEc2();
    const calls = [
      ec2.send(new DescribeImagesCommand({ DryRun: true })),
      ec2.send(new DescribeRegionsCommand({ DryRun: true })),
      ec2.send(new DescribeInstancesCommand({ DryRun: true })),
      ec2.send(new DescribeSnapshotsCommand({ DryRun: true })),
      ec2.send(new DescribeTagsCommand({ DryRun: true })),
      ec2.send(new DescribeVolumesCommand({ DryRun: true })),
    ];
    for (const call of calls.map(failure)) {
      expect(await call).toMatchObject({ name: 'DryRunOperation', status: 412 });
    }
  });
});

describe('the request handler', () => {
  test('gives up when it is told to, before and while it waits', async () => {
    const requestHandler = sampleRequestHandler(createSampleAccount(), { latency: 60_000 });
    const ec2 = new EC2Client({
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      requestHandler,
    });
    const send = (abortSignal: AbortSignal) => failure(ec2.send(new DescribeRegionsCommand({}), { abortSignal }));
    expect((await send(AbortSignal.abort())).name).toBe('AbortError');
    const controller = new AbortController();
    const call = send(controller.signal);
    setTimeout(() => controller.abort(), 20);
    expect((await call).name).toBe('AbortError');
  });
});

describe('over HTTP', () => {
  test('requests without a signature are refused, in EC2’s form', async () => {
    const server = await servedSample();
    const answer = await fetch(server.url, { method: 'POST', body: 'Action=DescribeRegions&Version=2016-11-15' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Response><Errors><Error><Code>MissingParameter<\/Code><Message>[^<]+<\/Message><\/Error><\/Errors><RequestID>[0-9a-f-]{36}<\/RequestID><\/Response>$/,
    );
  });

  test('answers have EC2’s elements', async () => {
    const server = await servedSample();
    const authorization =
      'AWS4-HMAC-SHA256 Credential=AKID/20261120/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0';
    const query = 'Action=DescribeImages&Version=2016-11-15&Owner.1=self&Filter.1.Name=name&Filter.1.Value.1=';
    const ask = async (name: string) =>
      (await fetch(`${server.url}/?${query}${name}`, { headers: { authorization } })).text();
    const appliance = await ask('appliance-*');
    expect(appliance).toContain('<DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>');
    expect(appliance).toContain('<imageOwnerId>123456789012</imageOwnerId><creationDate>2026-08-11T03:51:19.000Z<');
    expect(appliance).toMatch(
      /<ebs><snapshotId>snap-[0-9a-f]{17}<\/snapshotId><volumeSize>24<\/volumeSize><deleteOnTermination>true<\/deleteOnTermination><volumeType>gp2<\/volumeType><encrypted>false<\/encrypted><\/ebs><\/item><item><deviceName>\/dev\/sdb<\/deviceName><noDevice\/><\/item>/,
    );
    expect(await ask('nothing')).toContain('<imagesSet/></DescribeImagesResponse>');
  });

  test('a port that is taken is an error', async () => {
    const server = await servedSample();
    await expect(servedSample({ port: Number(new URL(server.url).port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

describe('request limits', () => {
  test('hold for each region and operation, and buckets fill again', async () => {
    const clock = handClock();
    const server = await servedSample({ throttle: true, now: clock.now });
    const ec2 = clientOf(server.url);
    const ask = (client = ec2) => client.send(new DescribeRegionsCommand({}));
    await Promise.all(Array.from({ length: 100 }, () => ask()));
    expect(await failure(ask())).toMatchObject({ name: 'RequestLimitExceeded', status: 503 });
    await ask(clientOf(server.url, 'eu-west-1'));
    await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
    clock.advance(0.1);
    await ask();
    await ask();
    expect((await failure(ask())).name).toBe('RequestLimitExceeded');
  });

  test('count requests on arrival, not when they are answered', async () => {
    const clock = handClock();
    const server = await servedSample({ throttle: true, now: clock.now, latency: 300 });
    const ec2 = clientOf(server.url);
    const calls = Array.from({ length: 101 }, () => ec2.send(new DescribeRegionsCommand({})));
    const settled = Promise.allSettled(calls);
    await expect.poll(() => server.requests.length, { interval: 5 }).toBe(101);
    clock.advance(3600);
    const refused = (await settled).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(1);
    await ec2.send(new DescribeRegionsCommand({}));
  });

  test('do not apply unless asked for', async () => {
    const { ec2 } = sampleEc2({ now: handClock().now });
    const answers = await Promise.all(Array.from({ length: 120 }, () => ec2.send(new DescribeRegionsCommand({}))));
    expect(answers.filter(({ Regions }) => Regions === undefined || Regions.length === 0)).toEqual([]);
  });
});
