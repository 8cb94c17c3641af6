import type { DescribeInstancesCommandInput } from '@aws-sdk/client-ec2';
import type { Instance } from '../core/instance.ts';
import { toInstance } from './answers/toInstance.ts';
import type { AwsCalls } from './calls/awsCalls.ts';
import { type Description, describeIds, describePages } from './calls/describe.ts';
import type { InstanceReader } from './port.ts';

/** Instances a page: each takes as much as three images. */
const pageSize = 150;

const instancesDescription: Description<DescribeInstancesCommandInput, Instance> = {
  operation: 'DescribeInstances',
  shape: {
    root: 'DescribeInstancesResponse',
    has: 'reservationSet',
    items: ['reservationSet', 'item', 'instancesSet', 'item'],
  },
  question: (sdk, input) => {
    const command = new sdk.DescribeInstancesCommand(input);
    return { command, send: (client, options) => client.send(command, options) };
  },
  read: toInstance,
  idOf: ({ id }) => id,
};

export function instanceReader(calls: AwsCalls): InstanceReader {
  return {
    listInstances: (region, signal) =>
      describePages(calls, instancesDescription, region, { MaxResults: pageSize }, signal),

    describeInstances(region, ids, signal) {
      const inputOf = (some: string[]) => ({ Filters: [{ Name: 'instance-id', Values: some }] });
      return describeIds(calls, instancesDescription, region, ids, inputOf, signal);
    },
  };
}
