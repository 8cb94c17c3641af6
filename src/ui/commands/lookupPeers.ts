import type { Image } from '../../core/image.ts';
import { lookupsOf, type SnippetContext } from '../../core/snippetInput.ts';
import type { ImageLookup } from '../../core/snippets/input.ts';
import type { Ec2Port } from '../../ec2/port.ts';

/** How long EC2 has time to say what a lookup finds: somebody waits for the code. */
const patience = 5_000;

/** So many lookups are tried, and so many images of each are looked at; who asks for more knows what is loaded. */
const maxLookups = 8;
const maxImages = 3_000;

/**
 * What the lookups for these images find, asked of EC2 as the tools will ask it, and what is still pending: it shows which
 * of them find something else. Never rejects; where EC2 does not answer in time, its answer is missing.
 */
export async function lookupPeers(
  images: readonly Image[],
  context: SnippetContext,
  ec2: Ec2Port,
): Promise<readonly Image[]> {
  const signal = AbortSignal.timeout(patience);
  const lookups = lookupsOf(images, context).filter(({ filters }) => filters.some(({ name }) => name === 'name'));
  const found = await Promise.all(lookups.slice(0, maxLookups).map((lookup) => foundBy(lookup, ec2, signal)));
  return found.flat();
}

async function foundBy(lookup: ImageLookup, ec2: Ec2Port, signal: AbortSignal): Promise<readonly Image[]> {
  const { region, owner, filters } = lookup;
  const found: Image[] = [];
  if (owner === undefined) {
    return found;
  }
  try {
    const query = { owners: [owner], filters: filters.filter(({ name }) => name !== 'state') };
    for await (const page of ec2.listImages(region, query, signal)) {
      found.push(...page);
      if (found.length >= maxImages) {
        break;
      }
    }
  } catch {
    // What has arrived counts; the failed call is in the log.
  }
  return found;
}
