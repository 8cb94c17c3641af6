import type { CommandName } from './commands.ts';
import type { PanelId } from './panels.ts';
import type { ViewName } from './views.ts';
import { all, any, keyIs, not, onItem, onItemWith, type When } from './when.ts';

export interface TitleRow {
  readonly command: CommandName;
  readonly when?: When;
  /** `navigation` shows the icon; other groups are in the "More Actions" menu. */
  readonly group: string;
}

const commonTitle: readonly TitleRow[] = [
  { command: 'refresh', group: 'navigation@4' },
  { command: 'selectProfile', group: '1_connection@1' },
  { command: 'useSampleAccount', group: '1_connection@2' },
  { command: 'selectRegions', group: '1_connection@3' },
  { command: 'resetSampleAccount', when: keyIs('sampleAccount', true), group: '1_connection@4' },
  { command: 'showLog', group: '2_log@1' },
];

/** The title menus of the views. */
export const titleMenus: Readonly<Record<ViewName, readonly TitleRow[]>> = {
  images: [
    { command: 'findImage', group: 'navigation@1' },
    { command: 'filterImages', when: keyIs('filtered', false), group: 'navigation@2' },
    { command: 'clearFilter', when: keyIs('filtered', true), group: 'navigation@2' },
    { command: 'openCatalog', group: 'navigation@3' },
    ...commonTitle,
    { command: 'getStarted', group: '4_help@1' },
  ],
  instances: commonTitle,
  workspace: [
    { command: 'updateImages', group: 'navigation@1' },
    { command: 'refresh', group: 'navigation@4' },
  ],
};

export interface SubmenuRow {
  /** The place in the context menu, `GROUP@PLACE`. */
  readonly group: string;
}

/**
 * Submenus of the items' context menus by name, for menus with more than nine entries; package.nls.json has their
 * titles as `submenu.NAME`. The editor hides a submenu none of whose entries is shown.
 */
export const submenuTable = {} as const satisfies Readonly<Record<string, SubmenuRow>>;

export interface ItemRow<Submenu extends string = keyof typeof submenuTable> {
  readonly command: CommandName;
  readonly when: When;
  /** The place among the inline buttons. */
  readonly inline?: number;
  /** The place in the context menu, or in its submenu, `GROUP@PLACE`. */
  readonly group?: string;
  readonly submenu?: Submenu;
}

const errorItems: readonly ItemRow[] = [
  { command: 'signIn', when: onItemWith('error', 'signedOut'), inline: 0 },
  { command: 'retry', when: onItem('error'), inline: 1 },
];

const image = onItem('image');
const parameter = onItem('parameter');
const imageOrParameter = onItem('image', 'parameter');
const family = any(onItemWith('family', 'named'), onItemWith('publicFamily', 'series'));
const imageOrFamily = any(image, family);
const pinnedImage = onItemWith('image', 'pinnedImage');
const hasConsole = keyIs('hasConsole', true);
const pinnedFamily = onItemWith('image', 'pinnedFamily');

export interface PageRow {
  readonly command: CommandName;
  readonly when?: When;
  readonly group: string;
}

/** The context menus of the panels' pages, by what of a page the mouse is on: its `webviewSection`. */
export const pageMenus: Readonly<Record<PanelId, Readonly<Record<string, readonly PageRow[]>>>> = {
  'amiExplorer.publicCatalog': {},
  'amiExplorer.instanceDetails': {
    instance: [
      { command: 'copyInstanceId', group: '1_copy@1' },
      { command: 'showInstanceImage', group: '2_open@1' },
      { command: 'openInConsole', when: hasConsole, group: '2_open@2' },
    ],
  },
  'amiExplorer.imageDetails': {
    image: [
      { command: 'copyImageId', group: '1_copy@1' },
      { command: 'copyImageAs', group: '1_copy@2' },
      { command: 'copyImageLink', group: '1_copy@3' },
      { command: 'insertImageId', group: '2_insert@1' },
      { command: 'insertImageAs', group: '2_insert@2' },
      { command: 'openInConsole', when: hasConsole, group: '3_open@1' },
    ],
  },
};

/** The inline buttons and context menus of the views' items. */
export const itemMenus: Readonly<Record<ViewName, readonly ItemRow[]>> = {
  images: [
    {
      command: 'openCatalog',
      when: any(onItem('region'), onItemWith('scope', 'public')),
      inline: 1,
      group: '0_open@1',
    },
    {
      command: 'browseInCatalog',
      when: any(onItem('publisher', 'publicFamily'), onItemWith('family', 'public')),
      group: '0_open@1',
    },
    {
      command: 'refresh',
      when: onItem('region', 'scope', 'publisher', 'family', 'publicFamily', 'latestGroup'),
      inline: 9,
      group: '1_refresh@1',
    },
    { command: 'showImage', when: imageOrParameter, group: '1_open@1' },
    { command: 'openInConsole', when: all(imageOrParameter, hasConsole), group: '1_open@2' },
    { command: 'copyImageId', when: imageOrParameter, inline: 1, group: '2_code@1' },
    { command: 'copyNewestId', when: family, inline: 1, group: '2_code@1' },
    { command: 'copyImageAs', when: imageOrFamily, group: '2_code@2' },
    { command: 'insertImageId', when: imageOrParameter, inline: 2, group: '2_code@3' },
    { command: 'insertImageAs', when: imageOrFamily, group: '2_code@4' },
    { command: 'copyImageLink', when: image, group: '2_code@5' },
    { command: 'copyParameterName', when: parameter, group: '3_parameter@1' },
    { command: 'copyParameterAs', when: parameter, group: '3_parameter@2' },
    { command: 'insertParameterAs', when: parameter, group: '3_parameter@3' },
    { command: 'pinImage', when: all(imageOrParameter, not(pinnedImage)), group: '4_pin@1' },
    { command: 'pinFamily', when: any(all(imageOrParameter, not(pinnedFamily)), family), group: '4_pin@2' },
    { command: 'unpin', when: any(pinnedImage, pinnedFamily, onItem('missingPin')), inline: 3, group: '4_pin@3' },
    ...errorItems,
  ],
  instances: [
    { command: 'refresh', when: onItem('region'), inline: 9, group: '1_refresh@1' },
    {
      command: 'createImage',
      when: onItemWith('instance', 'imageable'),
      inline: 1,
      group: '1_create@1',
    },
    { command: 'showInstance', when: onItem('instance'), group: '2_open@1' },
    { command: 'showInstanceImage', when: onItem('instance'), group: '2_open@2' },
    { command: 'openInConsole', when: all(onItem('instance'), hasConsole), group: '2_open@3' },
    { command: 'copyInstanceId', when: onItem('instance'), inline: 2, group: '3_copy@1' },
    ...errorItems,
  ],
  workspace: [
    {
      command: 'replaceImage',
      when: any(onItemWith('image', 'newer'), onItemWith('codePlace', 'newer')),
      inline: 1,
      group: '0_replace@1',
    },
    { command: 'showImage', when: image, inline: 2, group: '1_open@1' },
    { command: 'openInConsole', when: all(image, hasConsole), group: '1_open@2' },
    { command: 'copyImageId', when: image, inline: 3, group: '2_code@1' },
    { command: 'copyImageAs', when: image, group: '2_code@2' },
    { command: 'copyImageLink', when: image, group: '2_code@3' },
    { command: 'pinImage', when: image, group: '4_pin@1' },
    { command: 'pinFamily', when: image, group: '4_pin@2' },
  ],
};
