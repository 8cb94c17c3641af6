import * as vscode from 'vscode';
import { read } from '../../core/schemas.ts';
import { savedCatalog } from '../../protocol/catalog.ts';
import type { RestorePanel } from '../lazy/loadedExtension.ts';
import { CatalogContent, type CatalogContentDeps } from './catalogContent.ts';
import { OpenPanels } from './openPanels.ts';
import type { PanelDeps, PanelKind } from './panelFrame.ts';

const kind: PanelKind = {
  viewType: 'amiExplorer.publicCatalog',
  entry: 'catalog',
  icon: 'library',
  pageTitle: () => vscode.l10n.t('Public Images'),
  hasFindWidget: false,
};

export interface CatalogPanelsDeps extends PanelDeps, Omit<CatalogContentDeps, 'selectRegion'> {
  /** Asks for a region; undefined when the user chooses none. */
  chooseRegion(current: string): Promise<string | undefined>;
}

/** The panels with public catalogs, one for each region. */
export class CatalogPanels implements vscode.Disposable {
  readonly #deps: CatalogPanelsDeps;
  readonly #panels: OpenPanels<CatalogContent>;

  constructor(deps: CatalogPanelsDeps) {
    this.#deps = deps;
    this.#panels = new OpenPanels(kind, deps);
  }

  readonly restore: RestorePanel = (panel, saved) => {
    const region = read(savedCatalog, saved)?.region;
    return region !== undefined && this.#panels.restore(panel, region, this.#content(region));
  };

  get regions(): readonly string[] {
    return this.#panels.all.map(({ content }) => content.key);
  }

  /** @param search the text to search for; what is in the search box, if undefined */
  show(region: string, search?: string): void {
    const opened = this.#panels.find(region);
    if (opened) {
      opened.reveal();
    } else {
      this.#panels.create(this.#content(region));
    }
    if (search !== undefined) {
      this.#panels.find(region)?.content.search(search);
    }
  }

  /** Other images are to be in the catalogs. */
  catalogsChanged(): void {
    for (const { content } of this.#panels.all) {
      content.turnTo(content.key);
    }
  }

  dispose(): void {
    this.#panels.dispose();
  }

  /** Asks for another region for the panel of this one, and turns the panel to it. */
  async selectRegion(current: string): Promise<void> {
    const opened = this.#panels.find(current);
    const region = opened && (await this.#deps.chooseRegion(current));
    // Meanwhile the panel may have been closed, or another one have that region.
    if (!opened || region === undefined || opened.isClosed || region === opened.content.key) {
      return;
    }
    if (this.#panels.find(region)) {
      this.show(region);
    } else {
      opened.content.turnTo(region);
    }
  }

  #content(region: string): (changed: () => void) => CatalogContent {
    const deps = { ...this.#deps, selectRegion: this.selectRegion.bind(this) };
    return (changed) => new CatalogContent(region, deps, changed);
  }
}
