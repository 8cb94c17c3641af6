import { afterEach, expect } from 'vitest';
import type { Connection, ConnectionPort } from '../../../src/ec2/port.ts';
import { Session } from '../../../src/ui/session/session.ts';
import { openSample } from '../../ec2/openSample.ts';

/** The sample account's id. */
export const account = '123456789012';
const keys = 'aws_access_key_id = AKIAEXAMPLEEXAMPLE00\naws_secret_access_key = secret\n';
const credentials = `[one]\n${keys}[other]\n${keys}[sydney]\n${keys}`;
const config = [
  '[profile hung]',
  'credential_process = sleep 120',
  '[profile admin]',
  'role_arn = arn:aws:iam::123456789012:role/Admin',
  'mfa_serial = arn:aws:iam::123456789012:mfa/me',
  'source_profile = one',
  '[profile corp]',
  'sso_session = corp',
  'sso_account_id = 111122223333',
  'sso_role_name = Admin',
  '[profile sydney]',
  'region = ap-southeast-2',
  '[sso-session corp]',
  'sso_region = us-east-1',
  'sso_start_url = https://corp.example/nobody-has-signed-in',
  '',
].join('\n');

/** Closed after a test, the last one first. */
export const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) {
    await end();
  }
});

interface Given {
  readonly profile?: string;
  readonly regions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How long (ms) the account of the connection is unknown. */
  readonly timeout?: number;
  /** Wraps the connections. */
  readonly open?: (open: ConnectionPort['open']) => ConnectionPort['open'];
}

/** A session on the sample account over HTTP, with the user's settings and the session's events. */
export async function startSession({
  profile = 'one',
  regions = [],
  env = {},
  timeout,
  open = (real) => real,
}: Given = {}) {
  const sample = await openSample({ AWS_ENDPOINT_URL: 'SERVER', AWS_REGION: 'us-east-1', ...env });
  ends.push(() => sample.close());
  await sample.writeConfig({ config, credentials });
  const opened: Connection[] = [];
  const connections: ConnectionPort = {
    open: open(async (choice, shown) => {
      const connection = await sample.connections.open(choice, shown);
      opened.push(connection);
      return connection;
    }),
    listProfiles: () => sample.connections.listProfiles(),
  };
  const user: { profile: string | undefined; regions: readonly string[] } = { profile, regions };
  const settings = {
    choice: () => ({ kind: 'aws', profile: user.profile, endpointUrl: undefined }) as const,
    regions: () => user.regions,
  };
  const session = new Session(connections, settings, timeout);
  ends.push(() => session.dispose());
  const told: string[] = [];
  session.onDidChangeConnection(() => told.push(session.state.kind));
  session.onDidChange(() => told.push('changed'));
  session.onDidIdentify(() => told.push(`account ${session.identity?.account}`));
  return { session, user, opened, told, faults: sample.server.faults };
}

/** Expects that a connection answers nothing more. */
export const isClosed = (connection: Connection | undefined) =>
  expect(connection?.ec2.listRegions(new AbortController().signal)).rejects.toMatchObject({ kind: 'cancelled' });
