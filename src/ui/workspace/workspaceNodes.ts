import type { Reference } from '../../code/reference.ts';
import type { ImageSummary } from '../../core/image.ts';
import type { Finding } from '../../hints/finding.ts';
import type { ScannedFile } from '../../scan/port.ts';

/** `id` is unique in the view, and the same whenever the node is built again. */
interface Node {
  readonly id: string;
}

/** An image that files name by its id. */
export interface UsedImageNode extends Node {
  readonly kind: 'image';
  /** As commands take it. `region` is undefined where nothing tells it and no region is known to have the image. */
  readonly image: { readonly id: string; readonly region: string | undefined; readonly state: string | undefined };
  /** Undefined until EC2 has answered, and where it has no such image. */
  readonly known: ImageSummary | undefined;
  /** The most severe first. */
  readonly findings: readonly Finding[];
  readonly places: readonly Place[];
}

/** The branch of what finds images when the code runs. */
export interface CodeGroupNode extends Node {
  readonly kind: 'codeGroup';
  readonly group: 'lookup' | 'parameter';
  readonly places: readonly Place[];
}

export interface CodePlaceNode extends Node {
  readonly kind: 'codePlace';
  readonly place: Place;
  readonly parent: UsedImageNode | CodeGroupNode;
}

/** Says why there are no rows, that there will be more, or why nothing is known of the images. */
export interface CodeNoteNode extends Node {
  readonly kind: 'note';
  readonly note: 'searching' | 'empty' | 'partial' | 'failed' | 'untrusted' | 'unconnected';
  /** Why there is no connection. */
  readonly error?: unknown;
}

export type WorkspaceNode = UsedImageNode | CodeGroupNode | CodePlaceNode | CodeNoteNode;

export interface WorkspaceFile extends ScannedFile {
  /** The editor's, as a text. */
  readonly uri: string;
}

/** Where a file names an image. */
export interface Place {
  readonly file: WorkspaceFile;
  readonly index: number;
  readonly reference: Reference;
  readonly finding: Finding | undefined;
}
