import * as v from 'valibot';
import type { ImageRef } from '../../src/core/imageRef.ts';
import { flag, ifKnown, listOf, type Schema } from '../../src/core/schemas.ts';
import type { DetailsState } from '../../src/protocol/details.ts';
import { type DeviceColumn, deviceColumnIds } from './deviceColumns.ts';

/** The sections that can be closed. */
const sectionIds = ['structure', 'root', 'type', 'devices', 'identity', 'permissions', 'dates', 'tags', 'raw'] as const;

export type SectionId = (typeof sectionIds)[number];

export interface Sort {
  readonly column: DeviceColumn;
  readonly descending: boolean;
}

/** How the page is arranged. VS Code keeps it while the page is hidden and over a restart. */
export interface Arrangement {
  readonly closed: readonly SectionId[];
  readonly sort: Sort | undefined;
  readonly scroll: number;
}

export const initialArrangement: Arrangement = { closed: ['raw'], sort: undefined, scroll: 0 };

/** Of an earlier page: what is not understood is as at the beginning. */
export const arrangement: Schema<Arrangement> = v.object({
  closed: v.fallback(listOf(v.picklist(sectionIds)), initialArrangement.closed),
  sort: ifKnown(v.object({ column: v.picklist(deviceColumnIds), descending: flag })),
  scroll: v.fallback(v.pipe(v.number(), v.finite()), initialArrangement.scroll),
});

/** What a user can do on the page. */
export interface Actions {
  /** `what` names the value for the message that says it was copied. */
  copy(text: string, what: string): void;
  copyId(): void;
  insertId(): void;
  openInConsole(): void;
  refresh(): void;
  keepOpen(): void;
  showImage(ref: ImageRef): void;
  runAction(index: number): void;
  toggle(section: SectionId, open: boolean): void;
  sortBy(column: DeviceColumn): void;
  /** Moves to the row of a device, by its place among the image's. */
  goToDevice(place: number): void;
  goToRoot(): void;
}

/** All that the templates need. */
export interface View {
  readonly state: DetailsState;
  readonly arrangement: Arrangement;
  readonly actions: Actions;
  /** What was just copied, to mark its button. */
  readonly copied: string | undefined;
}
