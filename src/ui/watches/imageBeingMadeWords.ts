import * as vscode from 'vscode';
import type { Image } from '../../core/image.ts';
import { type ImageBeingMade, imageBeingMade, type MadeImage } from '../../images/watches/imageBeingMade.ts';
import { meanProgress } from '../../images/watches/meanProgress.ts';
import type { Watched } from '../../images/watches/watchEvent.ts';
import { copyIds } from '../commands/copyAndInsert.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { percentText } from '../shared/wording.ts';
import { notifyBatch, notifyOutcome, type OutcomeHost } from './imageOutcomes.ts';
import type { WatchRow, WatchWords } from './watchWords.ts';

export function imageBeingMadeWords(host: OutcomeHost): WatchWords<ImageBeingMade, MadeImage> {
  return {
    kind: imageBeingMade,
    status,
    row: ({ record: { region, subject }, progress }) => ({
      ...pendingRow({ ...subject, region, progress }, host),
      stop: {
        tooltip: vscode.l10n.t('Stop Watching (Creation Continues)'),
        text: vscode.l10n.t('{0} is no longer watched. Its creation continues.', plain(subject.imageId)),
      },
    }),
    notify: (ended) => {
      const [only, ...others] = ended;
      return only && others.length === 0 ? notifyOutcome(only, host) : notifyBatch(ended, host);
    },
  };
}

/** The row of an image that others have begun to make: `watch` begins to watch it. */
export function unwatchedRow({ id, name, region }: Image, host: OutcomeHost, watch: () => Promise<unknown>): WatchRow {
  const row = pendingRow({ imageId: id, name, region, progress: undefined }, host);
  const notify = { icon: 'bell', tooltip: vscode.l10n.t('Notify When Available'), run: watch };
  return { ...row, buttons: [...row.buttons, notify] };
}

function pendingRow(
  { imageId, name, region, progress }: ImageBeingMade & Pick<Watched, 'progress'> & { readonly region: string },
  { showImage }: OutcomeHost,
): WatchRow {
  return {
    label: plain(name) || plain(imageId),
    description: plainFacts(imageId, region),
    detail:
      progress === undefined ? vscode.l10n.t('Pending') : vscode.l10n.t('Pending: {0}', percentText(progress / 100)),
    quiet: false,
    onAccept: { closesList: true, run: () => showImage({ region, id: imageId }) },
    buttons: [{ icon: 'copy', tooltip: vscode.l10n.t('Copy AMI ID'), run: () => copyIds([imageId]) }],
  };
}

function status(watched: readonly Watched<ImageBeingMade>[]): string {
  const progress = meanProgress(watched);
  const count = watched.filter(({ hasEnded }) => !hasEnded).length;
  if (count === 1) {
    return progress === undefined
      ? vscode.l10n.t('Creating image')
      : vscode.l10n.t('Creating image: {0}', percentText(progress / 100));
  }
  return progress === undefined
    ? vscode.l10n.t('Creating {0} images', count)
    : vscode.l10n.t('Creating {0} images: {1}', count, percentText(progress / 100));
}
