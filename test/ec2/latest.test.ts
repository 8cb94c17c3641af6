import { afterEach, describe, expect, it } from 'vitest';
import type { LatestParameter } from '../../src/core/latestParameter.ts';
import { latestGroups } from '../../src/core/latestParameterGroups.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { allOf } from './allOf.ts';
import { localEndpoint, type OpenSample, openSample } from './openSample.ts';

let sample: OpenSample | undefined;
afterEach(() => sample?.close());

const signal = new AbortController().signal;

async function below(connection: Connection, path: string, region = 'us-east-1'): Promise<readonly LatestParameter[]> {
  return allOf(connection.ec2.listLatest(region, path, signal));
}

describe('listLatest', () => {
  it('finds something of every group, which names images that the region has', async () => {
    sample = await openSample(localEndpoint);
    const connection = await sample.open();
    for (const { id, namespace } of latestGroups) {
      const found = await below(connection, namespace);
      expect(found.length, id).toBeGreaterThan(0);
      const [first] = found;
      const images = await connection.ec2.describeImages('us-east-1', [first?.imageId ?? ''], signal);
      expect(images, id).toHaveLength(1);
    }
  });

  it('follows the pages, each once, and goes where EC2 goes', async () => {
    sample = await openSample(localEndpoint);
    const found = await below(await sample.open(), '/aws/service/ami-windows-latest');
    const asked = sample.server.requests.filter(({ service }) => service === 'ssm');
    expect(found.length).toBeGreaterThan(10);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(asked).toHaveLength(Math.ceil(found.length / 10));
    expect(asked[0]).toMatchObject({
      action: 'GetParametersByPath',
      region: 'us-east-1',
      params: { Recursive: 'true' },
    });
  });

  it('finds nothing where a region lacks a namespace', async () => {
    sample = await openSample(localEndpoint);
    expect(await below(await sample.open(), '/aws/service/suse', 'sa-east-1')).toEqual([]);
  });

  it.each([
    ['access-denied', 'access-denied'],
    ['expired-credentials', 'credentials-expired'],
    ['html', 'unavailable'],
  ] as const)('says what failed: %s', async (fault, kind) => {
    sample = await openSample(localEndpoint);
    sample.server.faults.add({ kind: fault, action: 'GetParametersByPath' });
    const connection = await sample.open();
    await expect(below(connection, '/aws/service/suse')).rejects.toMatchObject({
      kind,
      operation: 'GetParametersByPath',
      region: 'us-east-1',
    });
  });

  it('asks an endpoint of its own where there is one', async () => {
    sample = await openSample({ ...localEndpoint, AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:9' });
    const connection = await sample.open();
    await expect(below(connection, '/aws/service/suse')).rejects.toMatchObject({ kind: 'network' });
  });
});
