import {
  CreateImageCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
} from '@aws-sdk/client-ec2';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Fault, Faults } from '../../src/sample/faults.ts';
import { clientOf, failure, servedSample, stsClientOf } from './sampleClients.ts';

const OWN = { Owners: ['self'] };

describe('a fault', () => {
  test.each<[Fault['kind'], string, number]>([
    ['throttled', 'RequestLimitExceeded', 503],
    ['server-error', 'InternalError', 500],
    ['unavailable', 'Unavailable', 503],
    ['expired-credentials', 'RequestExpired', 400],
    ['access-denied', 'UnauthorizedOperation', 403],
    ['not-opted-in', 'AuthFailure', 401],
  ])('%s is answered as %s, once', async (kind, name, status) => {
    const server = await servedSample();
    const ec2 = clientOf(server.url);
    server.faults.add({ kind, count: 1 });
    expect(await failure(ec2.send(new DescribeImagesCommand(OWN)))).toMatchObject({ name, status });
    expect((await ec2.send(new DescribeImagesCommand(OWN))).Images?.length).toBeGreaterThan(30);
  });

  test.each<Fault['kind']>(['cut', 'malformed-xml', 'html', 'drop-answer'])('%s makes the SDK fail', async (kind) => {
    const server = await servedSample();
    const ec2 = clientOf(server.url);
    server.faults.add({ kind, count: 1 });
    await failure(ec2.send(new DescribeImagesCommand(OWN)));
    expect(server.requests).toMatchObject([{ fault: kind }]);
    expect((await ec2.send(new DescribeImagesCommand(OWN))).Images?.length).toBeGreaterThan(30);
  });

  test('meets only its operation and region until it is switched off', async () => {
    const server = await servedSample();
    const ec2 = clientOf(server.url);
    const off = server.faults.add({ kind: 'access-denied', action: 'DescribeInstances', region: 'us-east-1' });
    await ec2.send(new DescribeRegionsCommand({}));
    await clientOf(server.url, 'eu-west-1').send(new DescribeInstancesCommand({}));
    const denied = await failure(ec2.send(new DescribeInstancesCommand({})));
    expect(denied.message).toContain('is not authorized to perform: ec2:DescribeInstances');
    expect((await failure(ec2.send(new DescribeInstancesCommand({})))).name).toBe('UnauthorizedOperation');
    off();
    await ec2.send(new DescribeInstancesCommand({}));
  });

  test.each(['GET', 'POST'])('of paging meets a %s', async (method) => {
    const server = await servedSample();
    const authorization = 'AWS4-HMAC-SHA256 Credential=A/20261120/us-east-1/ec2/aws4_request';
    const ask = async (parameters: string) => {
      const query = `MaxResults=5&${parameters}&Action=DescribeImages&Version=2016-11-15&Owner.1=self`;
      const answer =
        method === 'GET'
          ? fetch(`${server.url}/?${query}`, { headers: { authorization } })
          : fetch(server.url, { method, body: query, headers: { authorization } });
      const xml = await (await answer).text();
      return [xml.match(/<imageId>/g)?.length, /<nextToken>([^<]*)</.exec(xml)?.[1]];
    };
    server.faults.add({ kind: 'unpaged', count: 1 });
    expect(await ask('')).toEqual([33, undefined]);
    server.faults.add({ kind: 'same-token' });
    expect(await ask('')).toEqual([5, 'again']);
    expect(await ask('NextToken=again')).toEqual([5, 'again']);
  });

  test('of the same token meets SSM, too', async () => {
    const server = await servedSample();
    const credentials = { accessKeyId: 'AKIASAMPLE', secretAccessKey: 'sample' };
    const ssm = new SSMClient({ region: 'us-east-1', credentials, endpoint: server.url, maxAttempts: 1 });
    onTestFinished(() => ssm.destroy());
    server.faults.add({ kind: 'same-token' });
    const page = (NextToken?: string) =>
      ssm.send(new GetParametersByPathCommand({ Path: '/aws/service/ami-amazon-linux-latest', NextToken }));
    const first = await page();
    expect(first.NextToken).toBe('again');
    expect((await page('again')).Parameters).toEqual(first.Parameters);
  });

  test('of a token meets a listing that goes on', async () => {
    const server = await servedSample();
    const ec2 = clientOf(server.url);
    server.faults.add({ kind: 'invalid-token', count: 1 });
    const { NextToken } = await ec2.send(new DescribeImagesCommand({ ...OWN, MaxResults: 5 }));
    const next = () => ec2.send(new DescribeImagesCommand({ ...OWN, MaxResults: 5, NextToken }));
    expect(await failure(next())).toMatchObject({ name: 'InvalidPaginationToken', status: 400 });
    expect((await next()).Images).toHaveLength(5);
  });

  test('lets requests pass, and meets a share of the others, the same on every run', () => {
    const met = () => {
      const faults = new Faults();
      faults.add({ kind: 'throttled', skip: 10, probability: 0.2, count: 100 });
      return Array.from({ length: 1000 }, () => (faults.take('DescribeImages', 'us-east-1') ? 1 : 0));
    };
    const times = met();
    expect(met()).toEqual(times);
    expect(times.slice(0, 10)).not.toContain(1);
    expect(times.filter((once) => once === 1)).toHaveLength(100);
    expect(times.indexOf(1)).toBeLessThan(40);
    expect(times.lastIndexOf(1)).toBeGreaterThan(400);
    expect(times.lastIndexOf(1)).toBeLessThan(700);
  });

  test('is retried by an SDK that may', async () => {
    const server = await servedSample();
    server.faults.add({ kind: 'server-error', count: 1 });
    const { $metadata } = await clientOf(server.url, 'us-east-1', 2).send(new DescribeImagesCommand(OWN));
    expect($metadata.attempts).toBe(2);
    expect(server.requests.map(({ fault }) => fault)).toEqual(['server-error', undefined]);
  });

  test('of the answer leaves the request carried out', async () => {
    const server = await servedSample();
    const ec2 = clientOf(server.url);
    const { Reservations } = await ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: ['web-1'] }] }),
    );
    const InstanceId = Reservations?.[0]?.Instances?.[0]?.InstanceId;
    server.faults.add({ kind: 'drop-answer', action: 'CreateImage', count: 1 });
    const input = { InstanceId, Name: 'the answer got lost' };
    await failure(ec2.send(new CreateImageCommand(input)));
    expect((await failure(ec2.send(new CreateImageCommand(input)))).name).toBe('InvalidAMIName.Duplicate');
    expect(server.account.reboots).toHaveLength(1);
  });

  test('that hangs ends with the caller’s timeout, and does not keep the server from closing', async () => {
    const server = await servedSample();
    server.faults.add({ kind: 'hang' });
    const controller = new AbortController();
    const ec2 = clientOf(server.url);
    const given = failure(ec2.send(new DescribeImagesCommand(OWN), { abortSignal: controller.signal }));
    const left = failure(clientOf(server.url).send(new DescribeImagesCommand(OWN)));
    await expect.poll(() => server.requests.length).toBe(2);
    controller.abort();
    expect((await given).name).toBe('AbortError');
    await server.close();
    await left;
  });

  test('that holds an answer back lets it go when the faults are cleared', async () => {
    const server = await servedSample();
    const ec2 = clientOf(server.url);
    server.faults.add({ kind: 'hold', action: 'DescribeImages' });
    let isAnswered = false;
    const held = ec2.send(new DescribeImagesCommand(OWN)).finally(() => {
      isAnswered = true;
    });
    await expect.poll(() => server.requests.length).toBe(1);
    // Another operation is answered in the meantime.
    expect((await ec2.send(new DescribeInstancesCommand({}))).Reservations).not.toEqual([]);
    expect(isAnswered).toBe(false);
    server.faults.clear();
    expect((await held).Images).not.toEqual([]);
  });

  test('speaks STS’s language to STS', async () => {
    const server = await servedSample();
    const sts = stsClientOf(server.url);
    server.faults.add({ kind: 'expired-credentials', count: 1 });
    expect((await failure(sts.send(new GetCallerIdentityCommand({})))).name).toBe('ExpiredToken');
    server.faults.add({ kind: 'access-denied', count: 1 });
    expect((await failure(sts.send(new GetCallerIdentityCommand({})))).name).toBe('AccessDenied');
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('123456789012');
  });
});

describe('from another process', () => {
  const post = (url: string, value: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(value) });

  test('faults are switched, requests read and all is reset', async () => {
    const server = await servedSample();
    const ec2 = clientOf(server.url);
    const faults = `${server.url}/_sample/faults`;
    const fault = {
      kind: 'error',
      action: 'DescribeImages',
      code: 'InvalidAMIID.NotFound',
      message: 'Not yet.',
      count: 2,
    };
    expect(await (await post(faults, fault)).json()).toEqual([fault]);
    expect(await failure(ec2.send(new DescribeImagesCommand(OWN)))).toEqual({
      name: 'InvalidAMIID.NotFound',
      message: 'Not yet.',
      status: 400,
    });
    expect(await (await fetch(faults)).json()).toEqual([{ ...fault, count: 1 }]);
    const requests = await (await fetch(`${server.url}/_sample/requests`)).json();
    expect(requests).toMatchObject([
      { service: 'ec2', action: 'DescribeImages', region: 'us-east-1', params: { 'Owner.1': 'self' }, fault: 'error' },
    ]);
    await post(`${server.url}/_sample/reset`, {});
    expect(server.requests).toEqual([]);
    expect(await (await fetch(faults)).json()).toEqual([]);
    expect(await (await fetch(`${server.url}/_sample/reboots`)).json()).toEqual([]);
  });

  test('nonsense is refused with a reason', async () => {
    const server = await servedSample();
    const answer = await post(`${server.url}/_sample/faults`, { kind: 'earthquake' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringContaining('Unknown kind of fault: earthquake') });
    expect((await post(`${server.url}/_sample/faults`, { kind: 'hang', count: 'many' })).status).toBe(400);
    expect((await post(`${server.url}/_sample/faults`, { kind: 'hang', probability: 2 })).status).toBe(400);
    expect((await fetch(`${server.url}/_sample/elsewhere`)).status).toBe(404);
    expect(server.faults.list()).toEqual([]);
  });
});
