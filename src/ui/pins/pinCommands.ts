import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { Image } from '../../core/image.ts';
import { familyPin, imagePin, type Pin, pinKey } from '../../core/pins.ts';
import type { ImageTargets } from '../commands/imageTargets.ts';
import { pinsOfNodes } from '../commands/nodeArguments.ts';
import type { ImagePinsPort } from '../panels/detailsContent.ts';
import type { Session } from '../session/session.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';
import type { PinStore } from './pinStore.ts';

export interface PinCommandsDeps {
  readonly pins: PinStore;
  readonly targets: ImageTargets;
}

export function pinCommands({ pins, targets }: PinCommandsDeps) {
  return {
    [commands.pinImage]: async (...args) => {
      const refs = await targets.refs(args);
      const known = await targets.known(refs);
      await pinImages(
        pins,
        refs.map((ref, index) => ({ ...ref, name: known[index]?.name ?? '' })),
      );
    },
    [commands.pinFamily]: async (...args) => pinFamilies(pins, await targets.images(args)),
    [commands.unpin]: async (...args) => pins.remove(pinsOfNodes(args) ?? (await choose(pins.all))),
  } satisfies Partial<CommandHandlers>;
}

export async function pinImages(
  pins: PinStore,
  images: readonly Pick<Image, 'region' | 'id' | 'name'>[],
): Promise<void> {
  await pins.add(images.map(imagePin));
  showPinned(images.length);
}

/** What the details of an image need of the pins. */
export function pinnedImages(pins: PinStore): ImagePinsPort {
  return {
    has: (ref) => pins.all.some((pin) => pinKey(pin) === pinKey(imagePin({ ...ref, name: '' }))),
    set: (image, pinned) => (pinned ? pinImages(pins, [image]) : pins.remove([imagePin(image)])),
    onDidChange: pins.onDidChange,
  };
}

/** Pins the family of each image, with its publisher and architecture. */
export async function pinFamilies(pins: PinStore, images: readonly Image[]): Promise<void> {
  const found = images.flatMap((image) => familyPin(image) ?? []);
  await pins.add(found);
  if (found.length < images.length) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'An image whose name does not show its family can only be pinned as an image. Use Pin Image instead.',
      ),
    );
  } else {
    showPinned(found.length);
  }
}

/** Asks the user once whose the pins of an earlier version are, which saved no account with them. */
export function offerOldPins(session: Session, pins: PinStore): vscode.Disposable {
  let asked = false;
  return session.onDidIdentify(() => {
    if (!asked && pins.old.length > 0) {
      asked = true;
      void askAboutOldPins(pins);
    }
  });
}

async function askAboutOldPins(pins: PinStore): Promise<void> {
  const keep = vscode.l10n.t({ message: 'Keep', comment: ['Keep the pins'] });
  const remove = vscode.l10n.t({ message: 'Remove', comment: ['Remove the pins'] });
  const { old } = pins;
  const pressed = await vscode.window.showInformationMessage(
    old.length === 1
      ? vscode.l10n.t('A pin from an earlier version is not assigned to an account. Keep it for the current account?')
      : vscode.l10n.t(
          '{0} pins from an earlier version are not assigned to an account. Keep them for the current account?',
          old.length,
        ),
    keep,
    remove,
  );
  if (pressed === keep) {
    await pins.add(old);
  }
  if (pressed !== undefined) {
    await pins.removeOld();
  }
}

function showPinned(count: number): void {
  if (count > 0) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('Pinned to the top of the Images view'), 3_000);
  }
}

interface PinItem extends vscode.QuickPickItem {
  readonly pin: Pin;
}

async function choose(pins: readonly Pin[]): Promise<readonly Pin[]> {
  const items = pins.map(
    (pin): PinItem =>
      pin.kind === 'image'
        ? { pin, label: `$(package) ${plain(pin.name) || plain(pin.id)}`, description: plainFacts(pin.id, pin.region) }
        : { pin, label: `$(versions) ${plain(pin.label)}`, description: plainFacts(pin.architecture, pin.ownerId) },
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Unpin'),
    placeHolder: pins.length === 0 ? vscode.l10n.t('Nothing is pinned') : vscode.l10n.t('Select the pins to remove'),
    canPickMany: true,
  });
  return (picked ?? []).map(({ pin }) => pin);
}
