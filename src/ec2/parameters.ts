import { type LatestParameter, latestParameter } from '../core/latest.ts';
import type { AwsCalls } from './awsCalls.ts';
import { listPages, type Page } from './listPages.ts';
import { bytesOf } from './readAnswer.ts';
import type { AnswerLimits } from './wholeAnswer.ts';

/** The most that SSM answers (API reference, GetParametersByPath). */
const parametersPerPage = 10;

/** All namespaces together have less to say. More would hold the thread: JSON is parsed in one go. */
const mostBytes = 4_000_000;

interface Parameter {
  readonly name: string;
  readonly value: string;
}

export async function* listLatest(
  calls: AwsCalls,
  region: string,
  path: string,
  signal: AbortSignal,
): AsyncIterable<readonly LatestParameter[]> {
  const call = { operation: 'GetParametersByPath', region, signal };
  const ask = (token: string | undefined): Promise<Page<Parameter>> => {
    const command = new calls.sdk.GetParametersByPathCommand({
      Path: path,
      Recursive: true,
      MaxResults: parametersPerPage,
      ...(token ? { NextToken: token } : {}),
    });
    return calls.ssm(call, command, readParameters, (client, options) => client.send(command, options));
  };
  for await (const page of listPages(call, ask, ({ name }) => name)) {
    yield page.flatMap(({ name, value }) => latestParameter(region, name, value) ?? []);
  }
}

/** @throws Error named SyntaxError for what is no answer of GetParametersByPath */
async function readParameters(body: unknown, limits: AnswerLimits): Promise<Page<Parameter>> {
  const bytes = await bytesOf(body, limits, mostBytes);
  if (!bytes) {
    throw new SyntaxError(`The answer is larger than ${mostBytes} bytes.`);
  }
  // Without the mark that some put before UTF-8.
  const answer = parsed(new TextDecoder().decode(bytes));
  const parameters = property(answer, 'Parameters');
  if (!Array.isArray(parameters)) {
    throw new SyntaxError('The answer has no Parameters.');
  }
  const items = parameters.flatMap((parameter: unknown): Parameter[] => {
    const name = property(parameter, 'Name');
    const value = property(parameter, 'Value');
    return typeof name === 'string' && typeof value === 'string' ? [{ name, value }] : [];
  });
  const nextToken = property(answer, 'NextToken');
  return { items, nextToken: typeof nextToken === 'string' ? nextToken : undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError('The answer is not JSON.', { cause });
  }
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
