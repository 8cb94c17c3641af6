import * as vscode from 'vscode';
import type { ImageRef } from '../../core/imageRef.ts';
import {
  type SoughtOutcome,
  soughtFor,
  type UnansweredCreation,
  unansweredCreation,
} from '../../images/watches/unansweredCreation.ts';
import type { WatchRecord } from '../../images/watches/watchRecord.ts';
import { plain } from '../shared/plainText.ts';
import type { WatchWords } from './watchWords.ts';

export interface UnansweredCreationHost {
  /** Asks EC2 without waiting for the next interval. */
  lookNow(recordId: string): Promise<unknown>;
  /** The image that an unanswered request has made was found. */
  onFound(sendingId: string, image: ImageRef): Promise<void>;
}

export function unansweredCreationWords({
  lookNow,
  onFound,
}: UnansweredCreationHost): WatchWords<UnansweredCreation, SoughtOutcome> {
  return {
    kind: unansweredCreation,
    status: () => vscode.l10n.t('Looking for an image'),
    row: ({ record: { id, region, subject } }) => ({
      label: plain(subject.name),
      description: plain(region),
      detail: subject.dryRun
        ? vscode.l10n.t(
            'The dry run was not answered. An endpoint that does not support dry runs may be creating the image.',
          )
        : vscode.l10n.t('EC2 did not answer. It is not known whether the image is being created.'),
      // Few endpoints make an image on a dry run: elsewhere the search is of no interest.
      quiet: subject.dryRun,
      onAccept: { closesList: false, run: () => lookNow(id) },
      buttons: [{ icon: 'refresh', tooltip: vscode.l10n.t('Look Now'), run: () => lookNow(id) }],
      stop: { tooltip: vscode.l10n.t('Stop Looking') },
    }),
    notify: async (ended) => {
      for (const { record, outcome: image } of ended) {
        await notifyOutcome(record, image, onFound);
      }
    },
  };
}

async function notifyOutcome(
  { id, region, subject: { name, dryRun } }: WatchRecord<UnansweredCreation>,
  image: SoughtOutcome,
  onFound: UnansweredCreationHost['onFound'],
): Promise<void> {
  if (image) {
    const facts = [plain(image.name), plain(image.id), plain(region)] as const;
    void vscode.window.showInformationMessage(
      dryRun
        ? vscode.l10n.t(
            'The endpoint does not support dry runs and has created the image “{0}” ({1}) in {2}.',
            ...facts,
          )
        : vscode.l10n.t('EC2 did not answer, but the image “{0}” ({1}) is being created in {2}.', ...facts),
    );
    await onFound(id, image);
  } else if (!dryRun) {
    // An endpoint that knows dry runs has made none.
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'No image “{0}” has appeared in {1} for {2} minutes. Most likely, it was not created.',
        plain(name),
        plain(region),
        soughtFor / 60_000,
      ),
    );
  }
}
