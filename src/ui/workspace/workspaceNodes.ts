import type { ImageSummary } from '../../core/image.ts';
import type { Finding } from '../../hints/finding.ts';
import type { Place } from './workspacePlaces.ts';

/** `id` is unique in the view, and the same whenever the node is built again. */
interface Node {
  readonly id: string;
}

/** An image that files name by its id. */
export interface UsedImageNode extends Node {
  readonly kind: 'image';
  /** As commands take it. `region` is undefined where nothing tells it and no region is known to have the image. */
  readonly image: { readonly id: string; readonly region: string | undefined; readonly state: string | undefined };
  /** What the row is called: the image's name or a part of it, its id where none is known. Somebody else's text. */
  readonly name: string;
  /** Undefined until EC2 has answered, and where it has no such image. */
  readonly known: ImageSummary | undefined;
  /** Of all its places, the most severe first. */
  readonly findings: readonly Finding[];
  readonly places: readonly JudgedPlace[];
}

/** The branch of what finds images when the code runs. */
export interface CodeGroupNode extends Node {
  readonly kind: 'codeGroup';
  readonly group: 'lookup' | 'parameter';
  /** The most severe first. */
  readonly places: readonly JudgedPlace[];
}

export interface CodePlaceNode extends Node {
  readonly kind: 'codePlace';
  readonly place: JudgedPlace;
  readonly parent: UsedImageNode | CodeGroupNode;
}

/** Says why there are no rows, that there will be more, or why nothing is known of the images. */
export interface CodeNoteNode extends Node {
  readonly kind: 'note';
  readonly note: 'searching' | 'empty' | 'partial' | 'failed' | 'untrusted' | 'unconnected' | 'unasked';
  /** Why there is no connection, or why a region has not answered. */
  readonly error?: unknown;
  readonly region?: string;
}

/** Leads to more rows. */
export interface CodeMoreNode extends Node {
  readonly kind: 'codeMore';
  /** How many are not shown. */
  readonly hidden: number;
  /** Undefined for the images of the view. */
  readonly parent: UsedImageNode | CodeGroupNode | undefined;
}

export type WorkspaceNode = UsedImageNode | CodeGroupNode | CodePlaceNode | CodeNoteNode | CodeMoreNode;

export interface JudgedPlace extends Place {
  /** The most severe first. */
  readonly findings: readonly Finding[];
}
