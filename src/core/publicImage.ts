/**
 * A public image in the catalog. Texts are empty where EC2 gives none, and all of them are written by the image's
 * publisher.
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
  /** GiB of all EBS volumes together; undefined without EBS volumes. */
  readonly size: number | undefined;
  /** Milliseconds since 1970; undefined for a missing or unreadable date. */
  readonly created: number | undefined;
  /** As `created`. */
  readonly deprecated: number | undefined;
}
