import type { ImageSummary } from './image.ts';

/**
 * Images of AWS Marketplace. All sellers' images have one owner, so the product identifies whose an image is. The
 * Marketplace puts the product's id at the end of the seller's name (AWS Marketplace seller guide, "AMI-based
 * products"): a GUID, or `prod-` and 13 characters; older names add the id of the seller's own image: `CentOS Linux 7 …
 * 1901_01-b7ee8a69-ee97-4a49-9e68-afaee216db2e-ami-05713873c6794f575.4`.
 */

const alias = 'aws-marketplace';

/** The account behind the alias in commercial regions. */
export const marketplaceOwnerIds: readonly string[] = ['679593333241'];

/** The fields that say who owns an image, or which product it is. */
export type Ownership = Partial<Pick<ImageSummary, 'ownerId' | 'ownerAlias' | 'productCodes'>>;

export function isMarketplaceImage({ ownerId, ownerAlias }: Ownership): boolean {
  return ownerAlias ? ownerAlias === alias : ownerId !== undefined && marketplaceOwnerIds.includes(ownerId);
}

/** Whether the image's name ends with a product's id; an account's own copies of Marketplace images keep such names. */
export function endsWithProductId(image: Ownership): boolean {
  return isMarketplaceImage(image) || (image.productCodes?.length ?? 0) > 0;
}

/** Sorted and joined; empty without product codes. */
export function productCodesOf({ productCodes = [] }: Ownership): string {
  return [...productCodes].sort().join();
}

/** A name that ends with a product's id. */
export interface ProductName {
  /** What the seller calls the image. */
  readonly base: string;
  /** The product's id. */
  readonly id: string;
  /** Where the id begins in the name, and the first character after the id. */
  readonly start: number;
  readonly end: number;
}

const productEnding =
  /[- ]([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|prod-[a-z0-9]{10,20})(?:-ami-[0-9a-f]{8,17}(?:\.\d{1,3})?)? *$/;

/** Undefined for a name that does not end with a product's id. */
export function readProductName(name: string): ProductName | undefined {
  const match = productEnding.exec(name);
  const id = match?.[1];
  if (match === null || id === undefined) return undefined;
  const start = match.index + 1;
  return { base: name.slice(0, match.index).replace(/[- ]+$/, ''), id, start, end: start + id.length };
}
