import type { ImageRef } from '../../src/core/imageRef.ts';
import type { InstanceCommand, InstanceDetailsState } from '../../src/protocol/instance.ts';

const sectionIds = ['instance', 'volumes', 'tags'] as const;

export type SectionId = (typeof sectionIds)[number];

/** What the page does on the user's input. */
export interface Handlers {
  copy(text: string, what: string): void;
  copyId(): void;
  run(command: InstanceCommand): void;
  refresh(): void;
  keepOpen(): void;
  showImage(ref: ImageRef): void;
  pressErrorButton(index: number): void;
  toggle(section: SectionId, open: boolean): void;
}

/** What the templates draw. */
export interface View {
  readonly state: InstanceDetailsState;
  readonly arrangement: { readonly closed: readonly SectionId[] };
  readonly handlers: Handlers;
  readonly copied: string | undefined;
}
