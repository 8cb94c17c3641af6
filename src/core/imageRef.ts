/** An image's region and id: ids are unique in a region only. */
export interface ImageRef {
  readonly region: string;
  readonly id: string;
}

/** Equal for references to the same image. */
export function refKey({ region, id }: ImageRef): string {
  return `${region}/${id}`;
}
