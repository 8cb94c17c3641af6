export interface ViewRow {
  /** The view's share of the side bar. */
  readonly initialSize: number;
}

/** All views by name; package.nls.json has their names as `view.NAME`. */
export const viewTable = {
  images: { initialSize: 3 },
  instances: { initialSize: 1 },
} as const satisfies Readonly<Record<string, ViewRow>>;

export type ViewName = keyof typeof viewTable;

/** View ids by name. */
export const views = {
  images: 'amiExplorer.images',
  instances: 'amiExplorer.instances',
} as const satisfies { readonly [Name in ViewName]: `amiExplorer.${Name}` };
