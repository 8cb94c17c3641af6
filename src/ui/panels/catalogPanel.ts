import * as v from 'valibot';
import * as vscode from 'vscode';
import type { CatalogPort, RegionCatalog } from '../../catalog/port.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { regionName } from '../../core/imageRefSchema.ts';
import type { Publisher } from '../../core/publishers.ts';
import { placeNameOf } from '../../core/regions.ts';
import { read, type Schema } from '../../core/schemas.ts';
import type { CatalogKept, CatalogNotifications, CatalogRequests, CatalogState } from '../../protocol/catalog.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import type { RestorePanel } from '../lazy/loadedExtension.ts';
import { atMostEvery } from '../shared/atMostEvery.ts';
import { describeError } from '../shared/presentError.ts';
import { describeFailure, noticeOf, problemText, toCatalogStatus } from './catalogStatus.ts';
import { actionRequest, idsOf, queryRequest, rowsRequest, suggestRequest } from './pageRequests.ts';
import { OpenPanels, type PanelDeps, PanelFrame, type PanelKind } from './panelFrame.ts';

const kind: PanelKind = {
  viewType: 'amiExplorer.publicCatalog',
  entry: 'catalog',
  icon: 'library',
  pageTitle: () => vscode.l10n.t('Public Images'),
  hasFindWidget: false,
};

export interface CatalogPanelsDeps extends Omit<PanelDeps, 'describeError'> {
  readonly catalog: CatalogPort;
  publishers(): readonly Publisher[];
  /** Whether catalogs have deprecated images, too, as the user's settings say. */
  includeDeprecated(): boolean;
  setIncludeDeprecated(includeDeprecated: boolean): Promise<void>;
  /** The user has asked for something, which may ask the user. */
  userActed(): void;
  showImage(
    ref: { readonly region: string; readonly id: string; readonly name?: string },
    keep: boolean,
  ): Promise<void>;
  copyIds(ids: readonly string[]): Promise<void>;
  insertIds(ids: readonly string[]): Promise<void>;
  /** What needs more of the images than the catalog knows asks EC2, and says what is gone. */
  copyAs(refs: readonly ImageRef[]): Promise<void>;
  insertAs(refs: readonly ImageRef[]): Promise<void>;
  pinImages(images: readonly (ImageRef & { readonly name: string })[]): Promise<void>;
  pinFamilies(refs: readonly ImageRef[]): Promise<void>;
  /** Asks for a region; undefined when the user chooses none. */
  chooseRegion(current: string): Promise<string | undefined>;
}

/** What is there is brought up to date when it is looked at again after so long (ms). */
const staleAfter = 15 * 60_000;

/** A time to come says that the clock was wrong. */
function isStale(asOf: number): boolean {
  const age = Date.now() - asOf;
  return age < 0 || age > staleAfter;
}

/** How often (ms) the page hears of a download. */
const tellInterval = 150;

const keptState: Schema<CatalogKept> = v.object({ region: regionName });

type Frame = PanelFrame<CatalogRequests, CatalogNotifications>;

class CatalogPanel {
  readonly frame: Frame;
  catalog: RegionCatalog;

  constructor(frame: Frame, catalog: RegionCatalog) {
    this.frame = frame;
    this.catalog = catalog;
    frame.own(new vscode.Disposable(() => this.catalog.close()));
  }

  get key(): string {
    return this.catalog.region;
  }
}

/** The panels with public catalogs, one for each region. */
export class CatalogPanels implements vscode.Disposable {
  readonly #deps: CatalogPanelsDeps;
  readonly #open = new OpenPanels<CatalogPanel>(kind);

  constructor(deps: CatalogPanelsDeps) {
    this.#deps = deps;
  }

  readonly restore: RestorePanel = (panel, kept) => {
    const region = read(keptState, kept)?.region;
    if (region === undefined || this.#open.find(region)) {
      return false;
    }
    this.#adopt(panel, region);
    return true;
  };

  show(region: string): void {
    const opened = this.#open.find(region);
    if (opened) {
      opened.frame.reveal();
    } else {
      this.#adopt(this.#open.create(titleOf(region)), region);
    }
  }

  /** Another account or endpoint, or other images that a catalog is to have: it is another catalog, too. */
  catalogsChanged(): void {
    for (const opened of this.#open.all) {
      this.#turnTo(opened, opened.catalog.region);
    }
  }

  dispose(): void {
    this.#open.dispose();
  }

  /** Asks which region the panel of this one is to turn to. */
  async selectRegion(current: string): Promise<void> {
    const opened = this.#open.find(current);
    if (opened) {
      await this.#selectRegion(opened);
    }
  }

  async #selectRegion(opened: CatalogPanel): Promise<void> {
    const region = await this.#deps.chooseRegion(opened.catalog.region);
    // Meanwhile the panel may have been closed, or another one have that region.
    if (region === undefined || opened.frame.isClosed || region === opened.catalog.region) {
      return;
    }
    if (this.#open.find(region)) {
      this.show(region);
    } else {
      this.#turnTo(opened, region);
    }
  }

  #adopt(panel: vscode.WebviewPanel, region: string): void {
    const frame: Frame = new PanelFrame(panel, kind, { ...this.#deps, describeError });
    const opened = new CatalogPanel(frame, this.#deps.catalog.open(region, this.#deps.publishers()));
    this.#open.add(opened);
    this.#watch(opened);
    frame.load(this.#handlers(opened));
  }

  #turnTo(opened: CatalogPanel, region: string): void {
    opened.catalog.close();
    opened.catalog = this.#deps.catalog.open(region, this.#deps.publishers());
    opened.frame.title = titleOf(region);
    // At once: until the page hears of it, it shows what the other account or endpoint has.
    this.#tell(opened);
    this.#watch(opened);
  }

  #watch(opened: CatalogPanel): void {
    opened.catalog.onDidChange(atMostEvery(tellInterval, () => this.#tell(opened)));
    this.#bringUpToDate(opened);
  }

  /**
   * Once it is known what there is: asks for what is missing, or for what may have changed since. Goes on later with what a
   * window has left undone that died; not with what somebody has cancelled.
   */
  #bringUpToDate({ catalog }: CatalogPanel): void {
    let abandoned = false;
    catalog.onDidChange(() => {
      const { status } = catalog;
      if (status.abandoned && !abandoned && !status.failure) {
        catalog.download();
      }
      abandoned = status.abandoned;
    });
    const looked = catalog.onDidChange(() => {
      const { images, asOf, download, failure, abandoned: left } = catalog.status;
      if (images === undefined && !failure) {
        return;
      }
      looked.dispose();
      if (!download && !left && (asOf === undefined || isStale(asOf))) {
        catalog.download();
      }
    });
  }

  #tell({ frame, catalog }: CatalogPanel): void {
    const state: CatalogState = {
      region: catalog.region,
      place: placeNameOf(catalog.region),
      status: toCatalogStatus(catalog.status),
      includeDeprecated: this.#deps.includeDeprecated(),
      isWhole: catalog.status.completed !== undefined,
      notice: noticeOf(catalog.status),
      version: catalog.status.version,
    };
    frame.notify('state', state);
  }

  #handlers(opened: CatalogPanel): Handlers<CatalogRequests> {
    const deps = this.#deps;
    const refs = (ids: readonly string[]) => idsOf(ids).map((id) => ({ region: opened.catalog.region, id }));
    return {
      ready: () => this.#tell(opened),
      query: async (params) => {
        const { query, start, count } = v.parse(queryRequest, params);
        const { problems, ...answer } = await opened.catalog.query(query, start, count);
        return {
          ...answer,
          problems: problems.map(({ kind, text, ...place }) => ({ ...place, message: problemText(kind, text) })),
        };
      },
      rows: async (params) => {
        const { start, count } = v.parse(rowsRequest, params);
        return { start, rows: await opened.catalog.rows(start, count) };
      },
      suggest: async (params) => {
        const { text, cursor } = v.parse(suggestRequest, params);
        const { items, ...place } = await opened.catalog.suggest(text, cursor);
        return {
          ...place,
          items: items.map(({ insert, label, images }) => ({
            insert,
            label,
            detail:
              images === undefined
                ? ''
                : images === 1
                  ? vscode.l10n.t('1 image')
                  : vscode.l10n.t('{0} images', images.toLocaleString(vscode.env.language)),
          })),
        };
      },
      showImage: async ({ id, keep }) => {
        const [ref] = refs([id]);
        const [row] = ref ? await opened.catalog.byIds([ref.id]) : [];
        if (ref) {
          await deps.showImage(row ? { ...ref, name: row.name } : ref, keep === true);
        }
      },
      copyIds: ({ ids }) => deps.copyIds(idsOf(ids)),
      insertIds: ({ ids }) => deps.insertIds(idsOf(ids)),
      copyAs: ({ ids }) => deps.copyAs(refs(ids)),
      insertAs: ({ ids }) => deps.insertAs(refs(ids)),
      pinImages: async ({ ids }) => {
        const { region } = opened.catalog;
        const rows = await opened.catalog.byIds(idsOf(ids));
        await deps.pinImages(rows.map(({ id, name }) => ({ region, id, name })));
      },
      pinFamilies: ({ ids }) => deps.pinFamilies(refs(ids)),
      selectRegion: () => this.#selectRegion(opened),
      setIncludeDeprecated: ({ includeDeprecated }) => deps.setIncludeDeprecated(includeDeprecated === true),
      download: () => {
        deps.userActed();
        opened.catalog.download();
      },
      cancel: () => opened.catalog.cancel(),
      runAction: async (params) => {
        const { index } = v.parse(actionRequest, params);
        const { failure } = opened.catalog.status;
        const action = failure && describeFailure(failure).actions[index];
        if (action) {
          await vscode.commands.executeCommand(action.command);
        }
      },
    };
  }
}

function titleOf(region: string): string {
  return vscode.l10n.t('Public Images: {0}', region);
}
