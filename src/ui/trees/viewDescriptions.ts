import * as vscode from 'vscode';
import type { CatalogPort, UnderWay } from '../../catalog/port.ts';
import { settings } from '../../contributions/settings.ts';
import type { Connection } from '../../ec2/port.ts';
import { otherPartitionText, tellOfOtherPartition } from '../session/otherPartition.ts';
import type { Session } from '../session/session.ts';
import { atMostEvery } from '../shared/atMostEvery.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { describeError, showError } from '../shared/presentError.ts';
import { isReadOnly, settingsEvent } from '../shared/settings.ts';
import type { ImageFilter } from './imageFilter.ts';
import type { ViewAccount } from './viewAccount.ts';

/** What the titles and messages of the views tell of. */
export interface DescriptionSources {
  readonly session: Session;
  readonly catalog: CatalogPort;
  readonly filter: ImageFilter;
}

interface DescribedView {
  readonly view: Pick<vscode.TreeView<unknown>, 'description' | 'message'>;
  readonly account: ViewAccount;
}

/** The shortest interval (ms) between two reports of how far a download is. */
const downloadInterval = 500;

/** Writes the titles and messages of both views, and tells what is wrong with a new connection. */
export function describeViews(
  images: DescribedView,
  instances: DescribedView,
  by: DescriptionSources,
): vscode.Disposable {
  const { session, catalog, filter } = by;
  const describe = () => {
    const { state } = session;
    const problem = state.kind === 'failed' ? describeError(state.error).message : undefined;
    const filtered = filter.words.length > 0 ? vscode.l10n.t('Filter: {0}', plain(filter.words.join(' '))) : undefined;
    write(images, session, [problem ?? filtered, otherPartitionText(session)], catalog.underWay.map(progressText));
    write(instances, session, [problem], []);
  };
  describe();
  return vscode.Disposable.from(
    session.onDidChange(describe),
    session.onDidIdentify(describe),
    images.account.onDidChange(describe),
    instances.account.onDidChange(describe),
    filter.onDidChange(describe),
    catalog.onDidChangeUnderWay(atMostEvery(downloadInterval, describe)),
    settingsEvent([settings.readOnly])(describe),
    vscode.workspace.onDidGrantWorkspaceTrust(describe),
    // The view says what is wrong; the notification has the buttons, which a view with a message has no room for.
    session.onDidChangeConnection(() => {
      const { state } = session;
      if (state.kind === 'failed' || state.kind === 'signedOut') {
        void showError(state.error);
      } else {
        void tellOfOtherPartition(session);
      }
    }),
  );
}

/** @param ofAccount lines that may stand only while no row of another account does */
function write(
  { view, account: { shown, hasOldRows } }: DescribedView,
  session: Session,
  ofAccount: readonly (string | undefined)[],
  others: readonly string[],
): void {
  view.description = plainFacts(
    isReadOnly() && vscode.l10n.t('read-only'),
    shown && credentialsName(shown),
    shown && session.identity?.account,
    shown?.endpoint && new URL(shown.endpoint.url).host,
  );
  view.message = [...(hasOldRows ? [] : ofAccount), ...others].filter((line) => line !== undefined).join('\n\n');
}

/** Whose credentials are in use, by their name in the files or in the list of profiles. */
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

function progressText({ region, progress: { images, share, refreshing } }: UnderWay): string {
  const percent = share.toLocaleString(vscode.env.language, { style: 'percent' });
  return refreshing
    ? vscode.l10n.t('Public catalog of {0}: bringing it up to date, {1}', region, percent)
    : vscode.l10n.t(
        'Public catalog of {0}: {1}, {2} images',
        region,
        percent,
        images.toLocaleString(vscode.env.language),
      );
}
