import * as vscode from 'vscode';
import type { ImageRef } from '../../core/imageRef.ts';
import { type ImageBeingMade, imageBeingMade, type MadeImage } from '../../images/watches/imageBeingMade.ts';
import type { Watched } from '../../images/watches/watchEvent.ts';
import { copyIds } from '../commands/copyAndInsert.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import type { WatchWords } from './watchWords.ts';

/** @param showImage opens an image's details */
export function imageBeingMadeWords(
  showImage: (ref: ImageRef) => Promise<void>,
): WatchWords<ImageBeingMade, MadeImage> {
  return {
    kind: imageBeingMade,
    status,
    row: (watched) => {
      const { region, subject } = watched.record;
      return {
        label: plain(subject.name),
        description: plainFacts(subject.imageId, region),
        detail: progressText(watched),
        quiet: false,
        onAccept: { closesList: true, run: () => showImage({ region, id: subject.imageId }) },
        buttons: [{ icon: 'copy', tooltip: vscode.l10n.t('Copy AMI ID'), run: async () => copyIds([subject.imageId]) }],
        stopTooltip: vscode.l10n.t('Stop Watching (the Image Goes On Being Made)'),
        stoppedText: vscode.l10n.t('{0} is no longer watched; EC2 goes on making it.', plain(subject.imageId)),
      };
    },
    notify: async ({ region, subject }, image) => {
      const copy = vscode.l10n.t('Copy AMI ID');
      const details = vscode.l10n.t('Show Details');
      const facts = [plain(image?.name ?? subject.name), plain(subject.imageId), plain(region)] as const;
      const pressed = await showOutcome(image, facts, { copy, details });
      if (pressed === copy) {
        await copyIds([subject.imageId]);
      } else if (pressed === details) {
        await showImage({ region, id: subject.imageId });
      }
    },
  };
}

function status(watched: readonly Watched<ImageBeingMade>[]): string {
  const [first, ...others] = watched;
  if (others.length > 0) {
    return vscode.l10n.t('{0} images being made', watched.length);
  }
  return first?.progress === undefined
    ? vscode.l10n.t('Image being made')
    : vscode.l10n.t('Image being made: {0} %', first.progress);
}

function progressText({ progress }: Watched<ImageBeingMade>): string {
  return progress === undefined ? vscode.l10n.t('pending') : vscode.l10n.t('pending, {0} % of the snapshots', progress);
}

/**
 * Resolves with the pressed button.
 *
 * @param facts name, id and region
 */
function showOutcome(
  image: MadeImage,
  facts: readonly [string, string, string],
  { copy, details }: { readonly copy: string; readonly details: string },
): Thenable<string | undefined> {
  if (!image) {
    return vscode.window.showWarningMessage<string>(
      vscode.l10n.t('The image {0} ({1}) is no longer in {2}: it was deregistered before it was available.', ...facts),
    );
  }
  if (image.state === 'available') {
    return vscode.window.showInformationMessage(
      vscode.l10n.t('The image {0} ({1}) is available in {2}.', ...facts),
      copy,
      details,
    );
  }
  const reason = image.stateReason ? plain(image.stateReason) : vscode.l10n.t('EC2 gives no reason.');
  return vscode.window.showErrorMessage(
    vscode.l10n.t('The image {0} ({1}) in {2} is {3}: {4}', ...facts, plain(image.state), reason),
    details,
  );
}
