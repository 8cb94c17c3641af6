import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CallRecord } from '../../src/ec2/calls/awsCalls.ts';
import { Connections } from '../../src/ec2/connection.ts';
import type { Connection, MfaCodeProvider } from '../../src/ec2/port.ts';
import { noEditor } from './noEditor.ts';

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface FakeRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Makes the answer to a request; undefined: the request is never answered. */
export type Answering = (request: FakeRequest) => FakeAnswer | undefined;

/**
 * All sources of credentials on one port: IAM Identity Center's portal and tokens, STS, a container's endpoint and
 * instance metadata, and EC2 too, with the answers of a test. The home folder is a temporary one.
 */
export interface FakeAws {
  readonly url: string;
  readonly requests: FakeRequest[];
  readonly calls: CallRecord[];
  readonly home: string;
  /** By the beginning of the path or the action in the body. */
  readonly answers: Map<string, Answering>;
  mfaCodeProvider: MfaCodeProvider;
  open(profile?: string): Promise<Connection>;
  writeConfig(config: string, credentials?: string): Promise<void>;
  writeToken(session: string, token: Readonly<Record<string, unknown>>): Promise<void>;
  close(): Promise<void>;
}

export async function startFakeAws(env: Readonly<Record<string, string>> = {}): Promise<FakeAws> {
  const requests: FakeRequest[] = [];
  const calls: CallRecord[] = [];
  const answers = new Map<string, Answering>();
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const piece of incoming) {
      body += String(piece);
    }
    const request = { path: incoming.url ?? '/', headers: incoming.headers, body };
    requests.push(request);
    const action = new URLSearchParams(body).get('Action');
    const answering = [...answers].find(([key]) => key === action || request.path.startsWith(key));
    const answer = answering ? answering[1](request) : { status: 404, body: 'no such path' };
    if (answer) {
      outgoing.writeHead(answer.status ?? 200, answer.headers ?? {}).end(answer.body ?? '');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const home = await mkdtemp(join(tmpdir(), 'ami-explorer-home-'));
  const saved = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_') || name === 'HOME');
  for (const [name] of saved) {
    delete process.env[name];
  }
  const given = {
    HOME: home,
    AWS_ENDPOINT_URL: url,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    ...env,
  };
  for (const [name, value] of Object.entries(given)) {
    process.env[name] = value.replaceAll('SERVER', url);
  }
  const opened: Connection[] = [];
  const fake: FakeAws = {
    url,
    requests,
    calls,
    home,
    answers,
    mfaCodeProvider: async () => '123456',
    async open(profile) {
      const connections = new Connections({
        env: process.env,
        mfaCodeProvider: (...args) => fake.mfaCodeProvider(...args),
        network: () => noEditor,
        sampleRequestHandler: () => Promise.reject(new Error('not asked for here')),
        onCall: (call) => calls.push(call),
      });
      const connection = await connections.open({ kind: 'aws', profile, endpointUrl: undefined });
      opened.push(connection);
      return connection;
    },
    async writeConfig(config, credentials = '') {
      await mkdir(join(home, '.aws'), { recursive: true });
      await writeFile(join(home, '.aws', 'config'), config.replaceAll('SERVER', url));
      await writeFile(join(home, '.aws', 'credentials'), credentials);
    },
    async writeToken(session, token) {
      const file = join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update(session).digest('hex')}.json`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify(token));
    },
    async close() {
      for (const connection of opened) {
        connection.close();
      }
      server.closeAllConnections();
      server.close();
      for (const name of Object.keys(given)) {
        delete process.env[name];
      }
      for (const [name, value] of saved) {
        process.env[name] = value;
      }
      await rm(home, { recursive: true, force: true });
    },
  };
  return fake;
}

export const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
export const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

export function stsError(code: string, message: string, status = 403): Answering {
  return () => ({
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
  });
}

export function roleCredentials(
  action: string,
  expiration = inAnHour(),
  accessKeyId = 'ASIAROLE000000000001',
): Answering {
  return () => ({
    headers: { 'content-type': 'text/xml' },
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-token</SessionToken><Expiration>${expiration}</Expiration></Credentials></${action}Result></${action}Response>`,
  });
}

export const portalCredentials: Answering = () => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    roleCredentials: {
      accessKeyId: 'ASIASSO0000000000001',
      secretAccessKey: 'sso-secret',
      sessionToken: 'sso-token',
      expiration: Date.now() + 3_600_000,
    },
  }),
});

export function jsonError(type: string, message: string, status: number): Answering {
  return () => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': type },
    body: JSON.stringify({ __type: type, message, error: type, error_description: message }),
  });
}
