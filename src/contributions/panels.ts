/** The view types of the panels: each wakes the extension, so that a panel that was open is restored. */
export const panelIds = ['amiExplorer.imageDetails', 'amiExplorer.publicCatalog'] as const;

export type PanelId = (typeof panelIds)[number];
