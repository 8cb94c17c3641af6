import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ImageActions } from '../../src/ec2/actionPort.ts';
import type { CallTimeouts } from '../../src/ec2/calls/callTimeouts.ts';
import { sampleCredentials } from '../../src/ec2/credentials/credentials.ts';
import { ec2Port } from '../../src/ec2/ec2.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import type { Ec2Port } from '../../src/ec2/port.ts';

export interface ScriptedRequest {
  /** `DescribeImages` */
  readonly action: string;
  readonly token: string | undefined;
  /** How many requests came before this one. */
  readonly number: number;
}

/** Returns the body of an answer with status 200, or a function that writes the response. */
export type Script = (request: ScriptedRequest) => string | Uint8Array | ((response: ServerResponse) => void);

export interface ScriptedEndpoint {
  readonly ec2: Ec2Port & ImageActions;
  readonly requests: readonly ScriptedRequest[];
  close(): Promise<void>;
}

/** Short timeouts. */
export const impatient: CallTimeouts = {
  call: 5_000,
  answer: { time: 4_000, stretch: 300, leastBytes: 50, mostBytes: 50_000_000 },
};

/** Timeouts longer than a test. */
export const patient: CallTimeouts = {
  call: 60_000,
  answer: { time: 60_000, stretch: 30_000, leastBytes: 50, mostBytes: 50_000_000 },
};

/** Starts an endpoint of EC2, STS and SSM with the answers of a test, and the extension's port to it. */
export async function openScripted(script: Script, timeouts: CallTimeouts = impatient): Promise<ScriptedEndpoint> {
  const requests: ScriptedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(Buffer.from(chunk));
    }
    const request = { ...read(Buffer.concat(chunks).toString('utf8'), incoming.headers), number: requests.length };
    requests.push(request);
    const answer = script(request);
    if (typeof answer === 'function') {
      answer(response);
    } else {
      response.writeHead(200, { 'content-type': 'text/xml;charset=UTF-8' });
      response.end(answer);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const closed = new AbortController();
  const endpoint = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, source: 'test' };
  const ec2 = ec2Port({
    sdk: await loadSdk(),
    credentials: sampleCredentials,
    homeRegion: 'us-east-1',
    common: { requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true } },
    endpoints: { ec2: endpoint, sts: endpoint, ssm: endpoint },
    onCall() {},
    closed: closed.signal,
    timeouts,
    // Looks between attempts have no delay.
    pause: async () => {},
  });
  return {
    ec2,
    requests,
    close: async () => {
      closed.abort();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function read(body: string, headers: NodeJS.Dict<string | string[]>): Omit<ScriptedRequest, 'number'> {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const token: unknown = Reflect.get(JSON.parse(body), 'NextToken');
    return { action: target.replace(/^.*\./, ''), token: typeof token === 'string' ? token : undefined };
  }
  const params = new URLSearchParams(body);
  return { action: params.get('Action') ?? '', token: params.get('NextToken') ?? undefined };
}
