import * as v from 'valibot';
import * as vscode from 'vscode';
import { type CatalogPort, type RegionCatalog, staleAfter } from '../../catalog/port.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import type { Publisher } from '../../core/publishers.ts';
import { placeNameOf } from '../../core/regions.ts';
import type { CatalogRequests, CatalogState } from '../../protocol/catalog.ts';
import { atMostEvery } from '../shared/atMostEvery.ts';
import { plain } from '../shared/plainText.ts';
import type { ErrorButton } from '../shared/presentError.ts';
import { problemText } from '../shared/queryText.ts';
import { numberText } from '../shared/wording.ts';
import { describeFailure, noticeOf, toCatalogStatus } from './catalogStatus.ts';
import { idsOf, queryRequest, rowsRequest, suggestRequest } from './pageRequests.ts';
import type { PageHandlers, PanelContent } from './panelFrame.ts';

export interface CatalogContentDeps {
  readonly catalog: CatalogPort;
  publishers(): readonly Publisher[];
  /** Whether catalogs have deprecated images, too, by the user's settings. */
  includeDeprecated(): boolean;
  setIncludeDeprecated(includeDeprecated: boolean): Promise<void>;
  showImage(ref: { readonly region: string; readonly id: string; readonly name?: string }): Promise<void>;
  copyIds(ids: readonly string[]): Promise<void>;
  insertIds(ids: readonly string[]): Promise<void>;
  /** Asks EC2 for the images, since a catalog lacks some of their values, and warns about those that are gone. */
  copyAs(refs: readonly ImageRef[]): Promise<void>;
  copyLinks(refs: readonly ImageRef[]): Promise<void>;
  insertAs(refs: readonly ImageRef[]): Promise<void>;
  pinImages(images: readonly (ImageRef & { readonly name: string })[]): Promise<void>;
  pinFamilies(refs: readonly ImageRef[]): Promise<void>;
  /** Asks for another region for the panel of this one, and turns the panel to it. */
  selectRegion(current: string): Promise<void>;
}

/** A time in the future means that a clock was wrong. */
function isStale(asOf: number): boolean {
  const age = Date.now() - asOf;
  return age < 0 || age > staleAfter;
}

/** The least interval (ms) between two states that the page is sent during a download. */
const stateInterval = 150;

/** What one panel shows: the catalog of a region. */
export class CatalogContent implements PanelContent<CatalogRequests, CatalogState> {
  readonly #deps: CatalogContentDeps;
  readonly #changed: () => void;
  #catalog: RegionCatalog;
  #search: CatalogState['search'];
  #searches = 0;
  readonly handlers: PageHandlers<CatalogRequests>;

  constructor(region: string, deps: CatalogContentDeps, changed: () => void) {
    this.#deps = deps;
    this.#changed = changed;
    this.#catalog = this.#open(region);
    this.handlers = this.#handlers(deps);
  }

  get key(): string {
    return this.#catalog.region;
  }

  get title(): string {
    return vscode.l10n.t('Public Images: {0}', plain(this.#catalog.region));
  }

  get state(): CatalogState {
    const { region, status } = this.#catalog;
    return {
      region,
      place: placeNameOf(region),
      status: toCatalogStatus(status),
      includeDeprecated: this.#deps.includeDeprecated(),
      isWhole: status.completed !== undefined,
      notice: noticeOf(status),
      search: this.#search,
      version: status.version,
    };
  }

  get errorButtons(): readonly ErrorButton[] {
    const { failure } = this.#catalog.status;
    return failure ? describeFailure(failure).buttons : [];
  }

  /** The catalog was opened with the panel. */
  shown(): void {}

  refresh(): void {
    this.#catalog.download();
  }

  /** Makes the page search for this; one that is out of sight does so when it is seen. */
  search(text: string): void {
    this.#searches += 1;
    this.#search = { text, number: this.#searches };
    this.#changed();
  }

  /** Another account or endpoint has another catalog. */
  connectionChanged(): void {
    this.turnTo(this.#catalog.region);
  }

  turnTo(region: string): void {
    // What was to be searched for was meant for its region.
    if (region !== this.key) this.#search = undefined;
    this.#catalog.close();
    this.#catalog = this.#open(region);
    // The page still shows the earlier catalog.
    this.#changed();
  }

  dispose(): void {
    this.#catalog.close();
  }

  #open(region: string): RegionCatalog {
    const catalog = this.#deps.catalog.open(region, this.#deps.publishers());
    catalog.onDidChange(atMostEvery(stateInterval, this.#changed));
    this.#keepFresh(catalog);
    return catalog;
  }

  /**
   * Downloads a missing or stale catalog once the saved one is read. Resumes the download of a window that died, but
   * none that somebody has cancelled.
   */
  #keepFresh(catalog: RegionCatalog): void {
    let wasAbandoned = false;
    catalog.onDidChange(() => {
      const { abandoned, failure } = catalog.status;
      if (abandoned && !wasAbandoned && !failure) {
        catalog.download();
      }
      wasAbandoned = abandoned;
    });
    const opening = catalog.onDidChange(() => {
      const { images, asOf, download, failure, abandoned } = catalog.status;
      if (images === undefined && !failure) {
        return;
      }
      opening.dispose();
      if (!download && !abandoned && (asOf === undefined || isStale(asOf))) {
        catalog.download();
      }
    });
  }

  #handlers(deps: CatalogContentDeps): PageHandlers<CatalogRequests> {
    const refs = (ids: readonly string[]) => idsOf(ids).map((id) => ({ region: this.#catalog.region, id }));
    return {
      query: async (params) => {
        const { query, start, count } = v.parse(queryRequest, params);
        this.#search = undefined;
        const { problems, ...answer } = await this.#catalog.query(query, start, count);
        return {
          ...answer,
          problems: problems.map(({ kind, text, ...place }) => ({ ...place, message: problemText({ kind, text }) })),
        };
      },
      rows: async (params) => {
        const { start, count } = v.parse(rowsRequest, params);
        return { start, rows: await this.#catalog.rows(start, count) };
      },
      suggest: async (params) => {
        const { text, cursor } = v.parse(suggestRequest, params);
        const { items, ...place } = await this.#catalog.suggest(text, cursor);
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
                  : vscode.l10n.t('{0} images', numberText(images)),
          })),
        };
      },
      showImage: async ({ id }) => {
        const [ref] = refs([id]);
        const [row] = ref ? await this.#catalog.byIds([ref.id]) : [];
        if (ref) {
          await deps.showImage(row ? { ...ref, name: row.name } : ref);
        }
      },
      copyIds: ({ ids }) => deps.copyIds(idsOf(ids)),
      insertIds: ({ ids }) => deps.insertIds(idsOf(ids)),
      copyAs: ({ ids }) => deps.copyAs(refs(ids)),
      copyLinks: ({ ids }) => deps.copyLinks(refs(ids)),
      insertAs: ({ ids }) => deps.insertAs(refs(ids)),
      pinImages: async ({ ids }) => {
        const { region } = this.#catalog;
        const rows = await this.#catalog.byIds(idsOf(ids));
        await deps.pinImages(rows.map(({ id, name }) => ({ region, id, name })));
      },
      pinFamilies: ({ ids }) => deps.pinFamilies(refs(ids)),
      selectRegion: () => deps.selectRegion(this.key),
      setIncludeDeprecated: ({ includeDeprecated }) => deps.setIncludeDeprecated(includeDeprecated === true),
      cancel: () => this.#catalog.cancel(),
    };
  }
}
