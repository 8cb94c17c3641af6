import { EC2Client } from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import { createSampleAccount, type SampleAccountOptions } from '../../src/sample/account.ts';
import { type SampleServer, type SampleServerOptions, startSampleServer } from '../../src/sample/httpServer.ts';
import { sampleRequestHandler } from '../../src/sample/requestHandler.ts';

const CREDENTIALS = { accessKeyId: 'AKIASAMPLE', secretAccessKey: 'sample' };

/** A sample account without a port, with an EC2 client. */
export function sampleEc2(options: SampleAccountOptions = {}, region = 'us-east-1') {
  const account = createSampleAccount(options);
  const requestHandler = sampleRequestHandler(account, { latency: 0 });
  const ec2 = new EC2Client({ region, credentials: CREDENTIALS, requestHandler, maxAttempts: 1 });
  const sts = new STSClient({ region, credentials: CREDENTIALS, requestHandler, maxAttempts: 1 });
  return { account, ec2, sts };
}

/** A clock that moves only when told to. */
export function handClock(start = '2026-11-23T09:00:00.000Z') {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advance(seconds: number) {
      time += seconds * 1000;
    },
  };
}

/** A server that ends with the test. */
export async function servedSample(options: SampleServerOptions = {}): Promise<SampleServer> {
  const server = await startSampleServer(options);
  onTestFinished(() => server.close());
  return server;
}

export function clientOf(endpoint: string, region = 'us-east-1', maxAttempts = 1): EC2Client {
  const client = new EC2Client({ region, credentials: CREDENTIALS, endpoint, maxAttempts });
  onTestFinished(() => client.destroy());
  return client;
}

export function stsClientOf(endpoint: string, region = 'us-east-1'): STSClient {
  const client = new STSClient({ region, credentials: CREDENTIALS, endpoint, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
}

/** The code, message and status of the error that a call fails with. */
export async function failure(call: Promise<unknown>): Promise<{ name: string; message: string; status: number }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) {
      const status = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }).httpStatusCode : undefined;
      return { name: error.name, message: error.message, status: status ?? 0 };
    }
    throw error;
  }
  throw new Error('The call succeeded.');
}
