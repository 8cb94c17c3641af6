/**
 * Every name that package.json contributes. A test compares the two both ways, so that neither has a name which the
 * other lacks.
 */
export const commands = {
  selectProfile: 'amiExplorer.selectProfile',
  signIn: 'amiExplorer.signIn',
  useSampleAccount: 'amiExplorer.useSampleAccount',
  selectRegions: 'amiExplorer.selectRegions',
  refresh: 'amiExplorer.refresh',
  findImage: 'amiExplorer.findImage',
  openCatalog: 'amiExplorer.openCatalog',
  clearCatalog: 'amiExplorer.clearCatalog',
  filterImages: 'amiExplorer.filterImages',
  clearFilter: 'amiExplorer.clearFilter',
  showImage: 'amiExplorer.showImage',
  copyImageId: 'amiExplorer.copyImageId',
  insertImageId: 'amiExplorer.insertImageId',
  copyImageAs: 'amiExplorer.copyImageAs',
  insertImageAs: 'amiExplorer.insertImageAs',
  createImage: 'amiExplorer.createImage',
  showPendingImages: 'amiExplorer.showPendingImages',
  pinImage: 'amiExplorer.pinImage',
  pinFamily: 'amiExplorer.pinFamily',
  unpin: 'amiExplorer.unpin',
  copyParameterName: 'amiExplorer.copyParameterName',
  copyParameterAs: 'amiExplorer.copyParameterAs',
  insertParameterAs: 'amiExplorer.insertParameterAs',
  openInConsole: 'amiExplorer.openInConsole',
  showLog: 'amiExplorer.showLog',
  loadMore: 'amiExplorer.loadMore',
  retry: 'amiExplorer.retry',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

export const views = {
  images: 'amiExplorer.images',
  instances: 'amiExplorer.instances',
} as const;

export const settings = {
  profile: 'amiExplorer.profile',
  regions: 'amiExplorer.regions',
  endpointUrl: 'amiExplorer.endpointUrl',
  publishers: 'amiExplorer.publishers',
  groupBy: 'amiExplorer.images.groupBy',
  sortBy: 'amiExplorer.images.sortBy',
  pageSize: 'amiExplorer.images.pageSize',
  catalogIncludeDeprecated: 'amiExplorer.catalog.includeDeprecated',
  catalogMaxSize: 'amiExplorer.catalog.maxSize',
} as const;

export const contextKeys = {
  /** `opening`, `open`, `noCredentials`, `signedOut` or `failed` */
  connection: 'amiExplorer.connection',
  /** Whether the Images view is filtered. */
  filtered: 'amiExplorer.filtered',
} as const;

/** What the setting `amiExplorer.profile` holds when the sample account is chosen. */
export const sampleProfile = '@sample';
