export interface ViewRow {
  /** Its share of the sidebar. */
  readonly initialSize: number;
}

/** Every view by its name; package.nls.json has what it is called as `view.NAME`. */
export const viewTable = {
  images: { initialSize: 3 },
  instances: { initialSize: 1 },
} as const satisfies Readonly<Record<string, ViewRow>>;

export type ViewName = keyof typeof viewTable;

/** The ids of the views by their names. */
export const views = {
  images: 'amiExplorer.images',
  instances: 'amiExplorer.instances',
} as const satisfies { readonly [Name in ViewName]: `amiExplorer.${Name}` };
