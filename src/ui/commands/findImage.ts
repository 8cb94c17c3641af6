import * as vscode from 'vscode';
import type { CatalogPort } from '../../catalog/port.ts';
import type { ImageSummary } from '../../core/image.ts';
import { refKey } from '../../core/imageRef.ts';
import { ImageSearch } from '../../core/imageSearch.ts';
import { standingOf } from '../../core/imageStanding.ts';
import type { Pin } from '../../core/pins.ts';
import type { Publisher } from '../../core/publishers.ts';
import type { Connection } from '../../ec2/port.ts';
import { AccountImages } from '../../images/accountImages.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { FoundImages, type LoadedImages } from '../../images/foundImages.ts';
import { OfferedImages } from '../../images/offeredImages.ts';
import type { NamedRef, RecentImages } from '../../images/recentImages.ts';
import type { Session } from '../session/session.ts';
import { plain } from '../shared/plainText.ts';
import { listText } from '../shared/wording.ts';
import { foundItems, type ImageItem, loadingItem, nothingItem, offeredItems } from './foundImageItems.ts';

export interface FindImageDeps {
  readonly session: Session;
  readonly publishers: { readonly publishers: readonly Publisher[] };
  readonly catalog: CatalogPort;
  readonly images: ConnectionImages;
  readonly loaded: LoadedImages;
  readonly pins: { readonly all: readonly Pin[] };
  readonly recent: RecentImages;
}

export interface FindImageButtons {
  readonly onCopy: (image: NamedRef) => void;
  readonly onInsert: (image: NamedRef) => void;
  readonly onInsertAs: (image: NamedRef) => void;
}

/** Delay (ms) after the last keystroke before EC2 is asked. */
const typingDelay = 250;

/** The shortest interval (ms) between two changes of the list. */
const drawingInterval = 50;

/**
 * A quick pick that finds images in every region shown, and offers pinned and recent ones. It takes what is typed while
 * the account is being connected. Resolves with the picked one or undefined; rejects where there is no connection.
 */
export async function findImage(
  deps: FindImageDeps,
  title: string,
  buttons?: FindImageButtons,
): Promise<NamedRef | undefined> {
  const pick = vscode.window.createQuickPick<ImageItem>();
  pick.title = title;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  keepOrder(pick);
  try {
    const connection = await connectionBehind(pick, deps.session);
    return connection && (await findOn(connection, pick, deps, buttons));
  } finally {
    pick.dispose();
  }
}

/** Shows the pick and waits for the connection; undefined once the user closes the pick. */
async function connectionBehind(pick: vscode.QuickPick<ImageItem>, session: Session): Promise<Connection | undefined> {
  pick.busy = true;
  pick.items = [loadingItem()];
  let subscription: vscode.Disposable | undefined;
  const closed = new Promise<undefined>((resolve) => {
    subscription = pick.onDidHide(() => {
      // The box for the code of an MFA device hides it, too. It comes back with what was typed.
      if (!session.isAsking) resolve(undefined);
    });
  });
  pick.show();
  try {
    return await Promise.race([session.connection(), closed]);
  } finally {
    subscription?.dispose();
    pick.busy = false;
  }
}

async function findOn(
  connection: Connection,
  pick: vscode.QuickPick<ImageItem>,
  deps: FindImageDeps,
  buttons: FindImageButtons | undefined,
): Promise<NamedRef | undefined> {
  const { session, catalog, loaded } = deps;
  const regions = session.regions(connection);
  const byId = deps.images.of(connection);
  const account = new AccountImages(connection.ec2);
  const abort = new AbortController();
  const { publishers } = deps.publishers;
  const accountId = () => session.identity?.account;
  pick.placeholder = vscode.l10n.t('Name, publisher, description or AMI ID, in {0}', listText(regions.map(plain)));

  const { scope } = session;
  const offered = new OfferedImages({
    ec2: connection.ec2,
    byId,
    catalog,
    regions,
    pins: deps.pins.all,
    recent: scope ? deps.recent.of(scope) : [],
    loaded: loaded.loadedImages,
  });
  const itemParts = {
    standingOf: (image: ImageSummary) => (loaded.isOwn(image) ? 'own' : standingOf(image, accountId(), publishers)),
    publishers,
    buttons: buttons ? [copyButton, insertButton, insertAsButton] : [],
  };
  const itemsNow = () => {
    if (pick.value.trim() === '') {
      return offeredItems(offered, itemParts);
    }
    const items = foundItems(found, itemParts);
    return items.length > 0 ? items : [nothingItem(found, pick.busy)];
  };
  /** What the user has moved to; until then the first image is highlighted, whatever arrives. */
  let movedTo: string | undefined;
  const show = () => {
    clearTimeout(drawing);
    drawing = undefined;
    const items = itemsNow();
    const images = items.filter((item) => item.image);
    const active = images.find(({ image }) => image && refKey(image) === movedTo) ?? images[0];
    pick.keepScrollPosition = movedTo !== undefined;
    pick.items = items;
    pick.activeItems = active ? [active] : [];
  };
  let drawing: NodeJS.Timeout | undefined;
  const changed = () => {
    drawing ??= setTimeout(show, drawingInterval);
  };
  let found = new FoundImages(
    { ec2: connection.ec2, byId, account, accountId, publishers, catalog, regions, loaded },
    new ImageSearch(''),
    changed,
  );
  let asking: NodeJS.Timeout | undefined;
  const searchFor = (text: string) => {
    clearTimeout(asking);
    movedTo = undefined;
    const current = found.next(new ImageSearch(text));
    found = current;
    pick.busy = current.canAsk;
    show();
    if (current.canAsk) {
      asking = setTimeout(async () => {
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
    return await new Promise<NamedRef | undefined>((resolve) => {
      pick.onDidChangeValue(searchFor);
      pick.onDidChangeActive(([item]) => {
        const first = pick.items.find(({ image }) => image);
        if (item?.image && (movedTo !== undefined || item !== first)) {
          movedTo = refKey(item.image);
        }
      });
      pick.onDidAccept(() => {
        const image = pick.activeItems[0]?.image;
        if (image) {
          resolve(image);
        }
      });
      pick.onDidTriggerItemButton(({ item, button }) => {
        if (item.image && buttons) {
          const { onCopy, onInsert, onInsertAs } = buttons;
          (button === copyButton ? onCopy : button === insertButton ? onInsert : onInsertAs)(item.image);
        }
      });
      pick.onDidHide(() => resolve(undefined));
      // The images belong to the account that was asked.
      subscription = session.onDidChange(() => resolve(undefined));
      if (pick.value.trim() === '') {
        show();
      } else {
        searchFor(pick.value);
      }
      pick.show();
      void offered.lookUp(abort.signal, () => {
        if (pick.value.trim() === '') {
          changed();
        }
      });
    });
  } finally {
    subscription?.dispose();
    clearTimeout(asking);
    clearTimeout(drawing);
    abort.abort();
    found.close();
    account.close();
  }
}

const copyButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('copy'),
  tooltip: vscode.l10n.t('Copy AMI ID'),
};
const insertButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('insert'),
  tooltip: vscode.l10n.t('Insert AMI ID at Cursor'),
};
const insertAsButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('code'),
  tooltip: vscode.l10n.t('Insert As…'),
};

/**
 * By default the editor sorts items by where their labels match, and drops the separators. `sortByLabel` turns that
 * off, and is not in the declared API: an editor may ignore it.
 */
function keepOrder(pick: vscode.QuickPick<ImageItem>): void {
  Reflect.set(pick, 'sortByLabel', false);
}
