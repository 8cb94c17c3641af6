/** What a drag carries beside the ids as plain text: a `DraggedImages` as JSON. */
export const draggedImagesType = 'application/vnd.ami-explorer.images+json';

export interface DraggedImages {
  readonly images: readonly { readonly id: string; readonly region?: string | undefined }[];
  /** The public parameters whose images they are, where all of them are dragged as such. */
  readonly parameters?: readonly unknown[];
}
