import { keyIs, never, type When } from './when.ts';

export interface CommandRow {
  /** A codicon, for menus that show icons. */
  readonly icon?: string;
  /** When the command palette lists the command; always, if undefined. */
  readonly palette?: When;
}

/** All commands by name; package.nls.json has their titles as `command.NAME`. */
export const commandTable = {
  selectProfile: { icon: 'account' },
  signIn: { icon: 'sign-in' },
  useSampleAccount: { icon: 'beaker' },
  selectRegions: { icon: 'globe' },
  refresh: { icon: 'refresh' },
  findImage: { icon: 'search' },
  openCatalog: { icon: 'library' },
  clearCatalog: {},
  filterImages: { icon: 'filter' },
  clearFilter: { icon: 'filter-filled', palette: keyIs('filtered', true) },
  showImage: { icon: 'open-preview' },
  copyImageId: { icon: 'copy' },
  insertImageId: { icon: 'code' },
  copyImageAs: {},
  insertImageAs: {},
  pinImage: { icon: 'pin' },
  pinFamily: { icon: 'pin' },
  unpin: { icon: 'pinned' },
  copyParameterName: { palette: never },
  copyParameterAs: { palette: never },
  insertParameterAs: { palette: never },
  createImage: { icon: 'device-camera' },
  showPendingImages: {},
  openInConsole: { icon: 'link-external' },
  showLog: { icon: 'output' },
  loadMore: { palette: never },
  retry: { icon: 'refresh', palette: never },
} as const satisfies Readonly<Record<string, CommandRow>>;

export type CommandName = keyof typeof commandTable;
export type CommandId = `amiExplorer.${CommandName}`;

/** Command ids by name. */
export const commands = Object.fromEntries(Object.keys(commandTable).map((name) => [name, `amiExplorer.${name}`])) as {
  readonly [Name in CommandName]: `amiExplorer.${Name}`;
};
