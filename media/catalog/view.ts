import type {
  CatalogAnswer,
  CatalogColumn,
  CatalogRow,
  CatalogState,
  FacetId,
  Suggestions,
} from '../../src/protocol/catalog.ts';
import type { RowWindow } from './rowWindow.ts';
import type { Arrangement } from './savedPage.ts';
import type { Selection } from './selection.ts';

/** The actions on images in the catalog. */
export type ImageAction =
  | 'show'
  | 'copyIds'
  | 'copyAs'
  | 'copyLinks'
  | 'insertIds'
  | 'insertAs'
  | 'pinImages'
  | 'pinFamilies';

export interface Menu {
  readonly kind: 'images' | 'columns';
  readonly x: number;
  readonly y: number;
}

export interface Handlers {
  type(text: string): void;
  searchKey(event: KeyboardEvent): void;
  leaveSearch(): void;
  accept(index: number): void;
  toggleNewest(): void;
  toggleDeprecated(): void;
  toggleFacet(id: FacetId, key: string): void;
  openFacet(id: FacetId, open: boolean): void;
  showFilters(shown: boolean): void;
  clearText(): void;
  clearFilters(): void;
  sort(column: CatalogColumn): void;
  /** Undefined: the column's width at first. */
  resize(column: CatalogColumn, width: number | undefined): void;
  toggleColumn(column: CatalogColumn): void;
  scroll(): void;
  gridKey(event: KeyboardEvent): void;
  click(event: MouseEvent, place: number, row: CatalogRow): void;
  drag(event: DragEvent, row: CatalogRow): void;
  openMenu(event: MouseEvent, kind: Menu['kind'], place?: number, row?: CatalogRow): void;
  closeMenu(): void;
  menuKey(event: KeyboardEvent): void;
  act(action: ImageAction, ids?: readonly string[]): void;
  selectRegion(): void;
  refresh(): void;
  cancel(): void;
  pressErrorButton(index: number): void;
}

/** What the templates draw. */
export interface View {
  readonly state: CatalogState;
  readonly arrangement: Arrangement;
  /** Whether the filters are shown beside the table, by the user's choice or by the room that there is. */
  readonly filtersShown: boolean;
  readonly answer: CatalogAnswer | undefined;
  /** Rows by their place among the matches, as far as they are loaded. */
  readonly rows: ReadonlyMap<number, CatalogRow>;
  readonly window: RowWindow;
  readonly selection: Selection;
  readonly suggestions: Suggestions | undefined;
  readonly suggested: number;
  readonly menu: Menu | undefined;
  /** The error of the user's last request. */
  readonly problem: string | undefined;
  readonly now: number;
  readonly handlers: Handlers;
}
