/** An image by where it is. Ids are unique in a region only. */
export interface ImageRef {
  readonly region: string;
  readonly id: string;
}

/** The same for the same image. */
export function refKey({ region, id }: ImageRef): string {
  return `${region}/${id}`;
}
