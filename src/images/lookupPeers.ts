import type { Image } from '../core/image.ts';
import { lookupsOf, type SnippetContext } from '../core/snippetLookups.ts';
import type { ImageLookup } from '../core/snippets/input.ts';
import type { ImageReader } from '../ec2/port.ts';

/** In ms: the user waits for the code. */
const timeout = 5_000;

/** Lookups beyond the first eight, and those that find more images, stay unchecked. */
const maxLookups = 8;
const maxImages = 3_000;

/** What EC2 finds by lookups. */
export interface LookupPeers {
  /** The images found, pending ones among them. */
  readonly images: readonly Image[];
  /** Ids of the images whose lookups EC2 has not answered to the end. */
  readonly unchecked: ReadonlySet<string>;
}

/**
 * Asks EC2 what the lookups for these images find, as Terraform and the other tools will: it may be another image.
 * Never rejects; after the timeout it has what has arrived.
 */
export async function lookupPeers(
  images: readonly Image[],
  context: SnippetContext,
  ec2: Pick<ImageReader, 'listImages'>,
): Promise<LookupPeers> {
  const signal = AbortSignal.timeout(timeout);
  const lookups = lookupsOf(images, context, true).filter(({ filters }) => filters.some(({ name }) => name === 'name'));
  const asked = await Promise.all(lookups.slice(0, maxLookups).map((lookup) => ask(lookup, ec2, signal)));
  const answered = new Set(asked.flatMap(({ lookup, whole }) => (whole ? [lookup] : [])));
  return {
    images: asked.flatMap(({ found }) => found),
    unchecked: new Set(lookups.filter((lookup) => !answered.has(lookup)).map(({ image }) => image.id)),
  };
}

async function ask(
  lookup: ImageLookup,
  ec2: Pick<ImageReader, 'listImages'>,
  signal: AbortSignal,
): Promise<{ readonly lookup: ImageLookup; readonly found: readonly Image[]; readonly whole: boolean }> {
  const { region, owner, filters } = lookup;
  const found: Image[] = [];
  if (owner === undefined) {
    return { lookup, found, whole: true };
  }
  try {
    const query = { owners: [owner], filters: filters.filter(({ name }) => name !== 'state') };
    for await (const page of ec2.listImages(region, query, signal)) {
      found.push(...page);
      if (found.length >= maxImages) {
        return { lookup, found, whole: false };
      }
    }
    return { lookup, found, whole: true };
  } catch {
    // The failed call is in the log.
    return { lookup, found, whole: false };
  }
}
