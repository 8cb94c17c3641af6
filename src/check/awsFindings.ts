import type { LookupReference, Reference } from '../code/reference.ts';
import { partitionOf } from '../core/regions.ts';
import type { Connection } from '../ec2/port.ts';
import type { Finding } from '../hints/finding.ts';
import { idFindings, parameterFindings } from '../hints/findings.ts';
import { type LookupAnswer, LookupAnswers } from '../hints/lookupAnswers.ts';
import { NewerImages } from '../hints/newerImages.ts';
import { ParameterImages } from '../hints/parameterImages.ts';
import { ReferencedImages } from '../hints/referencedImages.ts';
import type { ImageFacts } from '../hints/rules/imageFacts.ts';
import { unsafeLookup } from '../hints/rules/unsafeLookup.ts';
import { ImagesById } from '../images/imagesById.ts';

/** Regions that code names, beside the default region, are asked for ids of unknown regions, too; not more of them. */
const maxRegions = 20;

/** Unsafe lookups whose owner their names do not tell; not more of them are asked for. */
const maxLookups = 20;

export interface AwsFindings {
  /** The most important first. */
  readonly of: (reference: Reference) => readonly Finding[];
  /** By region. */
  readonly failures: ReadonlyMap<string, unknown>;
  /** Whether there was something to ask, and no region has answered. */
  readonly isUnanswered: boolean;
}

/**
 * Asks for all references together. Never rejects.
 *
 * @param regions those to ask for what does not say its region; empty for the default one and those in the code
 */
export async function awsFindings(
  references: readonly Reference[],
  connection: Connection,
  regions: readonly string[],
  signal: AbortSignal,
): Promise<AwsFindings> {
  const { ec2 } = connection;
  const chosen = regions.length > 0 ? regions : regionsIn(references, connection.defaultRegion);
  const byId = new ImagesById(ec2, { byIds: async () => [] });
  const newer = new NewerImages(ec2);
  const ids = references.filter((reference) => reference.kind === 'id');
  const parameters = references.filter((reference) => reference.kind === 'parameter');
  const [resolvedIds, resolvedParameters, identity] = await Promise.all([
    new ReferencedImages({ byId, regions: chosen }).resolve(ids, signal),
    new ParameterImages({ ec2, byId, regions: chosen }).resolve(parameters, signal),
    ec2.identity(signal).catch(() => undefined),
  ]);
  const images = resolvedIds.flatMap(({ images: answers }) => answers.flatMap(({ image }) => image ?? []));
  await newer.find(images, signal);
  const facts: ImageFacts = {
    newer: (image) => newer.newerNow(image),
    account: identity?.account,
    publishers: [],
    now: Date.now(),
  };
  const lookups = references.filter((reference) => reference.kind === 'lookup');
  const findings = new Map<Reference, readonly Finding[]>([
    ...resolvedIds.map((resolved) => [resolved.reference, idFindings(resolved, facts)] as const),
    ...resolvedParameters.map((resolved) => [resolved.reference, parameterFindings(resolved, facts)] as const),
    ...(await lookupFindings(lookups, new LookupAnswers(ec2), chosen, facts, signal)),
  ]);
  const answers = [
    ...resolvedIds.flatMap((resolved) => resolved.images),
    ...resolvedParameters.flatMap((resolved) => resolved.answers),
  ];
  const failed = answers.filter(({ error }) => error !== undefined);
  return {
    of: (reference) => findings.get(reference) ?? [],
    // The first error of a region is that of EC2, which says most of it.
    failures: new Map(failed.toReversed().map(({ region, error }) => [region, error])),
    isUnanswered: answers.length > 0 && failed.length === answers.length,
  };
}

function regionsIn(references: readonly Reference[], defaultRegion: string): readonly string[] {
  const named = references
    .flatMap(({ region }) => region.regions)
    .filter((region) => partitionOf(region) === partitionOf(defaultRegion));
  return [...new Set([defaultRegion, ...named])].slice(0, maxRegions);
}

/** An unsafe lookup is asked for what it finds, where its names do not tell the owner that it should have. */
async function lookupFindings(
  lookups: readonly LookupReference[],
  answers: LookupAnswers,
  chosen: readonly string[],
  facts: ImageFacts,
  signal: AbortSignal,
): Promise<readonly (readonly [Reference, readonly Finding[]])[]> {
  let asked = 0;
  const found: (readonly [Reference, readonly Finding[]])[] = [];
  for (const lookup of lookups) {
    const offline = unsafeLookup(lookup);
    const [region] = lookup.region.regions.length > 0 ? lookup.region.regions : chosen;
    const wantsOwner = offline.some(({ fixes }) => fixes.length === 0) && lookup.ownerInsertion !== undefined;
    if (!wantsOwner || region === undefined || asked >= maxLookups) {
      found.push([lookup, offline]);
      continue;
    }
    asked += 1;
    const answer: LookupAnswer | undefined = await answers.ask(lookup, region, signal).catch(() => undefined);
    found.push([lookup, unsafeLookup(lookup, answer ? [answer] : [], facts)]);
  }
  return found;
}
