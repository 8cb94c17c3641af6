import * as vscode from 'vscode';
import { copyIds } from '../commands/code.ts';
import { commands } from '../contributions.ts';
import { plain, plainFacts } from '../plainText.ts';
import type { PendingImage, PendingImages, SettledImage } from './pendingImages.ts';

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
    await copyIds([settled]);
  } else if (pressed === details) {
    await vscode.commands.executeCommand(commands.showImage, { id: settled.id, region: settled.region });
  }
}

/** The images being made, in the status bar; a click lists them and offers to stop watching. */
export class PendingStatus implements vscode.Disposable {
  readonly #images: PendingImages;
  readonly #item: vscode.StatusBarItem;
  readonly #subscriptions: vscode.Disposable;

  constructor(images: PendingImages) {
    this.#images = images;
    this.#item = vscode.window.createStatusBarItem('pendingImages', vscode.StatusBarAlignment.Left);
    this.#item.name = vscode.l10n.t('AMIs Being Made');
    this.#item.command = commands.showPendingImages;
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      images.onDidChange(() => this.#show()),
      vscode.commands.registerCommand(commands.showPendingImages, () => pickPending(images)),
    );
    this.#show();
  }

  #show(): void {
    const { images } = this.#images;
    const [first] = images;
    if (!first) {
      this.#item.hide();
      return;
    }
    const text =
      images.length === 1
        ? first.progress === undefined
          ? vscode.l10n.t('Image being made')
          : vscode.l10n.t('Image being made: {0} %', first.progress)
        : vscode.l10n.t('{0} images being made', images.length);
    this.#item.text = `$(sync~spin) ${text}`;
    this.#item.tooltip = images.map((image) => plainFacts(image.name, image.id, progressText(image))).join('\n');
    this.#item.accessibilityInformation = { label: text, role: 'button' };
    this.#item.show();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

interface PendingItem extends vscode.QuickPickItem {
  readonly image: PendingImage;
}

async function pickPending(images: PendingImages): Promise<void> {
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
  const show = () => {
    const active = pick.activeItems[0]?.image.id;
    pick.items = images.images.map((image) => ({
      image,
      label: plain(image.name),
      description: plainFacts(image.id, image.region),
      detail: progressText(image),
      buttons: [copy, stop],
    }));
    pick.activeItems = pick.items.filter((item) => item.image.id === active);
    if (pick.items.length === 0) {
      pick.hide();
    }
  };
  const subscription = images.onDidChange(show);
  try {
    const picked = await new Promise<PendingImage | undefined>((resolve) => {
      pick.onDidAccept(() => resolve(pick.activeItems[0]?.image));
      pick.onDidHide(() => resolve(undefined));
      pick.onDidTriggerItemButton(({ item, button }) => {
        if (button === copy) {
          void copyIds([item.image]);
        } else {
          images.cancel(item.image.id);
          vscode.window.setStatusBarMessage(
            vscode.l10n.t('{0} is no longer watched; EC2 goes on making it.', plain(item.image.id)),
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
