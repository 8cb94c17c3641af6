import * as vscode from 'vscode';
import type { ImageRef } from '../../core/imageRef.ts';
import {
  type SoughtOutcome,
  soughtFor,
  type UnansweredCreation,
  unansweredCreation,
} from '../../images/watches/unansweredCreation.ts';
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
        ? vscode.l10n.t('the dry run was not answered: an endpoint that knows none may be making it')
        : vscode.l10n.t('no answer came: it is not known whether it is being made'),
      // Few endpoints make an image on a dry run: elsewhere the search is of no interest.
      quiet: subject.dryRun,
      onAccept: { closesList: false, run: () => lookNow(id) },
      buttons: [{ icon: 'refresh', tooltip: vscode.l10n.t('Look Now'), run: () => lookNow(id) }],
      stopTooltip: vscode.l10n.t('Stop Looking'),
      stoppedText: undefined,
    }),
    notify: async ({ id, region, subject: { name, dryRun } }, image) => {
      if (image) {
        const facts = [plain(image.name), plain(image.id), plain(region)] as const;
        void vscode.window.showInformationMessage(
          dryRun
            ? vscode.l10n.t('The endpoint knows no dry run: it has made the image "{0}" ({1}) in {2}.', ...facts)
            : vscode.l10n.t('The image "{0}" ({1}) is being made in {2}, though no answer had come.', ...facts),
        );
        await onFound(id, image);
      } else if (!dryRun) {
        // An endpoint that knows dry runs has made none.
        void vscode.window.showWarningMessage(
          vscode.l10n.t(
            'No image "{0}" has shown in {1} for {2} minutes: most likely it was not made.',
            plain(name),
            plain(region),
            soughtFor / 60_000,
          ),
        );
      }
    },
  };
}
