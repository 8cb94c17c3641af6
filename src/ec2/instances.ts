import type { DescribeInstancesCommandInput } from '@aws-sdk/client-ec2';
import type { Instance } from '../core/instance.ts';
import type { AwsCalls, Call } from './awsCalls.ts';
import { batches, listPages, type Page } from './listPages.ts';
import { toInstance } from './toInstance.ts';
import { readXmlPage } from './xmlAnswer.ts';

/** Instances a page: so few that the first ones are soon there to be seen. */
const pageSize = 150;

/** A filter takes at most 200 values. */
const idsPerCall = 150;

export function listInstances(
  calls: AwsCalls,
  region: string,
  signal: AbortSignal,
): AsyncIterable<readonly Instance[]> {
  const call = { operation: 'DescribeInstances', region, signal };
  return listPages(
    call,
    (token) => describe(calls, call, { MaxResults: pageSize, ...(token ? { NextToken: token } : {}) }),
    ({ id }) => id,
  );
}

export async function describeInstances(
  calls: AwsCalls,
  region: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly Instance[]> {
  const call = { operation: 'DescribeInstances', region, signal };
  const instances: Instance[] = [];
  for (const batch of batches(ids, idsPerCall)) {
    const { items } = await describe(calls, call, { Filters: [{ Name: 'instance-id', Values: [...batch] }] });
    instances.push(...items);
  }
  return instances;
}

function describe(calls: AwsCalls, call: Call, input: DescribeInstancesCommandInput): Promise<Page<Instance>> {
  const command = new calls.sdk.DescribeInstancesCommand(input);
  return calls.ec2(
    call,
    command,
    (body, limits) =>
      readXmlPage(
        body,
        {
          root: 'DescribeInstancesResponse',
          has: 'reservationSet',
          items: ['reservationSet', 'item', 'instancesSet', 'item'],
        },
        (instance) => toInstance(instance, call.region),
        limits,
      ),
    (client, options) => client.send(command, options),
  );
}
