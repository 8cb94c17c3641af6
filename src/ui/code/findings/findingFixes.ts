import type { IdReference, LookupReference } from '../../../code/reference.ts';
import { unlessAborted } from '../../../core/unlessAborted.ts';
import type { Finding, Fix } from '../../../hints/finding.ts';
import { replaceId } from '../../../hints/rules/replaceId.ts';
import { unsafeLookup } from '../../../hints/rules/unsafeLookup.ts';
import type { CodeConnection, OpenImages } from '../openImages.ts';

/** In ms: the editor shows no fix of a place until all of them are there. */
const timeout = 5_000;

/** In so many regions a lookup is tried whose region is not known. */
const maxRegions = 3;

/** The fixes of findings: those that are known, or else those that EC2 knows, which is asked when somebody looks for them. */
export class FindingFixes {
  readonly #images: OpenImages;

  constructor(images: OpenImages) {
    this.#images = images;
  }

  /** Whether `of` has some, or asks for some. */
  mayHave(finding: Finding): boolean {
    const { rule, reference, fixes } = finding;
    if (fixes.length > 0) return true;
    switch (reference.kind) {
      case 'lookup':
        return rule === 'unsafe-lookup' && reference.ownerInsertion !== undefined;
      case 'id':
        return rule === 'not-found' && finding.elsewhere.length > 0 && reference.region.regions.length === 1;
      case 'parameter':
        return false;
    }
  }

  /** Empty where there are none, or EC2 does not answer in time. Never rejects. */
  async of(finding: Finding, signal: AbortSignal): Promise<readonly Fix[]> {
    const { fixes, reference } = finding;
    if (fixes.length > 0 || !this.mayHave(finding)) return fixes;
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    try {
      const open = await unlessAborted(this.#images.connection(), limited);
      if (open.kind !== 'open') return [];
      switch (reference.kind) {
        case 'lookup':
          return await this.#addOwner(open, reference, limited);
        case 'id':
          return await this.#sameImage(open, reference, limited);
        case 'parameter':
          return [];
      }
    } catch {
      return [];
    }
  }

  /** The owner of what the lookup finds now. */
  async #addOwner(
    { lookups, regions: chosen }: CodeConnection,
    reference: LookupReference,
    signal: AbortSignal,
  ): Promise<readonly Fix[]> {
    const { regions } = reference.region;
    const asked = (regions.length > 0 ? regions : chosen).slice(0, maxRegions);
    const answers = await Promise.all(asked.map((region) => lookups.ask(reference, region, signal)));
    return unsafeLookup(reference, answers, this.#images.facts()).flatMap(({ fixes }) => fixes);
  }

  /** The image of the region in force that has the name of the one that is meant, which is in another region. */
  async #sameImage({ same }: CodeConnection, reference: IdReference, signal: AbortSignal): Promise<readonly Fix[]> {
    const [image] = this.#images.of(reference)?.elsewhere ?? [];
    const [region] = reference.region.regions;
    if (!image || region === undefined) return [];
    return replaceId(reference, await same.find(image, region, signal));
  }
}
