import type { EC2Client, Filter } from '@aws-sdk/client-ec2';
import type { Command } from '../answers/readAnswer.ts';
import { readXmlAnswer, type XmlShape } from '../answers/xmlAnswer.ts';
import type { XmlElement } from '../answers/xmlElement.ts';
import type { Sdk } from '../loadSdk.ts';
import type { AwsCalls, Call, SendOptions } from './awsCalls.ts';
import { listPages, type Page } from './listPages.ts';

/** What the inputs of all Describe operations have. */
interface DescribeInput {
  Filters?: Filter[] | undefined;
  NextToken?: string | undefined;
}

interface DescribeQuestion {
  readonly command: Command;
  /** Sends `command`. */
  readonly send: (client: EC2Client, options: SendOptions) => Promise<unknown>;
}

/** A Describe operation of EC2. */
export interface Description<I extends DescribeInput, T> {
  readonly operation: string;
  readonly shape: XmlShape;
  readonly question: (sdk: Sdk, input: I) => DescribeQuestion;
  /** Converts an item; undefined leaves it out. */
  readonly read: (item: XmlElement, region: string) => T | undefined;
  readonly idOf: (item: T) => string;
}

/** Lists page by page. Rejects as `listPages`. */
export function describePages<I extends DescribeInput, T>(
  calls: AwsCalls,
  { operation, shape, question, read, idOf }: Description<I, T>,
  region: string,
  input: I,
  signal: AbortSignal,
): AsyncIterable<readonly T[]> {
  const call: Call = { operation, region, signal };
  const ask = async (token: string | undefined): Promise<Page<T>> => {
    const { command, send } = question(calls.sdk, token === undefined ? input : { ...input, NextToken: token });
    const { items, rest } = await calls.ec2(
      call,
      command,
      (body, limits) => readXmlAnswer(body, shape, (item) => read(item, region), limits),
      send,
    );
    return { items, nextToken: rest.text('nextToken') };
  };
  return listPages(call, ask, idOf);
}

/** EC2's limit for the values of a filter; a call may have 1,000 ids otherwise. */
const idsPerCall = 200;

/**
 * The items with these ids that exist, in no order. Pages are followed, and items with other ids left out: some
 * endpoints answer in that way.
 *
 * @param inputOf makes the input that asks for some of the ids
 */
export async function describeIds<I extends DescribeInput, T>(
  calls: AwsCalls,
  description: Description<I, T>,
  region: string,
  ids: readonly string[],
  inputOf: (ids: string[]) => I,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const found = new Map<string, T>();
  for (let start = 0; start < ids.length; start += idsPerCall) {
    const some = ids.slice(start, start + idsPerCall);
    const missing = new Set(some);
    for await (const page of describePages(calls, description, region, inputOf(some), signal)) {
      for (const item of page) {
        const id = description.idOf(item);
        if (missing.delete(id)) {
          found.set(id, item);
        }
      }
      if (missing.size === 0) {
        // Even if the answer names a next page.
        break;
      }
    }
  }
  return [...found.values()];
}
