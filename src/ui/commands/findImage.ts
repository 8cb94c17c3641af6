import * as vscode from 'vscode';
import type { CatalogPort } from '../../catalog/port.ts';
import { isCancelled } from '../../core/errors.ts';
import { sortedNewestFirst } from '../../core/family.ts';
import type { ImageSummary } from '../../core/image.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { type Publisher, publisherOf } from '../../core/publishers.ts';
import { partitionOf, placeNameOf } from '../../core/regions.ts';
import { idQuery, matchesWords, splitWords } from '../../core/search.ts';
import type { Connection, ImageQuery } from '../../ec2/port.ts';
import { catalogImages } from '../../images/catalogImages.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { wordsFilter } from '../../images/imageQuestions.ts';
import type { ImagesById } from '../../images/imagesById.ts';
import type { Session } from '../session/session.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import { ageText, statusText } from '../shared/wording.ts';

export interface FindImageDeps {
  readonly session: Session;
  readonly publishers: { readonly publishers: readonly Publisher[] };
  /** Public images of the catalogs that are there. */
  readonly catalog: CatalogPort;
  readonly images: ConnectionImages;
  /** Images that need no call. */
  readonly loadedImages: () => readonly ImageSummary[];
}

export interface FindImageButtons {
  readonly onCopy: (image: ImageSummary) => void;
  readonly onInsert: (image: ImageSummary) => void;
}

/** Waits (ms) after the last keystroke before EC2 is asked. */
const typingPause = 250;

/** Words shorter than this are too common to ask EC2 for. */
const shortestWord = 2;

/** How many images of a region the list shows: who sees more needs more words. */
const shownPerRegion = 100;

/** How many images one question finds before the search of a region ends. */
const foundPerQuestion = 1_500;

/** `ami-` and 17 digits: an id that begins no other. The short ones of old are the beginnings of some. */
const wholeIdLength = 21;

interface ImageItem extends vscode.QuickPickItem {
  readonly image?: ImageSummary;
}

/**
 * A quick pick that finds images by words or by id, in every region that is shown: what is loaded at once, the rest as
 * EC2 answers. Resolves with the image that was picked, or undefined.
 */
export async function findImage(
  deps: FindImageDeps,
  title: string,
  buttons?: FindImageButtons,
): Promise<ImageSummary | undefined> {
  const connection = await deps.session.connection();
  const regions = deps.session.regions(connection);
  const pick = vscode.window.createQuickPick<ImageItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Words of the name, or an AMI id ({0})', regions.map(plain).join(', '));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  keepOrder(pick);
  const results = new Results(deps, deps.images.of(connection), regions);
  let search = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let subscription: vscode.Disposable | undefined;

  const show = () => {
    const active = pick.activeItems[0]?.image?.id;
    pick.items = results.items(buttons !== undefined);
    const same = pick.items.find((item) => item.image && item.image.id === active);
    if (same) {
      pick.activeItems = [same];
    }
  };
  const ask = (text: string) => {
    search.abort();
    search = new AbortController();
    clearTimeout(timer);
    const words = splitWords(text);
    results.start(words);
    show();
    const worthAsking = words.some((word) => word.length >= shortestWord);
    pick.busy = worthAsking;
    if (!worthAsking) {
      return;
    }
    const { signal } = search;
    timer = setTimeout(() => {
      const all = regions.map((region) => results.ask(connection, region, signal, show));
      void Promise.all(all).then(() => {
        if (!signal.aborted) {
          pick.busy = false;
          results.finish();
          show();
        }
      });
    }, typingPause);
  };

  try {
    return await new Promise<ImageSummary | undefined>((resolve) => {
      pick.onDidChangeValue(ask);
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
      // What is found belongs to the account that was asked.
      subscription = deps.session.onDidChange(() => resolve(undefined));
      ask('');
      pick.show();
    });
  } finally {
    subscription?.dispose();
    clearTimeout(timer);
    search.abort();
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

/** What has been found for the words typed, by region. */
class Results {
  readonly #deps: FindImageDeps;
  readonly #byId: ImagesById;
  readonly #regions: readonly string[];
  readonly #images = new Map<string, Map<string, ImageSummary>>();
  readonly #errors = new Map<string, unknown>();
  #words: readonly string[] = [];
  #asking = false;

  constructor(deps: FindImageDeps, byId: ImagesById, regions: readonly string[]) {
    this.#deps = deps;
    this.#byId = byId;
    this.#regions = regions;
  }

  start(words: readonly string[]): void {
    this.#words = words;
    this.#asking = words.length > 0;
    this.#images.clear();
    this.#errors.clear();
    for (const image of this.#deps.loadedImages()) {
      this.#add(image);
    }
  }

  finish(): void {
    this.#asking = false;
  }

  /** Asks EC2 for one region; `arrived` is called whenever there is more to show. Never rejects. */
  async ask(connection: Connection, region: string, signal: AbortSignal, arrived: () => void): Promise<void> {
    const id = idQuery(this.#words)?.id;
    const filters = [wordsFilter(this.#words)];
    const questions: readonly ImageQuery[] = [
      { owners: ['self'], filters, includeDeprecated: true, includeDisabled: true },
      { executableUsers: ['self'], filters, includeDeprecated: true },
    ];
    const whole = id !== undefined && id.length === wholeIdLength;
    const knownRegion = whole ? this.#byId.knownRegion(id, this.#regions) : undefined;
    if (knownRegion !== undefined && knownRegion !== region) {
      return;
    }
    const read = (pages: AsyncIterable<readonly ImageSummary[]>) => this.#fromPages(pages, signal, arrived);
    const ask = (query: ImageQuery) => read(connection.ec2.listImages(region, query, signal));
    // What is one's own does not wait for it.
    const catalog = catalogImages(this.#deps.catalog, region, {
      kind: 'words',
      words: this.#words,
      within: 'names',
    });
    const readCatalog = async () => {
      const known = await catalog;
      if (known) {
        await read(known.pages);
      }
    };
    const askPublic = async () => {
      const query: ImageQuery = { executableUsers: ['all'], filters };
      const known = await catalog;
      await (known ? read(known.pages) : ask(query));
      // EC2 hides deprecated ones unless they are asked for. There are several times as many of them as of the others:
      // where the list has no room left, more words are what helps.
      if (!known?.includesDeprecated && (this.#images.get(region)?.size ?? 0) < shownPerRegion) {
        await ask({ ...query, includeDeprecated: true });
      }
    };
    const answers = [
      ...(id ? [this.#oneOf({ region, id }, signal, arrived)] : []),
      ...(whole ? [readCatalog()] : [...questions.map(ask), askPublic()]),
    ];
    await Promise.all(
      answers.map((answer) =>
        answer.catch((error: unknown) => {
          if (!signal.aborted && !isCancelled(error)) {
            this.#errors.set(region, error);
            arrived();
          }
        }),
      ),
    );
  }

  async #oneOf(ref: ImageRef, signal: AbortSignal, arrived: () => void): Promise<void> {
    const image = await this.#byId.get(ref, signal);
    this.#take(image ? [image] : [], signal, arrived);
  }

  async #fromPages(
    pages: AsyncIterable<readonly ImageSummary[]>,
    signal: AbortSignal,
    arrived: () => void,
  ): Promise<void> {
    const words = this.#words;
    let found = 0;
    for await (const page of pages) {
      // EC2's filter finds more than asked for.
      found += page.filter((image) => matchesWords(words, image)).length;
      this.#take(page, signal, arrived);
      if (signal.aborted || found >= foundPerQuestion) {
        return;
      }
    }
  }

  #take(images: readonly ImageSummary[], signal: AbortSignal, arrived: () => void): void {
    this.#byId.learn(images);
    if (!signal.aborted && images.length > 0) {
      for (const image of images) {
        this.#add(image);
      }
      arrived();
    }
  }

  #add(image: ImageSummary): void {
    if (this.#words.length > 0 && matchesWords(this.#words, image)) {
      const found = this.#images.get(image.region) ?? new Map<string, ImageSummary>();
      found.set(image.id, image);
      this.#images.set(image.region, found);
    }
  }

  items(withButtons: boolean): ImageItem[] {
    const now = Date.now();
    const items: ImageItem[] = [];
    for (const region of this.#regions) {
      const found = sortedNewestFirst([...(this.#images.get(region)?.values() ?? [])]);
      const error = this.#errors.get(region);
      if (found.length === 0 && error === undefined) {
        continue;
      }
      items.push({ label: plainFacts(region, placeNameOf(region)), kind: separator });
      items.push(...found.slice(0, shownPerRegion).map((image) => this.#item(image, now, withButtons)));
      if (found.length > shownPerRegion) {
        const rest = found.length - shownPerRegion;
        items.push(note('ellipsis', vscode.l10n.t('{0} more in {1}: type more words', rest, plain(region))));
      }
      if (error !== undefined) {
        items.push(note('error', describeError(error).message));
      }
    }
    if (items.length === 0 && this.#words.length > 0) {
      items.push(
        this.#asking
          ? note('loading~spin', vscode.l10n.t('Searching…'))
          : note('info', vscode.l10n.t('No image found')),
      );
    }
    return items;
  }

  #item(image: ImageSummary, now: number, withButtons: boolean): ImageItem {
    const publisher = publisherOf(image, partitionOf(image.region), this.#deps.publishers.publishers);
    const owner =
      image.ownerId === this.#deps.session.identity?.account
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
}

const separator = vscode.QuickPickItemKind.Separator;

function note(icon: string, text: string): ImageItem {
  return { label: `$(${icon}) ${text}`, alwaysShow: true };
}

/**
 * The editor sorts by where labels match and drops the separators then. It lets extensions turn that off by a property
 * that its API does not declare; where it does not, the region in each item's detail still tells.
 */
function keepOrder(pick: vscode.QuickPick<ImageItem>): void {
  Reflect.set(pick, 'sortByLabel', false);
}
