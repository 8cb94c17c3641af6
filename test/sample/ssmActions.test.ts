import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  GetParametersCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
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
  expect(await found('Type', ['String'], 'BeginsWith')).toBeGreaterThan(5);
  expect(await found('Label', ['latest'])).toBe(0);
  expect((await failure(found('Name', ['x']))).name).toBe('InvalidFilterKey');
  // Only DescribeParameters knows this key.
  expect((await failure(found('DataType', ['text']))).message).toBe(
    'The following filter key is not valid: DataType. Valid filter keys include: [Type, KeyId].',
  );
  expect((await failure(found('Type', ['String'], 'Contains'))).name).toBe('InvalidFilterOption');
  expect((await failure(found('Type', ['Number']))).name).toBe('InvalidFilterValue');
  expect((await failure(found('Type', []))).name).toBe('ValidationException');
  expect((await failure(found('Type', Array<string>(51).fill('String')))).name).toBe('ValidationException');
  expect(await failure(found('Colour', ['x']))).toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining("Value 'Colour' at 'parameterFilters.1.member.key'"),
  });
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
    DataType: 'text',
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

test('ECS says of an image more than its id, as a whole and one by one', async () => {
  const ssm = ssmClient();
  const path = '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended';
  const { Parameters = [] } = await ssm.send(new GetParametersByPathCommand({ Path: path }));
  const members = Object.fromEntries(Parameters.map(({ Name = '', Value }) => [Name.slice(path.length + 1), Value]));
  expect(members).toMatchObject({
    image_id: expect.stringMatching(/^ami-/),
    image_name: expect.stringMatching(/^al2023-ami-ecs-hvm-2023\.0\.\d{8}-kernel-6\.1-x86_64$/),
    image_version: expect.stringMatching(/^2023\.0\.\d{8}$/),
    os: 'Amazon Linux 2023',
    schema_version: '1',
  });
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: path }));
  expect(JSON.parse(Parameter?.Value ?? '')).toEqual({ ...members, schema_version: 1 });
});

test('only Canonical says that a value is an image', async () => {
  const ssm = ssmClient();
  const dataTypes = async (Path: string) => {
    const { Parameters = [] } = await ssm.send(new GetParametersByPathCommand({ Path, Recursive: true }));
    return [...new Set(Parameters.map(({ DataType }) => DataType))];
  };
  expect(await dataTypes('/aws/service/canonical')).toEqual(['aws:ec2:image']);
  for (const path of [LINUX, '/aws/service/ami-windows-latest', '/aws/service/ecs', '/aws/service/eks']) {
    expect(await dataTypes(path)).toEqual(['text']);
  }
});

test('a parameter is found by its ARN and by its version', async () => {
  const ssm = ssmClient();
  const read = async (Name: string) => (await ssm.send(new GetParameterCommand({ Name }))).Parameter;
  const parameter = await read(KERNEL);
  const arn = parameter?.ARN ?? '';
  expect(await read(arn)).toEqual(parameter);
  expect(await read(`${KERNEL}:1`)).toEqual({ ...parameter, Selector: ':1' });
  expect(await read(`${arn}:1`)).toEqual({ ...parameter, Selector: ':1' });
  expect(await failure(read(`${KERNEL}:7`))).toEqual({
    name: 'ParameterVersionNotFound',
    message: `Systems Manager could not find version 7 of ${KERNEL}. Verify the version and try again.`,
    status: 400,
  });
  for (const name of [`${KERNEL}:latest`, `${KERNEL}:1:1`, arn.replace('us-east-1', 'us-west-2'), arn.slice(1)]) {
    expect((await failure(read(name))).name).toBe('ParameterNotFound');
  }
  const { Parameters, InvalidParameters } = await ssm.send(
    new GetParametersCommand({ Names: [`${KERNEL}:1`, `${KERNEL}:7`, arn] }),
  );
  expect(Parameters).toEqual([{ ...parameter, Selector: ':1' }, parameter]);
  expect(InvalidParameters).toEqual([`${KERNEL}:7`]);
});

describe('a request in JSON', () => {
  const ask = async (operation: string, body: string, service = 'ssm') => {
    const answer = await createSampleAccount().handle({
      method: 'POST',
      path: '/',
      query: '',
      headers: {
        ...(service === ''
          ? {}
          : { authorization: `AWS4-HMAC-SHA256 Credential=A/20261120/us-east-1/${service}/aws4_request` }),
        ...(operation === '' ? {} : { 'x-amz-target': `AmazonSSM.${operation}` }),
      },
      body,
    });
    const { __type: type = 'none', message = '' } = JSON.parse(String(answer.body));
    return `${answer.status} ${type}: ${message}`;
  };

  test.each([
    ['GetParameter', 'Name=x'],
    ['GetParameter', '["Name"]'],
    ['GetParameter', 'null'],
    ['GetParameter', '{"Name": 5}'],
    ['GetParameter', '{"Name": ["x"]}'],
    ['GetParameter', '{"Name": "x", "WithDecryption": "yes"}'],
    ['GetParameters', '{"Names": "x"}'],
    ['GetParameters', '{"Names": [null]}'],
    ['GetParametersByPath', '{"Path": "/x", "MaxResults": 5.5}'],
    ['GetParametersByPath', '{"Path": "/x", "MaxResults": "5"}'],
    ['GetParametersByPath', '{"Path": "/x", "Recursive": 1}'],
    ['GetParametersByPath', '{"Path": "/x", "ParameterFilters": {"Key": "Type"}}'],
    ['GetParametersByPath', '{"Path": "/x", "ParameterFilters": ["Type"]}'],
  ])('of another shape than %s has is refused: %s', async (operation, body) => {
    expect(await ask(operation, body)).toBe('400 SerializationException: ');
  });

  test.each([
    ['GetParameter', '', "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    ['GetParameter', '{"Name": null}', "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    [
      'GetParameter',
      '{"Name": ""}',
      "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    ['GetParameters', '{}', "Value null at 'names' failed to satisfy constraint: Member must not be null"],
    [
      'GetParameters',
      '{"Names": []}',
      "Value '[]' at 'names' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'GetParametersByPath',
      '{"Path": ""}',
      "Value '' at 'path' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])('that lacks what %s needs is refused: %s', async (operation, body, unmet) => {
    expect(await ask(operation, body)).toBe(`400 ValidationException: 1 validation error detected: ${unmet}`);
  });

  test('names its operation, is signed, and signed for this service', async () => {
    const body = JSON.stringify({ Name: KERNEL, Unknown: true, WithDecryption: false });
    expect(await ask('GetParameter', body)).toBe('200 none: ');
    expect(await ask('', body)).toBe('400 UnknownOperationException: ');
    expect(await ask('toString', body)).toBe('400 UnknownOperationException: ');
    expect(await ask('GetParameter', body, 'ec2')).toBe(
      "400 InvalidSignatureException: Credential should be scoped to correct service: 'ssm'. ",
    );
    expect(await ask('GetParameter', body, '')).toBe(
      '400 MissingAuthenticationTokenException: Missing Authentication Token',
    );
  });
});
