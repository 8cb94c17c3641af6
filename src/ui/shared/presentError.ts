import * as vscode from 'vscode';
import { type CommandId, commands } from '../../contributions/commands.ts';
import { settings } from '../../contributions/settings.ts';
import { saidText } from '../../core/errorReasonText.ts';
import { AmiError, isCancelled } from '../../core/errors.ts';
import { maskSecrets } from '../../core/maskSecrets.ts';
import { editorL10n } from './editorL10n.ts';
import { plain, plainMessage } from './plainText.ts';
import { firstSentence, withoutPlace } from './shortReason.ts';
import { clockText } from './wording.ts';

export interface ErrorButton {
  readonly title: string;
  readonly command: CommandId | 'workbench.action.openSettings';
  readonly argument?: string;
}

export interface PresentedError {
  /** What happened, for which operation in which region, and what to do. Plain text for every surface. */
  readonly message: string;
  /** The message without operation and region, for a narrow item below its region. */
  readonly reason: string;
  readonly buttons: readonly ErrorButton[];
}

/** The text and the buttons of any error. */
export function describeError(error: unknown): PresentedError {
  const place = error instanceof AmiError ? placeOf(error) : '';
  const of = (message: string, ...buttons: ErrorButton[]): PresentedError => ({
    message: plainMessage(message),
    reason: plainMessage(withoutPlace(message, place, vscode.env.language)),
    buttons: [...buttons, showLog()],
  });
  if (!(error instanceof AmiError)) {
    return of(shorten(maskSecrets(error instanceof Error ? error.message : String(error))));
  }
  const said = shorten(saidText(error.said, editorL10n));
  const code = error.code === undefined ? undefined : plain(error.code);
  switch (error.kind) {
    case 'no-credentials':
      return of(vscode.l10n.t('No AWS credentials were found. {0}', said), selectProfile(), useSampleAccount());
    case 'signed-out':
      return of(
        error.profile === undefined
          ? vscode.l10n.t('You are signed out of AWS. {0}', said)
          : vscode.l10n.t('You are signed out of AWS (profile “{0}”). {1}', plain(error.profile), said),
        signIn(),
        selectProfile(),
      );
    case 'credentials-failed':
      return of(
        error.profile === undefined
          ? vscode.l10n.t('No AWS credentials are available. {0}', said)
          : vscode.l10n.t('The profile “{0}” provides no credentials. {1}', plain(error.profile), said),
        retry(),
        selectProfile(),
      );
    case 'mfa-code-missing':
      return of(
        vscode.l10n.t('The profile “{0}” requires an MFA code. {1}', plain(error.profile ?? ''), said),
        enterCode(),
        selectProfile(),
      );
    case 'clock-wrong':
      return of(
        error.clockOffset === undefined
          ? vscode.l10n.t('{0}: the clock of this computer is wrong. Set it, then retry. {1}', place, said)
          : vscode.l10n.t('{0}: {1} Set it, then retry. {2}', place, clockText(error.clockOffset), said),
        retry(),
      );
    case 'credentials-expired':
      return of(
        error.clockOffset === undefined
          ? vscode.l10n.t('{0}: the credentials have expired. Renew them, then retry.', place)
          : vscode.l10n.t('{0}: the credentials have expired. {1}', place, clockText(error.clockOffset)),
        retry(),
        selectProfile(),
      );
    case 'credentials-invalid':
      return of(vscode.l10n.t('{0}: AWS rejected the credentials. {1}', place, said), selectProfile());
    case 'config-invalid':
      return error.file ? of(said, openConfigFile(), selectProfile()) : of(said, selectProfile());
    case 'access-denied':
      return of(vscode.l10n.t('{0}: access denied. {1}', place, said), selectProfile());
    case 'not-opted-in':
      return of(
        vscode.l10n.t(
          '{0}: this region is not enabled for the account. Enable it in the AWS console, or select other regions.',
          place,
        ),
        selectRegions(),
      );
    case 'region-unknown':
      return of(vscode.l10n.t('{0}: this region is not available to the account.', place), selectRegions());
    case 'not-found':
      return of(vscode.l10n.t('{0}: not found. {1}', place, said));
    case 'name-taken':
      return of(vscode.l10n.t('{0}: the name is already in use. Choose another name. {1}', place, said));
    case 'wrong-state':
      return of(vscode.l10n.t('{0}: not possible in the current state. {1}', place, said));
    case 'unsupported':
      return of(vscode.l10n.t('{0}: not supported. {1}', place, said));
    case 'limit':
      return of(vscode.l10n.t('{0}: a limit of the account was reached. {1}', place, said));
    case 'throttled':
      return of(vscode.l10n.t('{0}: too many requests. Wait a moment, then retry.', place));
    case 'unavailable':
      return of(vscode.l10n.t('{0}: AWS is unavailable. {1} Retry later.', place, sentence(said)));
    case 'network':
      if (certificateCodes.has(error.code ?? '')) {
        return of(
          vscode.l10n.t(
            '{0}: the certificate of the endpoint or proxy is not trusted ({1}). Set AWS_CA_BUNDLE, or ca_bundle in the profile, to the certificates to trust.',
            place,
            error.code ?? said,
          ),
        );
      }
      return of(vscode.l10n.t('{0}: the endpoint could not be reached ({1}).', place, code ?? said));
    case 'timeout':
      return of(vscode.l10n.t('{0}: the request timed out.', place));
    case 'redirected':
      return of(
        vscode.l10n.t(
          '{0}: the endpoint redirected the request, which is not allowed for signed requests ({1}). {2} Check the endpoint and the region.',
          place,
          code ?? '',
          said,
        ),
      );
    case 'proxy':
      return of(
        error.code === 'HTTP 407'
          ? vscode.l10n.t(
              '{0}: the proxy requires a user name and password (HTTP 407). Check the http.proxy setting.',
              place,
            )
          : vscode.l10n.t('{0}: a proxy or a network sign-in page answered instead of AWS ({1}).', place, code ?? said),
      );
    case 'bad-answer':
      return of(
        vscode.l10n.t(
          '{0}: the response is not valid. {1} The endpoint may not support this operation.',
          place,
          code === undefined ? said : `${code}.`,
        ),
      );
    case 'listing-broken':
      return of(vscode.l10n.t('{0}: the list could not be loaded completely. {1}', place, said));
    case 'read-only':
      return of(
        vscode.l10n.t('Changes in AWS are blocked by the amiExplorer.readOnly setting.'),
        openReadOnlySetting(),
      );
    case 'malformed-id':
    case 'invalid-parameter':
    case 'name-malformed':
    case 'cancelled':
    case 'unknown':
      return of(vscode.l10n.t('{0}: {1}', place, said));
  }
}

/** `eu-west-2: Access denied.`: the first sentence alone, for a list of regions. The log has the whole. */
export function regionFailureText(region: string, error: unknown): string {
  return vscode.l10n.t('{0}: {1}', plain(region), firstSentence(describeError(error).reason));
}

function placeOf({ operation, region }: AmiError): string {
  return region
    ? vscode.l10n.t({
        message: '{0} in {1}',
        args: [operation, plain(region)],
        comment: ['An operation of AWS in a region, such as “DescribeImages in us-east-1”'],
      })
    : operation;
}

/** Node's codes for a certificate that is not trusted. */
const certificateCodes: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Shows an error as a notification, and runs the pressed button. Shows nothing for what the user cancelled. */
export async function showError(error: unknown): Promise<void> {
  if (isCancelled(error) || error instanceof vscode.CancellationError) {
    return;
  }
  const { message, buttons } = describeError(error);
  const pressed = await vscode.window.showErrorMessage(message, ...buttons.map(({ title }) => title));
  await pressErrorButton(buttons.find(({ title }) => title === pressed));
}

/** Runs the command of a button, if there is one. */
export async function pressErrorButton(button: ErrorButton | undefined): Promise<void> {
  if (button) {
    await vscode.commands.executeCommand(button.command, ...(button.argument === undefined ? [] : [button.argument]));
  }
}

/** Leaves out the encoded authorization message, which only the log has room for. */
function shorten(text: string): string {
  return plain(text.replace(/Encoded authorization failure message: \S+/, ''));
}

/** Some messages of AWS have no full stop. */
function sentence(text: string): string {
  return /[\p{L}\p{N})]$/u.test(text) ? `${text}.` : text;
}

const retry = (): ErrorButton => ({ title: vscode.l10n.t('Retry'), command: commands.refresh });
/** The next call asks for it. */
const enterCode = (): ErrorButton => ({ title: vscode.l10n.t('Enter Code…'), command: commands.refresh });
const signIn = (): ErrorButton => ({ title: vscode.l10n.t('Sign In'), command: commands.signIn });
const selectProfile = (): ErrorButton => ({
  title: vscode.l10n.t('Select AWS Profile…'),
  command: commands.selectProfile,
});
const openConfigFile = (): ErrorButton => ({
  title: vscode.l10n.t('Open Config File'),
  command: commands.openConfigFile,
});
const useSampleAccount = (): ErrorButton => ({
  title: vscode.l10n.t('Explore the Sample Account'),
  command: commands.useSampleAccount,
});
const selectRegions = (): ErrorButton => ({
  title: vscode.l10n.t('Select Regions…'),
  command: commands.selectRegions,
});
const openReadOnlySetting = (): ErrorButton => ({
  title: vscode.l10n.t('Open Setting'),
  command: 'workbench.action.openSettings',
  argument: `@id:${settings.readOnly}`,
});
const showLog = (): ErrorButton => ({ title: vscode.l10n.t('Show Log'), command: commands.showLog });
