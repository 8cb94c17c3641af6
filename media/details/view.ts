import * as v from 'valibot';
import type { ImageRef } from '../../src/core/imageRef.ts';
import { flag, ifKnown, listOf, type Schema } from '../../src/core/schemas.ts';
import type { DetailsCommand, DetailsState } from '../../src/protocol/details.ts';
import { type DeviceColumn, deviceColumnIds } from './deviceColumns.ts';

const sectionIds = [
  'structure',
  'root',
  'type',
  'devices',
  'identity',
  'permissions',
  'dates',
  'uses',
  'tags',
  'raw',
] as const;

export type SectionId = (typeof sectionIds)[number];

export interface Sort {
  readonly column: DeviceColumn;
  readonly descending: boolean;
}

/** The layout of the page, which VS Code saves while the page is hidden and over a restart. */
export interface Arrangement {
  readonly closed: readonly SectionId[];
  readonly sort: Sort | undefined;
  readonly scroll: number;
}

export const initialArrangement: Arrangement = { closed: ['raw'], sort: undefined, scroll: 0 };

/** Reads a saved arrangement: an unreadable part has its initial value. */
export const arrangement: Schema<Arrangement> = v.object({
  closed: v.fallback(listOf(v.picklist(sectionIds)), initialArrangement.closed),
  sort: ifKnown(v.object({ column: v.picklist(deviceColumnIds), descending: flag })),
  scroll: v.fallback(v.pipe(v.number(), v.finite()), initialArrangement.scroll),
});

/** What the page does on the user's input. */
export interface Handlers {
  /** `what` names the value for the message that says it was copied. */
  copy(text: string, what: string): void;
  copyId(): void;
  run(command: DetailsCommand): void;
  refresh(): void;
  setPinned(pinned: boolean): void;
  keepOpen(): void;
  showImage(ref: ImageRef): void;
  showInstance(ref: ImageRef): void;
  openUse(place: string): void;
  pressErrorButton(index: number): void;
  toggle(section: SectionId, open: boolean): void;
  sortBy(column: DeviceColumn): void;
  /** Goes to the row of a device, by its index in the image's `blockDevices`. */
  goToDevice(place: number): void;
  goToRoot(): void;
}

/** What the templates draw. */
export interface View {
  readonly state: DetailsState;
  readonly arrangement: Arrangement;
  readonly handlers: Handlers;
  /** The name of the value that was just copied: its button is marked. */
  readonly copied: string | undefined;
}
