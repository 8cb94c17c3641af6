import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lazySerializer } from '../../src/ui/lazy/lazyPanels.ts';
import { LazyTree } from '../../src/ui/lazy/lazyTree.ts';
import { loadOnce } from '../../src/ui/lazy/loadOnce.ts';
import { loadOnMention } from '../../src/ui/lazy/loadOnMention.ts';
import { until } from './extension.ts';

/** Loads as it is told to, and counts how often. */
function loading<T>(value: T) {
  const state = { isBroken: false, times: 0 };
  const load = loadOnce(async () => {
    state.times += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (state.isBroken) {
      throw new Error('the file is gone');
    }
    return value;
  });
  return { state, load };
}

describe('what is loaded when it is needed', () => {
  it('is loaded once, for all who need it', async () => {
    const { state, load } = loading('all of it');
    assert.deepEqual(await Promise.all([load(), load()]), ['all of it', 'all of it']);
    assert.equal(await load(), 'all of it');
    assert.equal(state.times, 1);
  });

  it('is tried again by whoever needs it after a failure, which says what it was', async () => {
    const { state, load } = loading('all of it');
    state.isBroken = true;
    const message = 'AMI Explorer could not be loaded: the file is gone';
    await Promise.all([assert.rejects(load(), { message }), assert.rejects(load(), { message })]);
    state.isBroken = false;
    assert.equal(await load(), 'all of it');
    assert.equal(state.times, 2);
  });
});

describe('what documents make the extension load', () => {
  const id = 'ami-0abcdef1234567890';
  let times: number;
  let watch: vscode.Disposable;
  const begin = () => {
    times = 0;
    watch = loadOnMention(async () => {
      times += 1;
    });
  };
  afterEach(async () => {
    watch.dispose();
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      return !vscode.workspace.textDocuments.some((document) => document.getText().includes(id));
    });
  });

  const show = async (content: string) =>
    vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
  const afterAWhile = () => new Promise((resolve) => setTimeout(resolve, 1_000));

  it('is one that mentions an image, once', async () => {
    begin();
    await show('nothing of the kind');
    await afterAWhile();
    assert.equal(times, 0);
    await show(`id: ${id}`);
    await until(() => times > 0);
    await show(`another: ${id}`);
    await afterAWhile();
    assert.equal(times, 1);
  });

  it('is one in which an id is typed or pasted, also behind a long line', async () => {
    const editor = await show(`${'x'.repeat(3_000_000)}\n`);
    begin();
    await afterAWhile();
    assert.equal(times, 0);
    for (const character of id) {
      await editor.edit((edit) => edit.insert(new vscode.Position(1, 100), character));
    }
    await until(() => times === 1);
  });

  it('is none once it was loaded for another reason', async () => {
    begin();
    // In the turn after the look at the document, long before what it mentions would be loaded.
    const opening = vscode.workspace.onDidOpenTextDocument(() => setImmediate(() => watch.dispose()));
    try {
      await show(`id: ${id}`);
      await afterAWhile();
    } finally {
      opening.dispose();
    }
    assert.equal(times, 0);
  });
});

describe('a tree that is loaded when it is seen', () => {
  const changed = new vscode.EventEmitter<string | undefined>();
  const tree: vscode.TreeDataProvider<string> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => (node ? [] : ['a row']),
    getTreeItem: (node) => new vscode.TreeItem(node),
    getParent: (node) => (node === 'below' ? 'a row' : undefined),
    resolveTreeItem: (item, node) => {
      item.tooltip = node;
      return item;
    },
  };
  after(() => changed.dispose());

  it('answers as the one that it stands for, and tells of its changes', async () => {
    const { load } = loading(tree);
    const lazy = new LazyTree(load);
    const told: unknown[] = [];
    lazy.onDidChangeTreeData((node) => told.push(node));
    assert.deepEqual(await lazy.getChildren(), ['a row']);
    assert.deepEqual(await lazy.getChildren('a row'), []);
    assert.equal(await lazy.getParent('below'), 'a row');
    const item = await lazy.getTreeItem('a row');
    assert.equal(item.label, 'a row');
    const { token } = new vscode.CancellationTokenSource();
    assert.equal((await lazy.resolveTreeItem(item, 'a row', token))?.tooltip, 'a row');
    lazy.follow(tree);
    changed.fire('a row');
    changed.fire(undefined);
    assert.deepEqual(told, ['a row', undefined]);
    lazy.dispose();
  });

  it('has the editor ask once more where it could not be loaded', async () => {
    const { state, load } = loading(tree);
    const lazy = new LazyTree(load);
    let asked = 0;
    lazy.onDidChangeTreeData(() => {
      asked += 1;
    });
    lazy.askAgain();
    assert.equal(asked, 0);
    state.isBroken = true;
    await assert.rejects(lazy.getChildren());
    lazy.askAgain();
    lazy.askAgain();
    assert.equal(asked, 1);
    await assert.rejects(lazy.getChildren());
    lazy.follow(tree);
    assert.equal(asked, 2);
    lazy.dispose();
  });
});

describe('a panel that is brought back before its extension is loaded', () => {
  let loaded: () => void;
  let restored: unknown[];
  let isKnown: boolean;
  let panel: vscode.WebviewPanel;
  let closed: boolean;
  const serializer = lazySerializer(
    () =>
      new Promise((resolve) => {
        loaded = () =>
          resolve((_, saved) => {
            restored.push(saved);
            return isKnown;
          });
      }),
  );

  beforeEach(() => {
    restored = [];
    isKnown = true;
    closed = false;
    panel = vscode.window.createWebviewPanel('panel of a test', '', vscode.ViewColumn.Active);
    panel.onDidDispose(() => {
      closed = true;
    });
  });
  afterEach(() => panel.dispose());

  it('is restored once it is', async () => {
    const done = serializer.deserializeWebviewPanel(panel, 'saved');
    assert.deepEqual(restored, []);
    loaded();
    await done;
    assert.deepEqual(restored, ['saved']);
    assert.equal(closed, false);
  });

  it('is closed if nothing says what it is to show', async () => {
    isKnown = false;
    const done = serializer.deserializeWebviewPanel(panel, 'saved');
    loaded();
    await done;
    assert.equal(closed, true);
  });

  it('is left alone if the user has closed it meanwhile', async () => {
    const done = serializer.deserializeWebviewPanel(panel, 'saved');
    panel.dispose();
    loaded();
    await done;
    assert.deepEqual(restored, []);
  });
});
