import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CatalogPort, RegionCatalog, RegionStatus } from '../../src/catalog/port.ts';
import { CatalogPanels, type CatalogPanelsDeps } from '../../src/ui/panels/catalogPanels.ts';
import { extension, pause, until } from './extension.ts';

const empty: RegionStatus = {
  images: 0,
  completed: undefined,
  asOf: Date.now(),
  left: undefined,
  download: undefined,
  abandoned: false,
  failure: undefined,
  retrying: false,
  setAside: undefined,
  version: 1,
};

/** Catalogs with nothing in them, which tell which of them are open. */
class EmptyCatalogs implements Pick<CatalogPort, 'open'> {
  readonly opened = new Set<string>();
  readonly everOpened: string[] = [];
  readonly listeners: (() => void)[] = [];

  open(region: string): RegionCatalog {
    this.opened.add(region);
    this.everOpened.push(region);
    return {
      region,
      status: empty,
      onDidChange: (listener) => {
        this.listeners.push(listener);
        return { dispose: () => {} };
      },
      query: () => Promise.reject(new Error('nobody asks')),
      rows: async () => [],
      suggest: () => Promise.reject(new Error('nobody asks')),
      byIds: async () => [],
      download: () => {},
      cancel: () => {},
      close: () => this.opened.delete(region),
    };
  }
}

function catalogTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('publicCatalog')),
  );
}

describe('panels of catalogs', () => {
  let catalogs: EmptyCatalogs;
  let panels: CatalogPanels;
  let choose: (region: string | undefined) => void;
  let changeConnection: () => void;

  beforeEach(async () => {
    const { extensionUri } = await extension();
    catalogs = new EmptyCatalogs();
    const nothing = async () => {};
    const deps: CatalogPanelsDeps = {
      extensionUri,
      log: vscode.window.createOutputChannel('panels of catalogs', { log: true }),
      catalog: catalogs as unknown as CatalogPort,
      publishers: () => [],
      includeDeprecated: () => false,
      setIncludeDeprecated: nothing,
      session: {
        userActed: () => {},
        onDidChangeConnection: (listener) => {
          changeConnection = listener;
          return { dispose: () => {} };
        },
      },
      showImage: nothing,
      copyIds: nothing,
      insertIds: nothing,
      copyAs: nothing,
      copyLinks: nothing,
      insertAs: nothing,
      pinImages: nothing,
      pinFamilies: nothing,
      chooseRegion: () =>
        new Promise((resolve) => {
          choose = resolve;
        }),
    };
    panels = new CatalogPanels(deps);
  });
  afterEach(async () => {
    panels.dispose();
    await until(() => catalogTabs().length === 0);
  });

  it('are one for each region', async () => {
    panels.show('us-east-1');
    panels.show('eu-west-1');
    panels.show('us-east-1');
    await until(() => catalogTabs().length === 2);
    assert.deepEqual([...catalogs.opened], ['us-east-1', 'eu-west-1']);
  });

  it('have the catalogs of another account or endpoint at once', async () => {
    panels.show('us-east-1');
    panels.show('eu-west-1');
    changeConnection();
    assert.deepEqual(catalogs.everOpened, ['us-east-1', 'eu-west-1', 'us-east-1', 'eu-west-1']);
    assert.deepEqual([...catalogs.opened], ['us-east-1', 'eu-west-1']);
  });

  it('leave nothing open, and hear of nothing any more, once they are closed', async () => {
    panels.show('us-east-1');
    await until(() => catalogTabs().length === 1);
    const errors: unknown[] = [];
    const caught = (error: unknown) => errors.push(error);
    process.on('unhandledRejection', caught);
    process.on('uncaughtException', caught);
    try {
      // Told now, and once more when the panel is gone.
      for (const listener of catalogs.listeners) {
        listener();
        listener();
      }
      panels.dispose();
      assert.deepEqual([...catalogs.opened], []);
      await pause(400);
      assert.deepEqual(errors, []);
    } finally {
      process.off('unhandledRejection', caught);
      process.off('uncaughtException', caught);
    }
  });

  it('turn to a region that is chosen, unless they are closed meanwhile or another one has it', async () => {
    panels.show('us-east-1');
    await until(() => catalogTabs().length === 1);
    const chosen = panels.selectRegion('us-east-1');
    choose('eu-west-1');
    await chosen;
    assert.deepEqual([...catalogs.opened], ['eu-west-1']);

    panels.show('ap-south-1');
    const taken = panels.selectRegion('ap-south-1');
    choose('eu-west-1');
    await taken;
    assert.deepEqual([...catalogs.opened], ['eu-west-1', 'ap-south-1']);

    const late = panels.selectRegion('eu-west-1');
    panels.dispose();
    choose('sa-east-1');
    await late;
    assert.deepEqual([...catalogs.opened], []);
  });
});
