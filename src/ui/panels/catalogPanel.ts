import * as vscode from 'vscode';
import type { CatalogPort, RegionCatalog } from '../../catalog/port.ts';
import { isResourceId } from '../../core/imageId.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import type { Publisher } from '../../core/publishers.ts';
import { isRegionName, placeNameOf } from '../../core/regions.ts';
import {
  type CatalogNotifications,
  type CatalogQuery,
  type CatalogRequests,
  type CatalogState,
  catalogColumns,
  type FacetId,
  facetIds,
} from '../../protocol/catalog.ts';
import { type Handlers, notify, serve } from '../../protocol/rpc.ts';
import { atMostEvery } from '../atMostEvery.ts';
import { describeError } from '../presentError.ts';
import { describeFailure, noticeOf, problemText, toCatalogStatus } from './catalogStatus.ts';
import { showPage } from './panel.ts';

export const catalogViewType = 'amiExplorer.publicCatalog';

export interface CatalogPanelsDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
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

/** More rows or images than this are not asked for at once. */
const maxRows = 1_000;

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  catalog: RegionCatalog;
  tell: () => void;
}

/** The panels with public catalogs, one for each region. */
export class CatalogPanels implements vscode.Disposable {
  readonly #deps: CatalogPanelsDeps;
  readonly #open = new Set<OpenPanel>();

  constructor(deps: CatalogPanelsDeps) {
    this.#deps = deps;
  }

  /** Lets VS Code bring the panels back after a restart. */
  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this,
      vscode.window.registerWebviewPanelSerializer(catalogViewType, {
        deserializeWebviewPanel: async (panel, kept: unknown) => {
          const region: unknown = typeof kept === 'object' && kept !== null ? Reflect.get(kept, 'region') : undefined;
          if (typeof region === 'string' && isRegionName(region) && !this.#find(region)) {
            this.#adopt(panel, region);
          } else {
            panel.dispose();
          }
        },
      }),
    );
  }

  show(region: string): void {
    const opened = this.#find(region);
    if (opened) {
      opened.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(catalogViewType, titleOf(region), vscode.ViewColumn.Active, {
      enableFindWidget: false,
    });
    this.#adopt(panel, region);
  }

  /** Another account or endpoint, or other images that a catalog is to have: it is another catalog, too. */
  catalogsChanged(): void {
    for (const opened of this.#open) {
      this.#turnTo(opened, opened.catalog.region);
    }
  }

  dispose(): void {
    for (const { panel } of [...this.#open]) {
      panel.dispose();
    }
  }

  #find(region: string): OpenPanel | undefined {
    return [...this.#open].find(({ catalog }) => catalog.region === region);
  }

  #adopt(panel: vscode.WebviewPanel, region: string): void {
    const { webview } = panel;
    const { catalog, extensionUri, log } = this.#deps;
    const opened: OpenPanel = { panel, catalog: catalog.open(region, this.#deps.publishers()), tell: () => {} };
    opened.tell = atMostEvery(tellInterval, () => this.#tell(opened));
    opened.catalog.onDidChange(opened.tell);
    const post = (message: unknown) => void webview.postMessage(message);
    const receive = serve<CatalogRequests>(this.#handlers(opened), post, (error) => {
      log.error(`${catalogViewType}: ${error instanceof Error ? error.message : String(error)}`);
      return describeError(error).message;
    });
    const listener = webview.onDidReceiveMessage(receive);
    this.#open.add(opened);
    panel.onDidDispose(() => {
      this.#open.delete(opened);
      listener.dispose();
      opened.catalog.close();
    });
    panel.iconPath = new vscode.ThemeIcon('library');
    showPage(webview, extensionUri, 'catalog', titleOf(region));
    this.#bringUpToDate(opened);
  }

  #turnTo(opened: OpenPanel, region: string): void {
    opened.catalog.close();
    opened.catalog = this.#deps.catalog.open(region, this.#deps.publishers());
    opened.catalog.onDidChange(opened.tell);
    opened.panel.title = titleOf(region);
    // At once: until the page hears of it, it shows what the other account or endpoint has.
    this.#tell(opened);
    this.#bringUpToDate(opened);
  }

  /**
   * Once it is known what there is: asks for what is missing, or for what may have changed since. Goes on later with what a
   * window has left undone that died; not with what somebody has cancelled.
   */
  #bringUpToDate({ catalog }: OpenPanel): void {
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

  #tell({ panel, catalog }: OpenPanel): void {
    const state: CatalogState = {
      region: catalog.region,
      place: placeNameOf(catalog.region),
      status: toCatalogStatus(catalog.status),
      includeDeprecated: this.#deps.includeDeprecated(),
      isWhole: catalog.status.completed !== undefined,
      notice: noticeOf(catalog.status),
      version: catalog.status.version,
    };
    notify<CatalogNotifications, 'state'>((message) => void panel.webview.postMessage(message), 'state', state);
  }

  #handlers(opened: OpenPanel): Handlers<CatalogRequests> {
    const deps = this.#deps;
    const refs = (ids: readonly string[]) => idsOf(ids).map((id) => ({ region: opened.catalog.region, id }));
    return {
      ready: () => this.#tell(opened),
      query: async ({ query, start, count }) => {
        const { problems, ...answer } = await opened.catalog.query(readQuery(query), start, Math.min(count, maxRows));
        return {
          ...answer,
          problems: problems.map(({ kind, text, ...place }) => ({ ...place, message: problemText(kind, text) })),
        };
      },
      rows: async ({ start, count }) => ({
        start,
        rows: await opened.catalog.rows(start, Math.min(count, maxRows)),
      }),
      suggest: async ({ text, cursor }) => {
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
          await deps.showImage(row ? { ...ref, name: row.name } : ref, keep);
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
      selectRegion: async () => {
        const region = await deps.chooseRegion(opened.catalog.region);
        if (region !== undefined && region !== opened.catalog.region) {
          this.#turnTo(opened, region);
        }
      },
      setIncludeDeprecated: ({ includeDeprecated }) => deps.setIncludeDeprecated(includeDeprecated === true),
      download: () => {
        deps.userActed();
        opened.catalog.download();
      },
      cancel: () => opened.catalog.cancel(),
      runAction: async ({ index }) => {
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

function idsOf(ids: readonly string[]): readonly string[] {
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string' && isResourceId(id)).slice(0, maxRows) : [];
}

/** What a page sends is read as carefully as anything from outside. */
function readQuery(query: CatalogQuery): CatalogQuery {
  const facets: Partial<Record<FacetId, readonly string[]>> = {};
  for (const id of facetIds) {
    const keys: unknown = query.facets?.[id];
    if (Array.isArray(keys)) {
      facets[id] = keys.filter((key) => typeof key === 'string');
    }
  }
  return {
    text: String(query.text),
    facets,
    newestOnly: query.newestOnly === true,
    sort: {
      column: catalogColumns.find((column) => column === query.sort?.column) ?? 'created',
      descending: query.sort?.descending === true,
    },
  };
}
