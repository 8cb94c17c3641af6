/** View types of the panels. Each one activates the extension, so that an open panel is restored. */
export const panelIds = [
  'amiExplorer.imageDetails',
  'amiExplorer.instanceDetails',
  'amiExplorer.publicCatalog',
] as const;

export type PanelId = (typeof panelIds)[number];
