import * as vscode from 'vscode';
import type { CatalogPort, DownloadUnderWay } from '../../catalog/port.ts';
import { settings } from '../../contributions/settings.ts';
import { AmiError } from '../../core/errors.ts';
import type { Connection } from '../../ec2/port.ts';
import { otherPartitionText, tellOfOtherPartition } from '../session/otherPartition.ts';
import type { Session, SessionState } from '../session/session.ts';
import { atMostEvery } from '../shared/atMostEvery.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { describeError, showError } from '../shared/presentError.ts';
import { isReadOnly, settingsEvent } from '../shared/settings.ts';
import { numberText, percentText } from '../shared/wording.ts';
import type { ImageFilter } from './imageFilter.ts';
import type { ViewAccount } from './viewAccount.ts';

/** What the titles and messages of the views are made of. */
export interface DescriptionSources {
  readonly session: Session;
  readonly catalog: CatalogPort;
  readonly filter: ImageFilter;
}

interface DescribedView {
  readonly view: Pick<vscode.TreeView<unknown>, 'description' | 'message'>;
  readonly account: ViewAccount;
}

/** The shortest interval (ms) between two messages of the progress of downloads. */
const progressInterval = 500;

/**
 * Keeps the titles and messages of both views current, and notifies the user of what is wrong with a new connection.
 */
export function describeViews(
  images: DescribedView,
  instances: DescribedView,
  by: DescriptionSources,
): vscode.Disposable {
  const { session, catalog, filter } = by;
  const describe = () => {
    const { state } = session;
    if (state.kind !== 'open') {
      // The editor shows no welcome text, which has the buttons, below a message.
      write(images, session, [], []);
      write(instances, session, [], []);
      return;
    }
    const problem = session.unanswered && describeError(session.unanswered).message;
    const filtered = filter.search.isEmpty ? undefined : vscode.l10n.t('Filter: {0}', plain(filter.search.text));
    write(images, session, [problem ?? filtered, otherPartitionText(session)], catalog.underWay.map(progressText));
    write(instances, session, [], []);
  };
  // The welcome text says what to do; the notification, what is wrong with which profile, file or endpoint.
  const notify = () => {
    const { state } = session;
    // The background says nothing; what has failed for it is tried again, and told, once the user asks for more.
    if (session.isQuiet) return;
    if (state.kind === 'failed' || state.kind === 'signedOut') void showError(state.error);
    else void tellOfOtherPartition(session);
  };
  describe();
  return vscode.Disposable.from(
    session.onDidChange(describe),
    session.onDidIdentify(describe),
    session.onDidAnswer(describe),
    images.account.onDidChange(describe),
    instances.account.onDidChange(describe),
    filter.onDidChange(describe),
    catalog.onDidChangeUnderWay(atMostEvery(progressInterval, describe)),
    settingsEvent([settings.readOnly])(describe),
    vscode.workspace.onDidGrantWorkspaceTrust(describe),
    session.onDidChangeConnection(notify),
    session.onDidWant(notify),
  );
}

/** @param ofAccount lines of the message that may not stand above rows of another account */
function write(
  { view, account: { shown, hasOldRows } }: DescribedView,
  session: Session,
  ofAccount: readonly (string | undefined)[],
  others: readonly string[],
): void {
  view.description = plainFacts(
    isReadOnly() && vscode.l10n.t('read-only'),
    shown ? credentialsName(shown) : failedProfile(session.state),
    shown && session.identity?.account,
    shown?.endpoint && new URL(shown.endpoint.url).host,
  );
  view.message = [...(hasOldRows ? [] : ofAccount), ...others].filter((line) => line !== undefined).join('\n\n');
}

/** The profile that gives no credentials. */
function failedProfile(state: SessionState): string | undefined {
  const error = state.kind === 'failed' || state.kind === 'signedOut' ? state.error : undefined;
  return error instanceof AmiError ? error.profile : undefined;
}

/** The name of the credentials in use, as in the AWS files or the list of profiles. */
function credentialsName({ profile, credentialsFrom }: Connection): string {
  switch (credentialsFrom) {
    case 'sample':
      return vscode.l10n.t('Sample account');
    case 'environment':
      return vscode.l10n.t('environment');
    case 'profile':
      return profile ?? 'default';
    case 'chain':
      return profile ?? vscode.l10n.t('standard chain');
  }
}

function progressText({ region, progress: { images, share, refreshing } }: DownloadUnderWay): string {
  const percent = percentText(share);
  return refreshing
    ? vscode.l10n.t('Public catalog of {0}: refreshing, {1}', region, percent)
    : vscode.l10n.t('Public catalog of {0}: {1}, {2} images', region, percent, numberText(images));
}
