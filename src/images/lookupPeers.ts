import type { Image } from '../core/image.ts';
import { lookupsOf, type SnippetContext } from '../core/snippetInput.ts';
import type { ImageLookup } from '../core/snippets/input.ts';
import type { ImageReader } from '../ec2/port.ts';

/** How long EC2 has time to say what a lookup finds: somebody waits for the code. */
const patience = 5_000;

/** So many lookups are tried, and so many images of each are looked at; who asks for more knows what is loaded. */
const maxLookups = 8;
const maxImages = 3_000;

/** What EC2 says of lookups. */
export interface LookupPeers {
  /** What they find, and what is still pending. */
  readonly images: readonly Image[];
  /** Ids of the images whose lookups EC2 has not answered to the end. */
  readonly unchecked: ReadonlySet<string>;
}

/**
 * What the lookups for these images find, asked of EC2 as the tools will ask it: it shows which of them find something else.
 * Never rejects; where EC2 does not answer in time, what has arrived counts.
 */
export async function lookupPeers(
  images: readonly Image[],
  context: SnippetContext,
  ec2: Pick<ImageReader, 'listImages'>,
): Promise<LookupPeers> {
  const signal = AbortSignal.timeout(patience);
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
