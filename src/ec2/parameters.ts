import * as v from 'valibot';
import { type LatestParameter, latestParameter } from '../core/latestParameter.ts';
import { ifKnown, listOf, read } from '../core/schemas.ts';
import { AnswerError } from './answers/answerError.ts';
import { bytesOf } from './answers/readAnswer.ts';
import type { AnswerLimits } from './answers/wholeAnswer.ts';
import type { AwsCalls } from './calls/awsCalls.ts';
import { listPages, type Page } from './calls/listPages.ts';
import type { ParameterReader } from './port.ts';

/** SSM's limit for an answer and for a question (API reference, GetParametersByPath and GetParameters). */
const parametersPerPage = 10;

/** All namespaces together are smaller. JSON is parsed in one go, and more of it would hold the thread. */
const mostBytes = 4_000_000;

const parameterSchema = v.object({ Name: v.string(), Value: v.string(), Selector: ifKnown(v.string()) });

const answerSchema = v.object({ Parameters: listOf(parameterSchema), NextToken: ifKnown(v.string()) });

type Parameter = v.InferOutput<typeof parameterSchema>;

export function parameterReader(calls: AwsCalls): ParameterReader {
  return {
    listLatest: (region, path, signal) => listLatest(calls, region, path, signal),
    parameterValues: (region, names, signal) => parameterValues(calls, region, names, signal),
  };
}

async function parameterValues(
  calls: AwsCalls,
  region: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  const distinct = [...new Set(names)];
  for (let start = 0; start < distinct.length; start += parametersPerPage) {
    const command = new calls.sdk.GetParametersCommand({ Names: distinct.slice(start, start + parametersPerPage) });
    const call = { operation: 'GetParameters', region, signal };
    const { items } = await calls.ssm(call, command, readParameters, (client, options) =>
      client.send(command, options),
    );
    for (const { Name, Value, Selector = '' } of items) {
      values.set(Name + Selector, Value);
    }
  }
  return values;
}

async function* listLatest(
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
  for await (const page of listPages(call, ask, ({ Name }) => Name)) {
    yield page.flatMap(({ Name, Value }) => latestParameter(region, Name, Value) ?? []);
  }
}

/** @throws SyntaxError for a body that is no answer of GetParametersByPath */
async function readParameters(body: unknown, limits: AnswerLimits): Promise<Page<Parameter>> {
  const bytes = await bytesOf(body, limits, mostBytes);
  if (!bytes) {
    throw new AnswerError({ kind: 'answer-too-large', bytes: mostBytes });
  }
  // TextDecoder drops a byte order mark.
  const answer = read(answerSchema, parsed(new TextDecoder().decode(bytes)));
  if (!answer) {
    throw new AnswerError({ kind: 'answer-without', what: 'Parameters' });
  }
  return { items: answer.Parameters, nextToken: answer.NextToken };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AnswerError({ kind: 'answer-no-json' }, { cause });
  }
}
