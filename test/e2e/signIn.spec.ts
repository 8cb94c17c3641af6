import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor | undefined;
let portal: Server;
let tokens: Set<string>;
let asked: number;
/** All that is on the editor's PATH, besides the system's own. */
let bin: string;

/** IAM Identity Center's portal: it knows the tokens that are in force. */
beforeEach(async () => {
  tokens = new Set();
  bin = await mkdtemp(join(tmpdir(), 'ami-explorer-bin-'));
  asked = 0;
  portal = createServer((request, response) => {
    asked += 1;
    const known = tokens.has(String(request.headers['x-amz-sso_bearer_token']));
    response.writeHead(known ? 200 : 401, {
      'content-type': 'application/json',
      ...(known ? {} : { 'x-amzn-errortype': 'UnauthorizedException' }),
    });
    response.end(
      JSON.stringify(
        known
          ? {
              roleCredentials: {
                accessKeyId: 'ASIASSO0000000000001',
                secretAccessKey: 's',
                sessionToken: 't',
                expiration: Date.now() + 3_600_000,
              },
            }
          : { message: 'Session token not found or invalid' },
      ),
    );
  });
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  pictureOnFailure(() => editor);
});
afterEach(async () => {
  await editor?.close();
  editor = undefined;
  portal.closeAllConnections();
  portal.close();
  await rm(bin, { recursive: true, force: true });
});

const profile = 'My Laptop; touch evil';
const config = [
  `[profile "${profile}"]`,
  'region = us-east-1',
  'sso_session = corp',
  'sso_account_id = 123456789012',
  'sso_role_name = Admin',
  '[sso-session corp]',
  'sso_region = eu-north-1',
  'sso_start_url = https://corp.example/start',
  '',
].join('\n');

async function open(path = `${bin}:/usr/bin:/bin`): Promise<Editor> {
  const { port } = portal.address() as AddressInfo;
  const opened = await openEditor({
    env: {
      AWS_ENDPOINT_URL_EC2: 'SERVER',
      AWS_ENDPOINT_URL_STS: 'SERVER',
      AWS_ENDPOINT_URL_SSM: 'SERVER',
      AWS_ENDPOINT_URL_SSO: `http://127.0.0.1:${port}`,
      PATH: path,
      // The editor would take the PATH of a login shell otherwise.
      VSCODE_CLI: '1',
    },
    awsFiles: { config },
    settings: { 'amiExplorer.profile': profile },
  });
  editor = opened;
  return opened;
}

const home = (opened: Editor) => join(dirname(opened.folder), 'home');
const cacheFile = (opened: Editor) =>
  join(home(opened), '.aws', 'sso', 'cache', `${createHash('sha1').update('corp').digest('hex')}.json`);

/** A stand-in for the AWS CLI: it writes down its arguments, shows a code and, once it may, the token. */
async function installCli(opened: Editor, end = 0): Promise<void> {
  const file = cacheFile(opened);
  const token = JSON.stringify({ accessToken: 'fresh', expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  await writeFile(
    join(bin, 'aws'),
    [
      '#!/bin/sh',
      `printf '%s\\n' "$@" > '${join(home(opened), 'arguments')}'`,
      'echo "Enter the code: ABCD-EFGH"',
      'sleep 1',
      ...(end === 0 ? [`mkdir -p '${dirname(file)}'`, `printf %s '${token}' > '${file}'`] : []),
      `exit ${end}`,
      '',
    ].join('\n'),
  );
  await chmod(join(bin, 'aws'), 0o755);
}

describe('a profile that is signed out', () => {
  it('is said with a button, which signs in by the AWS CLI in a terminal, and connects', async () => {
    const opened = await open();
    const { workbench } = opened;
    await installCli(opened);
    tokens.add('fresh');
    await workbench.openAmiExplorer();
    const view = workbench.view('Images');
    await workbench.notification(/You are signed out of AWS \(profile “My Laptop/).waitFor();
    await view.getByText('Sign in to IAM Identity Center (SSO) to see your images.').waitFor();
    await view.getByRole('button', { name: 'Sign In' }).click();
    await workbench.page.getByText(`Sign in to AWS: ${profile}`).first().waitFor();
    await workbench.row('Images', 'us-east-1').waitFor();
    await expect.poll(() => workbench.viewDescription('Images')).toContain('My Laptop');
    const given = (await readFile(join(home(opened), 'arguments'), 'utf8')).trimEnd().split('\n');
    expect(given).toEqual(['sso', 'login', '--profile', profile]);
  });

  it('is connected as soon as somebody signs in elsewhere', async () => {
    const opened = await open();
    const { workbench } = opened;
    await workbench.openAmiExplorer();
    await workbench.view('Images').getByText('Sign in to IAM Identity Center (SSO) to see your images.').waitFor();
    tokens.add('elsewhere');
    await mkdir(dirname(cacheFile(opened)), { recursive: true });
    await writeFile(
      cacheFile(opened),
      JSON.stringify({ accessToken: 'elsewhere', expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
    );
    await expectShown(workbench.row('Images', 'us-east-1'));
  });

  it('is told where the AWS CLI is missing, and where it fails', async () => {
    const opened = await open(bin);
    const { workbench } = opened;
    await workbench.openAmiExplorer();
    await workbench.command('Sign In');
    await workbench.notification('it was not found on the PATH').waitFor();
    await installCli(opened, 3);
    await workbench.view('Images').getByRole('button', { name: 'Sign In' }).click();
    await expectShown(workbench.notification('exit code 3'));
  });
});

describe('a session that ends meanwhile', () => {
  it('is said in the place of what it hides, with Sign In beside it', async () => {
    const opened = await open();
    const { workbench, server } = opened;
    await installCli(opened);
    tokens.add('first');
    await mkdir(dirname(cacheFile(opened)), { recursive: true });
    await writeFile(
      cacheFile(opened),
      JSON.stringify({ accessToken: 'first', expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
    );
    await workbench.openAmiExplorer();
    await workbench.row('Images', 'us-east-1').waitFor();
    tokens.clear();
    server.faults.add({ kind: 'expired-credentials' });
    await workbench.command('Refresh');
    await workbench.expand('Images', 'Owned by me');
    const failed = workbench.row('Images', /You are signed out of AWS/);
    await failed.waitFor();
    await failed.hover();
    server.faults.clear();
    tokens.add('fresh');
    await workbench.inlineButton(failed, 'Sign In');
    await failed.waitFor({ state: 'detached' });
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', 'web-server-golden').waitFor();
    expect(asked).toBeLessThan(20);
  });
});
