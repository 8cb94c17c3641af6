import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { Image } from '../../core/image.ts';
import { copyIds } from '../commands/code.ts';
import { plain, plainFacts } from '../plainText.ts';
import type { PendingImage, PendingImages, SettledImage } from './pendingImages.ts';
import { type SoughtImages, type SoughtRecord, soughtFor } from './soughtImages.ts';

/** Says once what has become of an image, and offers what one does next. */
export async function notifySettled(settled: SettledImage): Promise<void> {
  const { image } = settled;
  const name = plain(settled.name);
  const id = plain(settled.id);
  const region = plain(settled.region);
  const copy = vscode.l10n.t('Copy AMI ID');
  const details = vscode.l10n.t('Show Details');
  let pressed: string | undefined;
  if (!image) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The image {0} ({1}) is no longer in {2}: it was deregistered before it was available.',
        name,
        id,
        region,
      ),
    );
    return;
  }
  if (image.state === 'available') {
    pressed = await vscode.window.showInformationMessage(
      vscode.l10n.t('The image {0} ({1}) is available in {2}.', name, id, region),
      copy,
      details,
    );
  } else {
    const reason = image.stateReason ? plain(image.stateReason) : vscode.l10n.t('EC2 gives no reason.');
    pressed = await vscode.window.showErrorMessage(
      vscode.l10n.t('The image {0} ({1}) in {2} is {3}: {4}', name, id, region, plain(image.state), reason),
      details,
    );
  }
  if (pressed === copy) {
    await copyIds([settled.id]);
  } else if (pressed === details) {
    await vscode.commands.executeCommand(commands.showImage, { id: settled.id, region: settled.region });
  }
}

/** Says that an image has shown whose answer was lost. That it is available is said when it is. */
export function notifyFound({ dryRun, region }: SoughtRecord, { id, name }: Image): void {
  const facts = [plain(name), plain(id), plain(region)] as const;
  void vscode.window.showInformationMessage(
    dryRun
      ? vscode.l10n.t('The endpoint knows no dry run: it has made the image "{0}" ({1}) in {2}.', ...facts)
      : vscode.l10n.t('The image "{0}" ({1}) is being made in {2}, though no answer had come.', ...facts),
  );
}

/** Says that the endpoint has carried out a dry run. */
export function notifyMadeByDryRun({ id, name, region }: Pick<Image, 'id' | 'name' | 'region'>): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The endpoint knows no dry run: it has already made the image "{0}" ({1}) in {2}. No further dry run is sent to it.',
      plain(name),
      plain(id),
      plain(region),
    ),
  );
}

/** Nothing is said of a dry run: at an endpoint that knows them, nothing was to be made. */
export function notifyGivenUp({ dryRun, name, region }: SoughtRecord): void {
  if (!dryRun) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'No image "{0}" has shown in {1} for {2} minutes: most likely it was not made.',
        plain(name),
        plain(region),
        soughtFor / 60_000,
      ),
    );
  }
}

/** The images being made, and those looked for, in the status bar; a click lists them and offers to stop watching. */
export class PendingStatus implements vscode.Disposable {
  readonly #images: PendingImages;
  readonly #sought: SoughtImages;
  readonly #item: vscode.StatusBarItem;
  readonly #subscriptions: vscode.Disposable;

  constructor(images: PendingImages, sought: SoughtImages) {
    this.#images = images;
    this.#sought = sought;
    this.#item = vscode.window.createStatusBarItem('pendingImages', vscode.StatusBarAlignment.Left);
    this.#item.name = vscode.l10n.t('AMIs Being Made');
    this.#item.command = commands.showPendingImages;
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      images.onDidChange(() => this.#show()),
      sought.onDidChange(() => this.#show()),
    );
    this.#show();
  }

  #show(): void {
    const { images } = this.#images;
    // A dry run makes an image at few endpoints only: whoever has none coming is not to see it looked for.
    const sought = this.#sought.sought.filter(({ dryRun }) => !dryRun);
    const [first] = images;
    if (!first && sought.length === 0) {
      this.#item.hide();
      return;
    }
    const text = first ? madeText(images, first) : vscode.l10n.t('Looking for an image');
    this.#item.text = `$(sync~spin) ${text}`;
    this.#item.tooltip = [
      ...images.map((image) => plainFacts(image.name, image.id, progressText(image))),
      ...sought.map(({ name, region }) => plainFacts(name, region, soughtText(false))),
    ].join('\n');
    this.#item.accessibilityInformation = { label: text, role: 'button' };
    this.#item.show();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function madeText(images: readonly PendingImage[], first: PendingImage): string {
  if (images.length > 1) {
    return vscode.l10n.t('{0} images being made', images.length);
  }
  return first.progress === undefined
    ? vscode.l10n.t('Image being made')
    : vscode.l10n.t('Image being made: {0} %', first.progress);
}

interface PendingItem extends vscode.QuickPickItem {
  readonly key: string;
  readonly image?: PendingImage;
  /** Of one that is looked for. */
  readonly soughtId?: string;
}

export async function pickPending(images: PendingImages, sought: SoughtImages): Promise<void> {
  const pick = vscode.window.createQuickPick<PendingItem>();
  pick.title = vscode.l10n.t('Images Being Made');
  pick.placeholder = vscode.l10n.t('Enter shows the details. EC2 goes on whether or not somebody watches.');
  const stop: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('eye-closed'),
    tooltip: vscode.l10n.t('Stop Watching (the Image Goes On Being Made)'),
  };
  const copy: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('copy'),
    tooltip: vscode.l10n.t('Copy AMI ID'),
  };
  const look: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('refresh'),
    tooltip: vscode.l10n.t('Look Now'),
  };
  const stopLooking: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('eye-closed'),
    tooltip: vscode.l10n.t('Stop Looking'),
  };
  const show = () => {
    const active = pick.activeItems[0]?.key;
    pick.items = [
      ...images.images.map(
        (image): PendingItem => ({
          key: image.id,
          image,
          label: plain(image.name),
          description: plainFacts(image.id, image.region),
          detail: progressText(image),
          buttons: [copy, stop],
        }),
      ),
      ...sought.sought.map(
        ({ id, name, region, dryRun }): PendingItem => ({
          key: id,
          soughtId: id,
          label: plain(name),
          description: plain(region),
          detail: soughtText(dryRun),
          buttons: [look, stopLooking],
        }),
      ),
    ];
    pick.activeItems = pick.items.filter((item) => item.key === active);
    if (pick.items.length === 0) {
      pick.hide();
    }
  };
  const subscription = vscode.Disposable.from(images.onDidChange(show), sought.onDidChange(show));
  try {
    const picked = await new Promise<PendingImage | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        if (item?.soughtId) {
          void sought.lookNow(item.soughtId);
        } else {
          resolve(item?.image);
        }
      });
      pick.onDidHide(() => resolve(undefined));
      pick.onDidTriggerItemButton(({ item: { image, soughtId }, button }) => {
        if (soughtId) {
          void (button === look ? sought.lookNow(soughtId) : sought.cancel(soughtId));
        } else if (image && button === copy) {
          void copyIds([image.id]);
        } else if (image) {
          images.cancel(image.id);
          vscode.window.setStatusBarMessage(
            vscode.l10n.t('{0} is no longer watched; EC2 goes on making it.', plain(image.id)),
            5_000,
          );
        }
      });
      pick.show();
      show();
    });
    if (picked) {
      await vscode.commands.executeCommand(commands.showImage, { id: picked.id, region: picked.region });
    }
  } finally {
    subscription.dispose();
    pick.dispose();
  }
}

function progressText(image: PendingImage): string {
  return image.progress === undefined
    ? vscode.l10n.t('pending')
    : vscode.l10n.t('pending, {0} % of the snapshots', image.progress);
}

function soughtText(dryRun: boolean): string {
  return dryRun
    ? vscode.l10n.t('the dry run was not answered: an endpoint that knows none may be making it')
    : vscode.l10n.t('no answer came: it is not known whether it is being made');
}
