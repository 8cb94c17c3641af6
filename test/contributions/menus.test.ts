import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type CommandRow, type CommandSubject, commandTable } from '../../src/contributions/commands.ts';
import { type ContextKey, contextKeyId, contextKeys, editorKeys } from '../../src/contributions/contextKeys.ts';
import { treeItemFlags } from '../../src/contributions/treeItems.ts';
import { namedImages } from '../../src/ui/commands/imageArguments.ts';
import { namedInstances } from '../../src/ui/commands/instanceArguments.ts';
import {
  catalogSearchOf,
  familiesOf as nodesOfFamilies,
  parametersOf,
  pinsOfNodes,
  regionOf,
  usedImageOf,
} from '../../src/ui/commands/nodeArguments.ts';
import { contextValueOf } from '../../src/ui/trees/contextValueOf.ts';
import type { ImagesNode, InstancesNode } from '../../src/ui/trees/nodes.ts';
import type { WorkspaceNode } from '../../src/ui/workspace/workspaceNodes.ts';
import { evaluateWhen } from './evaluateWhen.ts';
import { containers, imagesNodes, instancesNodes, workspaceNodes } from './treeNodes.ts';

type Node = ImagesNode | InstancesNode | WorkspaceNode;
type Context = Readonly<Record<string, string | boolean>>;

interface Entry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group: string;
}

const { contributes } = JSON.parse(await readFile('package.json', 'utf8'));
const itemEntries: readonly Entry[] = contributes.menus['view/item/context'];
const submenus: readonly { readonly id: string }[] = contributes.submenus;
/** The entries of the items' menu, and those of each of its submenus. */
const itemMenus: readonly (readonly Entry[])[] = [itemEntries, ...submenus.map(({ id }) => contributes.menus[id])];
const titleEntries: readonly Entry[] = contributes.menus['view/title'];
const paletteEntries: readonly Entry[] = contributes.menus.commandPalette;
const welcomes: readonly { readonly view: string; readonly contents: string; readonly when: string }[] =
  contributes.viewsWelcome;

const ownKeys = Object.entries(contextKeys).map(([key, values]) => [contextKeyId(key as ContextKey), values] as const);
const keys = combinations([...ownKeys, ...Object.entries(editorKeys)]);
const [someKeys = {}] = keys;
const items = [
  ...Object.values(imagesNodes).flatMap((nodes) => nodes.map((node: Node) => ({ view: 'amiExplorer.images', node }))),
  ...Object.values(instancesNodes).flatMap((nodes) =>
    nodes.map((node: Node) => ({ view: 'amiExplorer.instances', node })),
  ),
  ...Object.values(workspaceNodes).flatMap((nodes) =>
    nodes.map((node: Node) => ({ view: 'amiExplorer.workspace', node })),
  ),
].flatMap(({ view, node }) =>
  (node.kind === 'image' ? [false, true] : [false]).flatMap((owned) =>
    combinations(Object.entries(editorKeys)).map((selection) => ({
      node,
      context: { ...someKeys, ...selection, view, viewItem: contextValueOf(node, owned) },
    })),
  ),
);

/** Every context that keys with these values can make. */
function combinations(table: readonly (readonly [string, readonly (string | boolean)[]])[]): readonly Context[] {
  return table.reduce<readonly Context[]>(
    (contexts, [key, values]) => contexts.flatMap((context) => values.map((value) => ({ ...context, [key]: value }))),
    [{}],
  );
}

/** The commands and submenus that a menu shows, in its order: by group, then by place. */
function shown(entries: readonly Entry[], context: Context, inline?: boolean): readonly string[] {
  const placed = entries
    .filter(
      ({ group, when }) => (inline ?? false) === group.startsWith('inline') && (!when || evaluateWhen(when, context)),
    )
    .map(({ command, submenu, group }) => {
      const [name = '', place] = group.split('@');
      return { id: (command ?? submenu ?? '').replace('amiExplorer.', ''), name, place: Number(place) };
    });
  return placed.sort((a, b) => a.name.localeCompare(b.name) || a.place - b.place).map(({ id }) => id);
}

const ofAnImage = [
  'showImage',
  'openInConsole',
  'copyImageId',
  'copyImageAs',
  'insertImageId',
  'insertImageAs',
  'copyImageLink',
];

const ofAnInstance = ['showInstance', 'showInstanceImage', 'openInConsole', 'copyInstanceId'];

describe('the menus of the items', () => {
  it.each<[string, string, string, readonly string[], readonly string[]]>([
    ['a region', 'images', 'region', ['openCatalog', 'refresh'], ['openCatalog', 'refresh']],
    ['Owned by me', 'images', 'scope owned', ['refresh'], ['refresh']],
    ['Public', 'images', 'scope public', ['openCatalog', 'refresh'], ['openCatalog', 'refresh']],
    ['a publisher', 'images', 'publisher', ['refresh'], ['browseInCatalog', 'refresh']],
    [
      'a family',
      'images',
      'family named',
      ['copyNewestId', 'refresh'],
      ['refresh', 'copyNewestId', 'copyImageAs', 'insertImageAs', 'pinFamily'],
    ],
    ['images whose names tell no family', 'images', 'family', ['refresh'], ['refresh']],
    [
      'a public family',
      'images',
      'publicFamily series',
      ['copyNewestId', 'refresh'],
      ['browseInCatalog', 'refresh', 'copyNewestId', 'copyImageAs', 'insertImageAs', 'pinFamily'],
    ],
    ['the rest of a publisher', 'images', 'publicFamily', ['refresh'], ['browseInCatalog', 'refresh']],
    [
      'a family below a publisher',
      'images',
      'family named public',
      ['copyNewestId', 'refresh'],
      ['browseInCatalog', 'refresh', 'copyNewestId', 'copyImageAs', 'insertImageAs', 'pinFamily'],
    ],
    ['a group of parameters', 'images', 'latestGroup', ['refresh'], ['refresh']],
    [
      'an owned image',
      'images',
      'image owned available',
      ['copyImageId', 'insertImageId'],
      [...ofAnImage, 'pinImage', 'pinFamily'],
    ],
    ['an image', 'images', 'image', ['copyImageId', 'insertImageId'], [...ofAnImage, 'pinImage', 'pinFamily']],
    [
      'a pinned image',
      'images',
      'image pinnedImage available',
      ['copyImageId', 'insertImageId', 'unpin'],
      [...ofAnImage, 'pinFamily', 'unpin'],
    ],
    [
      'the image of a pinned family',
      'images',
      'image pinnedFamily pending',
      ['copyImageId', 'insertImageId', 'unpin'],
      [...ofAnImage, 'pinImage', 'unpin'],
    ],
    [
      'both',
      'images',
      'image pinnedImage pinnedFamily',
      ['copyImageId', 'insertImageId', 'unpin'],
      [...ofAnImage, 'unpin'],
    ],
    ['what is pinned and gone', 'images', 'missingPin', ['unpin'], ['unpin']],
    [
      'a parameter',
      'images',
      'parameter',
      ['copyImageId', 'insertImageId'],
      [
        'showImage',
        'openInConsole',
        'copyImageId',
        'insertImageId',
        'copyParameterName',
        'copyParameterAs',
        'insertParameterAs',
        'pinImage',
        'pinFamily',
      ],
    ],
    ['a failure', 'images', 'error', ['retry'], []],
    ['a session that is over', 'images', 'error signedOut', ['signIn', 'retry'], []],
    ['what leads to more', 'images', 'more', [], []],
    ['a note', 'images', 'note', [], []],
    ['a region of instances', 'instances', 'region', ['refresh'], ['refresh']],
    [
      'an instance',
      'instances',
      'instance imageable stopped',
      ['createImage', 'copyInstanceId'],
      ['createImage', ...ofAnInstance],
    ],
    [
      'an instance in a state of its own',
      'instances',
      'instance imageable',
      ['createImage', 'copyInstanceId'],
      ['createImage', ...ofAnInstance],
    ],
    ['an instance of which no image can be made', 'instances', 'instance terminated', ['copyInstanceId'], ofAnInstance],
    [
      'an image that files name',
      'workspace',
      'image owned available',
      ['showImage', 'copyImageId'],
      ['showImage', 'openInConsole', 'copyImageId', 'copyImageAs', 'copyImageLink', 'pinImage', 'pinFamily'],
    ],
    [
      'an image that has a newer one',
      'workspace',
      'image newer available',
      ['replaceImage', 'showImage', 'copyImageId'],
      [
        'replaceImage',
        'showImage',
        'openInConsole',
        'copyImageId',
        'copyImageAs',
        'copyImageLink',
        'pinImage',
        'pinFamily',
      ],
    ],
    ['lookups in files', 'workspace', 'codeGroup', [], []],
    ['a place in a file', 'workspace', 'codePlace', [], []],
    ['a place of an image that has a newer one', 'workspace', 'codePlace newer', ['replaceImage'], ['replaceImage']],
    ['what leads to more places', 'workspace', 'codeMore', [], []],
    ['a note of the search', 'workspace', 'note', [], []],
    ['a failure among instances', 'instances', 'error signedOut', ['signIn', 'retry'], []],
  ])('%s', (_, view, viewItem, buttons, menu) => {
    expect(items.map(({ context }) => `${context.view} ${context.viewItem}`)).toContain(
      `amiExplorer.${view} ${viewItem}`,
    );
    const context = { ...someKeys, view: `amiExplorer.${view}`, viewItem };
    expect(shown(itemEntries, context, true)).toEqual(buttons);
    expect(shown(itemEntries, context)).toEqual(menu);
  });

  it('lead to the AWS console only where it has pages', () => {
    const without = { ...someKeys, [contextKeyId('hasConsole')]: false };
    for (const { context } of items) {
      expect(
        shown(itemEntries, { ...context, ...without, view: context.view, viewItem: context.viewItem }),
      ).not.toContain('openInConsole');
    }
  });

  it('have no entry that no item shows', () => {
    const unseen = itemMenus
      .flat()
      .filter(({ when }) => !items.some(({ context }) => evaluateWhen(when ?? 'true', context)));
    expect(unseen).toEqual([]);
  });

  it('have each entry once, and no more than nine of them: more belong into a submenu', () => {
    for (const { context } of items) {
      const menus = itemMenus.map((entries) => shown(entries, context));
      expect(new Set(menus.flat()).size, context.viewItem).toBe(menus.flat().length);
      expect(Math.max(...menus.map(({ length }) => length)), context.viewItem).toBeLessThanOrEqual(9);
    }
  });

  it('offer nothing that cannot do anything with the item', () => {
    const takes = new Map<string, readonly CommandSubject[]>(
      Object.entries<CommandRow>(commandTable).map(([name, row]) => [`amiExplorer.${name}`, row.takes ?? []]),
    );
    for (const { node, context } of items) {
      const commands = itemMenus
        .flat()
        .flatMap(({ command, when }) => (command && evaluateWhen(when ?? 'true', context) ? [command] : []));
      for (const command of commands) {
        const found = takes.get(command)?.some((subject) => findsIn[subject](node));
        expect(found, `${command} on ${context.viewItem}`).toBe(true);
      }
    }
  });

  it('are not on items of other extensions’ trees', () => {
    for (const { context } of items) {
      const elsewhere = { ...context, view: 'docker.images' };
      expect([...shown(itemEntries, elsewhere, true), ...shown(itemEntries, elsewhere)]).toEqual([]);
    }
  });
});

/** Whether a command finds its subject in a node. */
const findsIn: Readonly<Record<CommandSubject, (node: Node) => boolean>> = {
  image: (node) => namedImages([node]).length > 0,
  catalogSearch: (node) => catalogSearchOf([node]) !== undefined,
  family: (node) => nodesOfFamilies([node]).length > 0,
  usedImage: (node) => usedImageOf([node]) !== undefined,
  parameter: (node) => parametersOf([node]).length > 0,
  pin: (node) => (pinsOfNodes([node]) ?? []).length > 0,
  instance: (node) => namedInstances([node]).length > 0,
  region: (node) => regionOf([node]) !== undefined,
  list: (node) => containers.some((container) => container === node),
  error: (node) => node.kind === 'error',
  signIn: (node) => node.kind === 'error' && Boolean(Reflect.get(Object(node.error), 'signIn')),
};

describe('the context menus of the pages', () => {
  it('have only what takes the image that the page names', () => {
    const context = {
      webview: 'amiExplorer.imageDetails',
      webviewSection: 'image',
      region: 'us-east-1',
      id: 'ami-00000000',
    };
    expect(namedImages([context])).toEqual([{ region: 'us-east-1', id: 'ami-00000000' }]);
    const entries: readonly Entry[] = contributes.menus['webview/context'];
    const keysOfPage = { ...someKeys, webviewId: 'amiExplorer.imageDetails', webviewSection: 'image' };
    expect(shown(entries, keysOfPage)).toEqual([
      'copyImageId',
      'copyImageAs',
      'copyImageLink',
      'insertImageId',
      'insertImageAs',
      'openInConsole',
    ]);
    for (const { command, when } of entries.filter((entry) => evaluateWhen(entry.when ?? 'true', keysOfPage))) {
      const row: CommandRow | undefined = Object.entries(commandTable).find(
        ([name]) => command === `amiExplorer.${name}`,
      )?.[1];
      expect(row?.takes, `${command} ${when}`).toContain('image');
    }
    expect(shown(entries, { ...keysOfPage, webviewId: 'other.panel' })).toEqual([]);
    expect(shown(entries, { ...keysOfPage, [contextKeyId('hasConsole')]: false })).not.toContain('openInConsole');
  });
});

it('the context menu of an instance’s page has only what takes the instance that the page names', () => {
  const named = { region: 'us-east-1', id: 'i-0123456789abcdef0' };
  expect(namedInstances([{ webview: 'amiExplorer.instanceDetails', webviewSection: 'instance', ...named }])).toEqual([
    named,
  ]);
  const entries: readonly Entry[] = contributes.menus['webview/context'];
  const keysOfPage = { ...someKeys, webviewId: 'amiExplorer.instanceDetails', webviewSection: 'instance' };
  expect(shown(entries, keysOfPage)).toEqual(['copyInstanceId', 'showInstanceImage', 'openInConsole']);
});

describe('what menus can ask of an item', () => {
  it('is known of every item', () => {
    for (const { context } of items) {
      const [kind = '', ...flags] = context.viewItem.split(' ');
      const known: readonly string[] = Object.entries(treeItemFlags).find(([name]) => name === kind)?.[1] ?? [];
      expect(Object.keys(treeItemFlags)).toContain(kind);
      expect(flags.filter((flag) => !known.includes(flag))).toEqual([]);
    }
  });

  it('is something that some item has', () => {
    const emitted = new Set(
      items.flatMap(({ context }) => {
        const [kind, ...flags] = context.viewItem.split(' ');
        return [kind, ...flags.map((flag) => `${kind} ${flag}`)];
      }),
    );
    const declared = Object.entries(treeItemFlags).flatMap(([kind, flags]) => [
      kind,
      ...flags.map((flag) => `${kind} ${flag}`),
    ]);
    expect([...emitted].sort()).toEqual(declared.sort());
  });

  it('is no state that EC2 does not know: an endpoint may send any text', () => {
    const image = imagesNodes.image.find(({ image: { state } }) => state === 'available pinnedImage');
    const instance = instancesNodes.instance.find(({ instance: { state } }) => state === 'running error');
    expect(image && contextValueOf(image, true)).toBe('image owned');
    expect(instance && contextValueOf(instance)).toBe('instance imageable');
  });
});

describe('the titles of the views', () => {
  it.each([
    [
      'images',
      false,
      [
        'selectProfile',
        'useSampleAccount',
        'selectRegions',
        'resetSampleAccount',
        'showLog',
        'getStarted',
        'findImage',
        'filterImages',
        'openCatalog',
        'refresh',
      ],
    ],
    [
      'images',
      true,
      [
        'selectProfile',
        'useSampleAccount',
        'selectRegions',
        'resetSampleAccount',
        'showLog',
        'getStarted',
        'findImage',
        'clearFilter',
        'openCatalog',
        'refresh',
      ],
    ],
    [
      'instances',
      false,
      ['selectProfile', 'useSampleAccount', 'selectRegions', 'resetSampleAccount', 'showLog', 'refresh'],
    ],
    ['workspace', false, ['updateImages', 'refresh']],
  ])('%s, filtered: %s', (view, filtered, expected) => {
    const context = { ...someKeys, [contextKeyId('filtered')]: filtered, view: `amiExplorer.${view}` };
    expect(shown(titleEntries, context)).toEqual(expected);
  });

  it('have nothing for other views', () => {
    expect(shown(titleEntries, { ...someKeys, view: 'explorer' })).toEqual([]);
  });
});

it('a view without items says what to do in one text, and only where there is no account', () => {
  for (const context of keys) {
    const connection = context[contextKeyId('connection')];
    for (const view of ['amiExplorer.images', 'amiExplorer.instances']) {
      const texts = welcomes.filter((row) => row.view === view && evaluateWhen(row.when, context));
      expect(texts, `${view}, ${connection}`).toHaveLength(connection === 'opening' || connection === 'open' ? 0 : 1);
    }
  }
});

it('the palette lists every command but those that need an item', () => {
  const listed = (other: Context = {}) =>
    Object.keys(commandTable).filter((name) => {
      const entry = paletteEntries.find(({ command }) => command === `amiExplorer.${name}`);
      return evaluateWhen(entry?.when ?? 'true', { ...someKeys, editorIsOpen: true, ...other });
    });
  const unlisted = [
    'openConfigFile',
    'browseInCatalog',
    'copyNewestId',
    'replaceImage',
    'copyParameterName',
    'copyParameterAs',
    'insertParameterAs',
    'showInstance',
    'showInstanceImage',
    'copyInstanceId',
    'loadMore',
    'applyFix',
    'retry',
  ];
  const usual = listed({ [contextKeyId('filtered')]: true });
  expect(Object.keys(commandTable).filter((name) => !usual.includes(name))).toEqual(unlisted);
  const missing = (other: Context) => usual.filter((name) => !listed(other).includes(name));
  expect(missing({ [contextKeyId('filtered')]: false })).toEqual(['clearFilter']);
  expect(missing({ editorIsOpen: false })).toEqual(['completeRegionMap']);
  expect(missing({ [contextKeyId('hasConsole')]: false })).toEqual(['openInConsole']);
  expect(missing({ [contextKeyId('sampleAccount')]: false })).toEqual(['resetSampleAccount']);
  expect(listed({ [contextKeyId('connection')]: 'badConfigFile' })).toContain('openConfigFile');
});
