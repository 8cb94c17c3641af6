import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  GetParametersCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { createSampleAccount, type SampleAccountOptions } from '../../src/sample/account.ts';
import { sampleRequestHandler } from '../../src/sample/requestHandler.ts';
import { failure } from './sampleClients.ts';

const LINUX = '/aws/service/ami-amazon-linux-latest';
const KERNEL = `${LINUX}/al2023-ami-kernel-6.1-x86_64`;

function ssmClient(options: SampleAccountOptions = {}, region = 'us-east-1'): SSMClient {
  const credentials = { accessKeyId: 'AKIASAMPLE', secretAccessKey: 'sample' };
  const requestHandler = sampleRequestHandler(createSampleAccount(options), { latency: 0 });
  return new SSMClient({ region, credentials, requestHandler, maxAttempts: 1 });
}

test('parameters are found by path, page by page', async () => {
  const ssm = ssmClient();
  const names: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ssm.send(
      new GetParametersByPathCommand({ Path: '/aws/service/canonical', Recursive: true, NextToken }),
    );
    expect(page.Parameters?.length).toBeLessThanOrEqual(10);
    names.push(...(page.Parameters ?? []).map(({ Name }) => Name));
    NextToken = page.NextToken;
  } while (NextToken);
  expect(names.length).toBeGreaterThan(10);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => name?.startsWith('/aws/service/canonical/'))).toBe(true);
});

test('only those right below a path are found unless more is asked for, and none elsewhere', async () => {
  const ssm = ssmClient();
  const count = async (input: GetParametersByPathCommandInput) =>
    (await ssm.send(new GetParametersByPathCommand(input))).Parameters?.length;
  expect(await count({ Path: LINUX })).toBeGreaterThan(5);
  expect(await count({ Path: `${LINUX}/` })).toBeGreaterThan(5);
  expect(await count({ Path: '/aws/service' })).toBe(0);
  expect(await count({ Path: '/aws/service', Recursive: true, MaxResults: 3 })).toBe(3);
  expect(await count({ Path: '/', Recursive: true })).toBe(0);
  expect(await count({ Path: KERNEL, Recursive: true })).toBe(0);
});

test('filters are those that SSM has', async () => {
  const ssm = ssmClient();
  const found = async (Key: string, Values: string[], Option?: string) => {
    const input = { Path: LINUX, ParameterFilters: [{ Key, Values, Option }] };
    return (await ssm.send(new GetParametersByPathCommand(input))).Parameters?.length;
  };
  expect(await found('Type', ['String', 'SecureString'])).toBeGreaterThan(5);
  expect(await found('Type', ['SecureString'])).toBe(0);
  expect(await found('DataType', ['aws:ec2'], 'BeginsWith')).toBeGreaterThan(5);
  expect(await found('Label', ['latest'])).toBe(0);
  expect((await failure(found('Name', ['x']))).name).toBe('InvalidFilterKey');
  expect((await failure(found('Type', ['x'], 'Contains'))).name).toBe('InvalidFilterOption');
});

test('sizes and tokens out of place are refused in the words of SSM', async () => {
  const ssm = ssmClient();
  const refused = async (input: Partial<GetParametersByPathCommandInput>) =>
    failure(ssm.send(new GetParametersByPathCommand({ Path: LINUX, ...input })));
  expect(await refused({ MaxResults: 11 })).toEqual({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '11' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10",
    status: 400,
  });
  expect((await refused({ MaxResults: 0 })).message).toContain('Member must have value greater than or equal to 1');
  expect((await refused({ Path: 'aws/service' })).name).toBe('ValidationException');
  expect((await refused({ NextToken: '10' })).name).toBe('InvalidNextToken');
  const { NextToken } = await ssm.send(new GetParametersByPathCommand({ Path: LINUX, MaxResults: 2 }));
  expect((await refused({ Path: '/aws/service/debian', NextToken })).name).toBe('InvalidNextToken');
});

test('parameters are read by name', async () => {
  const ssm = ssmClient();
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: KERNEL }));
  expect(Parameter).toMatchObject({
    ARN: `arn:aws:ssm:us-east-1::parameter${KERNEL}`,
    DataType: 'aws:ec2:image',
    Name: KERNEL,
    Type: 'String',
    Value: expect.stringMatching(/^ami-[0-9a-f]{17}$/),
  });
  const { Parameters, InvalidParameters } = await ssm.send(
    new GetParametersCommand({ Names: [KERNEL, '/none/of/them', KERNEL] }),
  );
  expect(Parameters).toEqual([Parameter]);
  expect(InvalidParameters).toEqual(['/none/of/them']);
  expect((await failure(ssm.send(new GetParameterCommand({ Name: '/none/of/them' })))).name).toBe('ParameterNotFound');
  const many = Array.from({ length: 11 }, (_, number) => `/p/${number}`);
  expect((await failure(ssm.send(new GetParametersCommand({ Names: many })))).name).toBe('ValidationException');
});

test('what the account does not have of SSM is said, and limits apply in its words', async () => {
  const ssm = ssmClient({ throttle: true, now: () => new Date(0) });
  expect((await failure(ssm.send(new GetParameterHistoryCommand({ Name: KERNEL })))).name).toBe(
    'UnknownOperationException',
  );
  const ask = () => ssm.send(new GetParameterCommand({ Name: KERNEL }));
  await Promise.all(Array.from({ length: 100 }, ask));
  expect(await failure(ask())).toEqual({ name: 'ThrottlingException', message: 'Rate exceeded', status: 400 });
  expect((await failure(ssmClient({}, 'ap-east-1').send(new GetParameterCommand({ Name: KERNEL })))).name).toBe(
    'UnrecognizedClientException',
  );
});
