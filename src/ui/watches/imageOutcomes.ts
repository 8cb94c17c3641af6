import * as vscode from 'vscode';
import type { ImageRef } from '../../core/imageRef.ts';
import type { ImageBeingMade, MadeImage } from '../../images/watches/imageBeingMade.ts';
import type { Ended } from '../../images/watches/watchEvent.ts';
import { copyIds, insertIds } from '../commands/copyAndInsert.ts';
import type { TextInserter } from '../editor/insertText.ts';
import { plain } from '../shared/plainText.ts';
import { listText, sentencesText } from '../shared/wording.ts';

export interface OutcomeHost {
  /** Opens an image's details. */
  readonly showImage: (ref: ImageRef) => Promise<void>;
  readonly inserter: TextInserter;
}

type EndedImage = Ended<ImageBeingMade, MadeImage>;

/** How many images a notification names. */
const named = 3;

/** Notifies of an image that is no longer being made. Resolves when the pressed button's command is done. */
export async function notifyOutcome({ record, outcome: image }: EndedImage, host: OutcomeHost): Promise<void> {
  const { region, subject } = record;
  const facts = [plain(image?.name ?? subject.name), plain(subject.imageId), plain(region)] as const;
  if (!image) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The image {0} ({1}) is no longer in {2}: it was deregistered before it was available.', ...facts),
    );
    return;
  }
  const showDetails: Choice = {
    title: vscode.l10n.t('Show Details'),
    run: () => host.showImage({ region, id: subject.imageId }),
  };
  const ids = [subject.imageId];
  await (image.state === 'available'
    ? choose(
        vscode.window.showInformationMessage,
        vscode.l10n.t('The image {0} ({1}) is available in {2}.', ...facts),
        { title: vscode.l10n.t('Copy ID'), run: () => copyIds(ids) },
        { title: vscode.l10n.t('Insert ID'), run: () => insertIds(host.inserter, ids) },
        showDetails,
      )
    : choose(
        vscode.window.showErrorMessage,
        image.state === 'failed'
          ? vscode.l10n.t('Creating the image {0} ({1}) in {2} failed: {3}', ...facts, reasonOf(image))
          : vscode.l10n.t('The image {0} ({1}) in {2} is {3}: {4}', ...facts, plain(image.state), reasonOf(image)),
        showDetails,
      ));
}

/** As `notifyOutcome`, of all images of a batch in one notification. */
export async function notifyBatch(ended: readonly EndedImage[], host: OutcomeHost): Promise<void> {
  const available = ended.filter(({ outcome }) => outcome?.state === 'available');
  const failed = ended.filter((each) => !available.includes(each));
  const ids = available.map(({ record }) => record.subject.imageId);
  const buttons =
    ids.length === 0
      ? []
      : [
          { title: ids.length === 1 ? vscode.l10n.t('Copy ID') : vscode.l10n.t('Copy IDs'), run: () => copyIds(ids) },
          {
            title: ids.length === 1 ? vscode.l10n.t('Insert ID') : vscode.l10n.t('Insert IDs'),
            run: () => insertIds(host.inserter, ids),
          },
        ];
  if (failed.length === 0) {
    const text = vscode.l10n.t('{0} images are available in {1}: {2}', ended.length, regionsOf(ended), namesOf(ended));
    await choose(vscode.window.showInformationMessage, text, ...buttons);
    return;
  }
  const reasons = sentencesText(firstOf(failed.map(failureText)));
  await (ids.length === 0
    ? choose(
        vscode.window.showErrorMessage,
        vscode.l10n.t('None of the {0} images is available. {1}', ended.length, reasons),
      )
    : choose(
        vscode.window.showWarningMessage,
        vscode.l10n.t('{0} of {1} images are available. {2}', ids.length, ended.length, reasons),
        ...buttons,
      ));
}

interface Choice {
  readonly title: string;
  run(): Promise<unknown>;
}

async function choose(
  show: (message: string, ...titles: string[]) => Thenable<string | undefined>,
  message: string,
  ...choices: readonly Choice[]
): Promise<void> {
  const pressed = await show(message, ...choices.map(({ title }) => title));
  await choices.find(({ title }) => title === pressed)?.run();
}

function failureText({ record, outcome: image }: EndedImage): string {
  const facts = [plain(image?.name ?? record.subject.name), plain(record.subject.imageId)] as const;
  if (!image) {
    return vscode.l10n.t('{0} ({1}) was deregistered before it was available.', ...facts);
  }
  return image.state === 'failed'
    ? vscode.l10n.t('{0} ({1}) failed: {2}', ...facts, reasonOf(image))
    : vscode.l10n.t('{0} ({1}) is {2}: {3}', ...facts, plain(image.state), reasonOf(image));
}

function reasonOf({ stateReason }: NonNullable<MadeImage>): string {
  return stateReason ? plain(stateReason) : vscode.l10n.t('EC2 gives no reason.');
}

function regionsOf(ended: readonly EndedImage[]): string {
  return listText([...new Set(ended.map(({ record }) => plain(record.region)))]);
}

function namesOf(ended: readonly EndedImage[]): string {
  return firstOf(ended.map(({ record, outcome }) => plain(outcome?.name ?? record.subject.name))).join(', ');
}

function firstOf(texts: readonly string[]): readonly string[] {
  const more = texts.length - named;
  return [...texts.slice(0, named), ...(more > 0 ? [vscode.l10n.t('… and {0} more', more)] : [])];
}
