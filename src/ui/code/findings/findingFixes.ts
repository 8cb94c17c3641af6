import type { IdReference, LookupReference } from '../../../code/reference.ts';
import { architecturesOf } from '../../../core/instanceArchitecture.ts';
import { unlessAborted } from '../../../core/unlessAborted.ts';
import type { Finding, Fix } from '../../../hints/finding.ts';
import { isAskable, lookupRegions } from '../../../hints/lookupAnswers.ts';
import { replaceId } from '../../../hints/rules/replaceId.ts';
import { unsafeLookup } from '../../../hints/rules/unsafeLookup.ts';
import type { CodeConnection, OpenImages } from '../openImages.ts';

/** In ms: the editor shows no fix of a place until all of them are there. */
const timeout = 5_000;

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
        return rule === 'unsafe-lookup' && reference.ownerInsertion !== undefined && isAskable(reference);
      case 'id':
        return (
          rule === 'wrong-architecture' ||
          (rule === 'not-found' && finding.elsewhere.length > 0 && reference.region.regions.length === 1)
        );
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
          return finding.rule === 'wrong-architecture'
            ? await this.#fittingImage(open, finding, limited)
            : await this.#sameImage(open, reference, limited);
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
    const regions = lookupRegions(reference, chosen);
    const answers = await Promise.allSettled(regions.map((region) => lookups.ask(reference, region, signal)));
    const known = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    return unsafeLookup(reference, known, this.#images.facts()).flatMap(({ fixes }) => fixes);
  }

  /** The image of the region in force that has the name of the one that is meant, which is in another region. */
  async #sameImage({ same }: CodeConnection, reference: IdReference, signal: AbortSignal): Promise<readonly Fix[]> {
    const [image] = this.#images.of(reference)?.elsewhere ?? [];
    const [region] = reference.region.regions;
    if (!image || region === undefined) return [];
    return replaceId(reference, await same.find(image, region, signal));
  }

  /** The image of the same family that the instance type can run. */
  async #fittingImage(
    { fitting }: CodeConnection,
    { image, instanceType, reference }: Finding & { readonly rule: 'wrong-architecture' },
    signal: AbortSignal,
  ): Promise<readonly Fix[]> {
    const architectures = architecturesOf(instanceType) ?? [];
    return replaceId(reference, await fitting.find(image, architectures, signal));
  }
}
