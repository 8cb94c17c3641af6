import { keyIs, never, type When } from './when.ts';

/**
 * What a command can find in an item of a view: `image` is an image or a parameter that names one; `usedImage` an image that
 * files name, or a place that names it; `family` one whose newest image it is about; `catalogSearch` public images that a catalog
 * has; `region` a region, or what is in one; `list` what has items below it; `signIn` an
 * error that signing in may resolve.
 */
export type CommandSubject =
  | 'image'
  | 'usedImage'
  | 'catalogSearch'
  | 'family'
  | 'parameter'
  | 'pin'
  | 'instance'
  | 'region'
  | 'list'
  | 'error'
  | 'signIn';

export interface CommandRow {
  /** A codicon, for menus that show icons. */
  readonly icon?: string;
  /** When the command palette lists the command; always, if undefined. */
  readonly palette?: When;
  /** What it does something with, one or the other; a command that takes nothing is in no menu of items. */
  readonly takes?: readonly CommandSubject[];
}

/** All commands by name; package.nls.json has their titles as `command.NAME`. */
export const commandTable = {
  getStarted: {},
  selectProfile: { icon: 'account' },
  openConfigFile: { icon: 'go-to-file', palette: keyIs('connection', 'badConfigFile') },
  signIn: { icon: 'sign-in', takes: ['signIn'] },
  useSampleAccount: { icon: 'beaker' },
  resetSampleAccount: { palette: keyIs('sampleAccount', true) },
  selectRegions: { icon: 'location' },
  refresh: { icon: 'refresh', takes: ['list'] },
  findImage: { icon: 'search' },
  openCatalog: { icon: 'library', takes: ['region'] },
  browseInCatalog: { icon: 'library', palette: never, takes: ['catalogSearch'] },
  clearCatalog: {},
  filterImages: { icon: 'filter' },
  clearFilter: { icon: 'filter-filled', palette: keyIs('filtered', true) },
  showImage: { icon: 'open-preview', takes: ['image'] },
  copyImageId: { icon: 'copy', takes: ['image'] },
  insertImageId: { icon: 'insert', takes: ['image'] },
  copyNewestId: { icon: 'copy', palette: never, takes: ['family'] },
  copyImageAs: { takes: ['image', 'family'] },
  insertImageAs: { takes: ['image', 'family'] },
  copyImageLink: { takes: ['image'] },
  updateImages: { icon: 'arrow-circle-up' },
  replaceImage: { icon: 'arrow-circle-up', palette: never, takes: ['usedImage'] },
  completeRegionMap: { palette: keyIs('editorIsOpen', true) },
  pinImage: { icon: 'pin', takes: ['image'] },
  pinFamily: { icon: 'pin', takes: ['image', 'family'] },
  unpin: { icon: 'pinned', takes: ['pin'] },
  copyParameterName: { palette: never, takes: ['parameter'] },
  copyParameterAs: { palette: never, takes: ['parameter'] },
  insertParameterAs: { palette: never, takes: ['parameter'] },
  showInstance: { icon: 'open-preview', palette: never, takes: ['instance'] },
  showInstanceImage: { icon: 'package', palette: never, takes: ['instance'] },
  copyInstanceId: { icon: 'copy', palette: never, takes: ['instance'] },
  createImage: { icon: 'device-camera', takes: ['instance'] },
  showPendingImages: {},
  openInConsole: { icon: 'link-external', palette: keyIs('hasConsole', true), takes: ['image', 'instance'] },
  showLog: { icon: 'output' },
  loadMore: { palette: never },
  applyFix: { palette: never },
  retry: { icon: 'refresh', palette: never, takes: ['error'] },
} as const satisfies Readonly<Record<string, CommandRow>>;

export type CommandName = keyof typeof commandTable;
export type CommandId = `amiExplorer.${CommandName}`;

/** Command ids by name. */
export const commands = Object.fromEntries(Object.keys(commandTable).map((name) => [name, `amiExplorer.${name}`])) as {
  readonly [Name in CommandName]: `amiExplorer.${Name}`;
};
