import * as vscode from 'vscode';
import type { CatalogPort } from '../../catalog/port.ts';
import type { ImageSummary } from '../../core/image.ts';
import { type Publisher, publisherOf } from '../../core/publishers.ts';
import { placeNameOf } from '../../core/regions.ts';
import { splitWords } from '../../core/search.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { FoundImages, type FoundInRegion, type LoadedImages } from '../../images/foundImages.ts';
import type { Session } from '../session/session.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import { ageText, statusText } from '../shared/wording.ts';

export interface FindImageDeps {
  readonly session: Session;
  readonly publishers: { readonly publishers: readonly Publisher[] };
  readonly catalog: CatalogPort;
  readonly images: ConnectionImages;
  readonly loaded: LoadedImages;
}

export interface FindImageButtons {
  readonly onCopy: (image: ImageSummary) => void;
  readonly onInsert: (image: ImageSummary) => void;
}

/** Delay (ms) after the last keystroke before EC2 is asked. */
const typingDelay = 250;

interface ImageItem extends vscode.QuickPickItem {
  readonly image?: ImageSummary;
}

/**
 * A quick pick that finds images by words or by id, in every region shown. Resolves with the picked one or undefined.
 */
export async function findImage(
  deps: FindImageDeps,
  title: string,
  buttons?: FindImageButtons,
): Promise<ImageSummary | undefined> {
  const connection = await deps.session.connection();
  const regions = deps.session.regions(connection);
  const { catalog, loaded } = deps;
  const parts = { ec2: connection.ec2, byId: deps.images.of(connection), catalog, regions, loaded };
  const pick = vscode.window.createQuickPick<ImageItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Words of the name, or an AMI id ({0})', regions.map(plain).join(', '));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  keepOrder(pick);

  const show = () => {
    const active = pick.activeItems[0]?.image?.id;
    const items = found.inRegions.flatMap((each) => regionItems(each, deps, buttons !== undefined));
    pick.items = items.length > 0 || pick.value.trim() === '' ? items : [nothingItem(found.canAsk, pick.busy)];
    const same = pick.items.find((item) => item.image && item.image.id === active);
    if (same) {
      pick.activeItems = [same];
    }
  };
  let found = new FoundImages(parts, [], show);
  let timer: NodeJS.Timeout | undefined;
  const searchFor = (text: string) => {
    clearTimeout(timer);
    const current = found.next(splitWords(text));
    found = current;
    pick.busy = current.canAsk;
    show();
    if (current.canAsk) {
      timer = setTimeout(async () => {
        await current.ask();
        if (current === found) {
          pick.busy = false;
          show();
        }
      }, typingDelay);
    }
  };

  let subscription: vscode.Disposable | undefined;
  try {
    return await new Promise<ImageSummary | undefined>((resolve) => {
      pick.onDidChangeValue(searchFor);
      pick.onDidAccept(() => {
        const image = pick.activeItems[0]?.image;
        if (image) {
          resolve(image);
        }
      });
      pick.onDidTriggerItemButton(({ item, button }) => {
        if (item.image) {
          (button === copyButton ? buttons?.onCopy : buttons?.onInsert)?.(item.image);
        }
      });
      pick.onDidHide(() => resolve(undefined));
      // The images belong to the account that was asked.
      subscription = deps.session.onDidChange(() => resolve(undefined));
      pick.show();
    });
  } finally {
    subscription?.dispose();
    clearTimeout(timer);
    found.close();
    pick.dispose();
  }
}

const copyButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('copy'),
  tooltip: vscode.l10n.t('Copy AMI ID'),
};
const insertButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('code'),
  tooltip: vscode.l10n.t('Insert AMI ID at Cursor'),
};

function regionItems(
  { region, images, hidden, error }: FoundInRegion,
  deps: FindImageDeps,
  withButtons: boolean,
): readonly ImageItem[] {
  const now = Date.now();
  return [
    { label: plainFacts(region, placeNameOf(region)), kind: vscode.QuickPickItemKind.Separator },
    ...images.map((image) => imageItem(image, deps, now, withButtons)),
    ...(hidden > 0 ? [note('ellipsis', vscode.l10n.t('{0} more in {1}: type more words', hidden, plain(region)))] : []),
    ...(error === undefined ? [] : [note('error', describeError(error).message)]),
  ];
}

function imageItem(
  image: ImageSummary,
  { session, publishers }: FindImageDeps,
  now: number,
  withButtons: boolean,
): ImageItem {
  const publisher = publisherOf(image, publishers.publishers);
  const owner =
    image.ownerId === session.identity?.account
      ? vscode.l10n.t('owned by me')
      : publisher
        ? plain(publisher.name)
        : vscode.l10n.t('unverified owner {0}', plain(image.ownerId));
  return {
    image,
    label: `$(${publisher?.verified ? 'verified' : 'package'}) ${plain(image.name) || plain(image.id)}`,
    description: plainFacts(image.id, image.architecture),
    detail: `${owner} · ${plainFacts(ageText(image.creationDate, now), statusText(image, now), image.region)}`,
    alwaysShow: true,
    ...(withButtons ? { buttons: [copyButton, insertButton] } : {}),
  };
}

function nothingItem(canAsk: boolean, isAsking: boolean): ImageItem {
  if (!canAsk) {
    return note('info', vscode.l10n.t('Type at least two characters to search'));
  }
  return isAsking ? note('loading~spin', vscode.l10n.t('Searching…')) : note('info', vscode.l10n.t('No image found'));
}

function note(icon: string, text: string): ImageItem {
  return { label: `$(${icon}) ${text}`, alwaysShow: true };
}

/**
 * By default the editor sorts items by where their labels match, and drops the separators. `sortByLabel` turns that
 * off, and is not in the declared API: an editor may ignore it.
 */
function keepOrder(pick: vscode.QuickPick<ImageItem>): void {
  Reflect.set(pick, 'sortByLabel', false);
}
