import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answering, roleCredentials, stsError } from '../ec2/fakeAws.ts';
import { expectGone, expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

/** Nothing listens there. */
const nowhere = 'http://127.0.0.1:9';

const role = (name: string, ...more: readonly string[]) => [
  `[profile ${name}]`,
  `role_arn = arn:aws:iam::123456789012:role/${name}`,
  'source_profile = keys',
  ...more,
];

const config = (stsUrl: string) => [
  '[profile keys]',
  'region = us-east-1',
  'endpoint_url = SERVER',
  ...role('mfa', 'mfa_serial = arn:aws:iam::123456789012:mfa/me'),
  '[profile typo]',
  'region eu-west-1',
  '[profile program]',
  'credential_process = false',
  ...role('offline', 'region = us-east-1', 'services = nowhere'),
  ...role('late', 'region = us-east-1', 'endpoint_url = SERVER', 'services = roles'),
  '[profile console]',
  'region = us-east-1',
  'login_session = arn:aws:iam::123456789012:user/me',
  '[profile corp]',
  'sso_session = corp',
  'sso_account_id = 123456789012',
  'sso_role_name = Admin',
  'region = us-east-1',
  '[profile cut-off]',
  'region = us-east-1',
  `endpoint_url = ${nowhere}`,
  '[profile elsewhere]',
  'region = us-east-1',
  'endpoint_url = nonsense',
  '[services nowhere]',
  'sts =',
  `  endpoint_url = ${nowhere}`,
  '[services roles]',
  'sts =',
  `  endpoint_url = ${stsUrl}`,
  '[sso-session corp]',
  'sso_region = us-east-1',
  'sso_start_url = https://corp.example/start',
  '',
];

const keys = 'aws_access_key_id = AKIAEXAMPLE000000000\naws_secret_access_key = s\n';

/** STS with roles, which the sample account does not have. */
let sts: Server;
/** By its operation. */
const stsAnswers = new Map<string, Answering>([['GetCallerIdentity', () => ({ body: identity })]]);
const identity = [
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>',
  '<Arn>arn:aws:sts::123456789012:assumed-role/late/me</Arn><UserId>AROAEXAMPLE:me</UserId>',
  '<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
].join('');

beforeAll(async () => {
  sts = createServer(async (request, response) => {
    const body = await text(request);
    const answering = stsAnswers.get(new URLSearchParams(body).get('Action') ?? '');
    const answer = answering?.({ path: '/', headers: request.headers, body }) ?? { status: 404 };
    response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => sts.listen(0, '127.0.0.1', resolve));
  const { port } = sts.address() as AddressInfo;
  editor = await openEditor({
    env: {},
    awsFiles: {
      config: config(`http://127.0.0.1:${port}`).join('\n'),
      credentials: `[keys]\n${keys}\n[cut-off]\n${keys}\n[elsewhere]\n${keys}`,
    },
  });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(async () => {
  await editor?.close();
  sts?.closeAllConnections();
  sts?.close();
});

async function choose(profile: string): Promise<void> {
  const { workbench } = editor;
  // A walkthrough that is open takes the focus late.
  await workbench.typeFor('Select AWS Profile…', profile);
  await workbench.quickPickRow(profile).click();
}

/** The buttons of the view's welcome text, from the top. */
async function buttons(): Promise<readonly string[]> {
  const found = editor.workbench.view('Images').locator('.welcome-view-content .monaco-button');
  await found.first().waitFor();
  return (await found.allInnerTexts()).map((text) => text.trim());
}

const profileAndSample = ['Select AWS Profile…', 'Explore the Sample Account'];

describe('the view', () => {
  it('without credentials leads to a profile, the sample account and the first steps', async () => {
    const { workbench } = editor;
    await workbench.view('Images').getByText('No AWS credentials were found.').waitFor();
    await expect.poll(buttons).toEqual(profileAndSample);
    await workbench.view('Instances').getByText('Instances appear here once an account is connected.').waitFor();
    await workbench.view('Images').getByText('Get started with AMI Explorer').click();
    await expectShown(workbench.page.getByText('Open the Sample Account').first());
  });

  it.each([
    [
      'corp',
      /You are signed out of AWS \(profile “corp”\)/,
      'Sign in to IAM Identity Center (SSO) to see your images.',
      ['Sign In', ...profileAndSample],
    ],
    [
      'console',
      /You are signed out of AWS \(profile “console”\)/,
      'Sign in with your console credentials to see your images.',
      ['Sign In', ...profileAndSample],
    ],
    [
      'typo',
      /The profile “typo” cannot be used\. .*config, line 9:/,
      'The AWS config file has a problem. Correct it, or select another profile.',
      ['Open Config File', 'Select AWS Profile…', 'Retry', 'Explore the Sample Account'],
    ],
    [
      'elsewhere',
      /“nonsense” is not a URL/,
      'A setting or an environment variable is not valid. Correct it, or select another profile.',
      ['Open Settings', 'Select AWS Profile…', 'Retry', 'Explore the Sample Account'],
    ],
    [
      'program',
      /The profile “program” provides no credentials/,
      'The credentials are missing or not valid. Renew them, or select another profile.',
      ['Retry', ...profileAndSample, 'Show Log'],
    ],
    [
      'offline',
      /could not be reached \(ECONNREFUSED\)/,
      /AWS could not be reached\. Check the network, the VPN and the proxy/,
      ['Retry', ...profileAndSample, 'Show Log'],
    ],
  ])('of the profile %s says what is wrong, and has the buttons for it', async (profile, wrong, what, expected) => {
    const { workbench } = editor;
    await choose(profile);
    await workbench.notification(wrong).waitFor();
    await workbench.view('Images').getByText(what).waitFor();
    await expect.poll(buttons).toEqual(expected);
    // In the way of none of the next ones.
    await workbench.paletteCommand('Notifications', 'Clear All Notifications');
  });

  it('says that the clock is wrong, and connects by Retry once it is right', async () => {
    const { workbench } = editor;
    stsAnswers.set('AssumeRole', stsError('RequestTimeTooSkewed', 'The difference between the times is too large.'));
    await choose('late');
    await workbench
      .view('Images')
      .getByText('The clock of this computer is wrong, so that AWS rejects its requests.')
      .waitFor();
    await expect.poll(buttons).toEqual(['Retry', 'Explore the Sample Account', 'Show Log']);
    stsAnswers.set('AssumeRole', roleCredentials('AssumeRole'));
    await workbench.view('Images').getByRole('button', { name: 'Retry' }).click();
    await expectShown(workbench.row('Instances', 'data-node-1'));
  });

  it('asks again for the code of an MFA device by its button', async () => {
    const { workbench } = editor;
    await choose('mfa');
    await workbench.quickInputTitle().getByText('MFA Code').waitFor();
    await workbench.dismissQuickInput();
    await workbench.view('Images').getByText('Your profile requires a code from your MFA device.').waitFor();
    await expect.poll(buttons).toEqual(['Enter Code…', ...profileAndSample]);
    await workbench.view('Images').getByRole('button', { name: 'Enter Code…' }).click();
    await workbench.quickInputTitle().getByText('MFA Code').waitFor();
    await workbench.dismissQuickInput();
    await expectShown(workbench.view('Images').getByText('Your profile requires a code from your MFA device.'));
  });

  it('of a profile with keys says that AWS cannot be reached above its rows, until AWS answers', async () => {
    const { workbench } = editor;
    await choose('cut-off');
    await workbench.row('Images', 'us-east-1').waitFor();
    await workbench
      .view('Images')
      .getByText(/could not be reached \(ECONNREFUSED\)/)
      .first()
      .waitFor();
    await choose('keys');
    await workbench.row('Instances', 'data-node-1').waitFor();
    await expectGone(workbench.view('Images').getByText(/could not be reached/));
  });
});
