/**
 * What the catalog keeps of a public image. Texts are empty where EC2 says nothing; every one of them was written by
 * whoever published the image.
 */
export interface PublicImage {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly ownerId: string;
  readonly ownerAlias: string;
  readonly architecture: string;
  /** EC2's `PlatformDetails`, `Linux/UNIX` for instance. */
  readonly platform: string;
  readonly rootDeviceType: string;
  readonly virtualizationType: string;
  readonly bootMode: string;
  /** GiB of all EBS volumes together; undefined where none is mapped. */
  readonly size: number | undefined;
  /** Milliseconds since 1970; undefined where EC2 gives no date or none that can be read. */
  readonly created: number | undefined;
  /** Milliseconds since 1970, as `created`. */
  readonly deprecated: number | undefined;
}
