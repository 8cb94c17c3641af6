import type { ViewName } from './views.ts';

export interface ViewRow {
  /** The view's share of the side bar. */
  readonly initialSize: number;
  /** Whether it is closed until the user opens it: it takes room from the views above, and searches only while it is open. */
  readonly collapsed?: boolean;
}

/** All views by name, from top to bottom; package.nls.json has their names as `view.NAME`. */
export const viewTable: Readonly<Record<ViewName, ViewRow>> = {
  images: { initialSize: 3 },
  instances: { initialSize: 1 },
  workspace: { initialSize: 2, collapsed: true },
};
