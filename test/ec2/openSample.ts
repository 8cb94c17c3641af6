import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallRecord } from '../../src/ec2/calls/awsCalls.ts';
import { Connections } from '../../src/ec2/connection.ts';
import type { Connection, ConnectionChoice } from '../../src/ec2/port.ts';
import { type SampleServer, type SampleServerOptions, startSampleServer } from '../../src/sample/httpServer.ts';
import { noEditor } from './noEditor.ts';

/** Opens connections to a sample account over HTTP, as the extension does. */
export interface OpenSample {
  readonly server: SampleServer;
  readonly connections: Connections;
  readonly calls: CallRecord[];
  open(choice?: Partial<ConnectionChoice & { kind: 'aws' }>, regions?: readonly string[]): Promise<Connection>;
  /** Replaces the shared files, which are empty at first. */
  writeConfig(files: { config?: string; credentials?: string }): Promise<void>;
  close(): Promise<void>;
}

const variables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_EC2',
  'AWS_ENDPOINT_URL_STS',
  'AWS_ENDPOINT_URL_SSM',
  'AWS_ENDPOINT_URL_SSO',
  'AWS_DEFAULT_PROFILE',
  'AWS_CA_BUNDLE',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_EC2_METADATA_DISABLED',
];

export async function openSample(
  env: Readonly<Record<string, string>> = {},
  options?: SampleServerOptions,
): Promise<OpenSample> {
  const server = await startSampleServer(options);
  const folder = await mkdtemp(join(tmpdir(), 'ami-explorer-ec2-'));
  const saved = [...variables, ...Object.keys(env)].map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) {
      delete process.env[name];
    } else {
      process.env[name] = value;
    }
  };
  // The SDK reads the variables of the process.
  for (const name of variables) {
    set(name, undefined);
  }
  const files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
  const given = {
    AWS_CONFIG_FILE: files.config,
    AWS_SHARED_CREDENTIALS_FILE: files.credentials,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  };
  for (const [name, value] of Object.entries(given)) {
    set(name, value.replace('SERVER', server.url));
  }
  const calls: CallRecord[] = [];
  const connections = new Connections({
    env: process.env,
    mfaCodeProvider: async () => '123456',
    network: () => noEditor,
    sampleRequestHandler: () => Promise.reject(new Error('not asked for here')),
    onCall: (call) => calls.push(call),
  });
  const opened: Connection[] = [];
  return {
    server,
    connections,
    calls,
    async open(choice = {}, regions = []) {
      const connection = await connections.open(
        {
          kind: 'aws',
          profile: choice.profile,
          endpointUrl: choice.endpointUrl,
        },
        regions,
      );
      opened.push(connection);
      return connection;
    },
    async writeConfig({ config = '', credentials = '' }) {
      await writeFile(files.config, config.replaceAll('SERVER', server.url));
      await writeFile(files.credentials, credentials.replaceAll('SERVER', server.url));
    },
    async close() {
      for (const connection of opened) {
        connection.close();
      }
      await server.close();
      await rm(folder, { recursive: true, force: true });
      for (const [name, value] of saved) {
        set(name, value);
      }
    },
  };
}

/** The environment of a user with a local endpoint and made-up keys. */
export const localEndpoint = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_ENDPOINT_URL_EC2: 'SERVER',
};
