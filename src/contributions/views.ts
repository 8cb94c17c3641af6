export interface ViewRow {
  /** The view's share of the side bar. */
  readonly initialSize: number;
  /** Whether it is closed until the user opens it. */
  readonly collapsed?: boolean;
}

/** All views by name; package.nls.json has their names as `view.NAME`. */
export const viewTable = {
  images: { initialSize: 3 },
  instances: { initialSize: 1 },
  workspace: { initialSize: 2, collapsed: true },
} as const satisfies Readonly<Record<string, ViewRow>>;

export type ViewName = keyof typeof viewTable;

/** View ids by name. */
export const views = {
  images: 'amiExplorer.images',
  instances: 'amiExplorer.instances',
  workspace: 'amiExplorer.workspace',
} as const satisfies { readonly [Name in ViewName]: `amiExplorer.${Name}` };
