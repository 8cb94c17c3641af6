import { afterEach, expect, it } from 'vitest';
import type { LatestParameter } from '../../src/core/latestParameter.ts';
import { latestGroups } from '../../src/core/latestParameterGroups.ts';
import { latestPages } from '../../src/images/latestPages.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

let sample: OpenSample | undefined;
afterEach(async () => {
  await sample?.close();
  sample = undefined;
});

async function found(id: string, region = 'us-east-1') {
  sample ??= await openSample(localEndpoint);
  const { ec2 } = await sample.open();
  const group = latestGroups.find((one) => one.id === id);
  const parameters = new Map<string, LatestParameter>();
  let error: unknown;
  try {
    for await (const page of latestPages(
      ec2,
      region,
      group ?? { id, name: '', namespace: '', known: [] },
      new AbortController().signal,
    )) {
      for (const parameter of page) {
        parameters.set(parameter.id, parameter);
      }
    }
  } catch (failure) {
    error = failure;
  }
  return { names: [...parameters.keys()].map((name) => name.replace('/aws/service/', '')), error };
}

it.each([
  ['ecs', 'ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id'],
  ['ecs', 'ecs/optimized-ami/amazon-linux-2023/neuron/recommended/image_id'],
  ['ecs', 'ecs/optimized-ami/amazon-linux-2/kernel-5.10/arm64/recommended/image_id'],
  ['eks', 'eks/optimized-ami/1.33/amazon-linux-2023/arm64/nvidia/recommended/image_id'],
  ['bottlerocket', 'bottlerocket/aws-k8s-1.33-fips/arm64/latest/image_id'],
  ['ubuntu', 'canonical/ubuntu/pro-server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id'],
  // Its kernel is in none of the known paths.
  ['ecs', 'ecs/optimized-ami/amazon-linux-2023/kernel-6.12/arm64/recommended/image_id'],
])('finds in %s all that the namespace has: %s', async (id, name) => {
  const { names, error } = await found(id);
  expect(error).toBeUndefined();
  expect(names).toContain(name);
  expect(names.filter((one) => /20\d{6}/.test(one))).toEqual([]);
});

it.each([
  ['suse', 'sa-east-1', 1],
  // The first pages are the whole namespace.
  ['debian', 'us-east-1', 1],
])('asks once where that is all: %s in %s', async (id, region, calls) => {
  sample = await openSample(localEndpoint);
  sample.server.requests.length = 0;
  expect((await found(id, region)).error).toBeUndefined();
  expect(sample.server.requests).toHaveLength(calls);
});

it('goes on where one path fails, and tells in the end', async () => {
  sample = await openSample(localEndpoint);
  sample.server.faults.add({ kind: 'access-denied', action: 'GetParametersByPath', count: 1 });
  const { names, error } = await found('ecs');
  expect(error).toMatchObject({ kind: 'access-denied' });
  expect(names).toContain('ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id');
});

it('does not ask for path after path where nothing is answered', async () => {
  sample = await openSample(localEndpoint);
  sample.server.faults.add({ kind: 'access-denied', action: 'GetParametersByPath' });
  sample.server.requests.length = 0;
  const { names, error } = await found('bottlerocket');
  expect(error).toMatchObject({ kind: 'access-denied' });
  expect(names).toEqual([]);
  expect(sample.server.requests.length).toBeLessThan(6);
});
