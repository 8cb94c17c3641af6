import type { Reference } from '../code/reference.ts';
import type { Publisher } from '../core/publishers.ts';
import { partitionOf } from '../core/regions.ts';
import type { Connection } from '../ec2/port.ts';
import type { Finding } from '../hints/finding.ts';
import { idFindings, parameterFindings } from '../hints/findings.ts';
import { LookupAnswers } from '../hints/lookupAnswers.ts';
import { NewerImages } from '../hints/newerImages.ts';
import { ParameterImages } from '../hints/parameterImages.ts';
import { ReferencedImages } from '../hints/referencedImages.ts';
import type { ImageFacts } from '../hints/rules/imageFacts.ts';
import { unsafeLookup } from '../hints/rules/unsafeLookup.ts';
import { ImagesById } from '../images/imagesById.ts';
import { lookupFindings } from './lookupFindings.ts';

/** Regions that code names, beside the default region, are asked for ids of unknown regions, too; not more of them. */
const maxRegions = 20;

export interface AwsQuestion {
  readonly connection: Connection;
  /** To ask for what does not say its region; empty for the default one and those in the code. */
  readonly regions: readonly string[];
  /** The team's own. */
  readonly publishers: readonly Publisher[];
  /** Whether lookups are asked whose images they find: only a fix says it. */
  readonly needsFixes: boolean;
  readonly signal: AbortSignal;
}

export interface AwsFindings {
  /** The most important first. */
  readonly of: (reference: Reference) => readonly Finding[];
  /** Those of calls that have failed: what they would have told is not among the findings. */
  readonly errors: readonly unknown[];
}

/** Asks for all references together. Never rejects. */
export async function awsFindings(references: readonly Reference[], question: AwsQuestion): Promise<AwsFindings> {
  const { connection, publishers, needsFixes, signal } = question;
  const { ec2 } = connection;
  const chosen = question.regions.length > 0 ? question.regions : regionsIn(references, connection.defaultRegion);
  const byId = new ImagesById(ec2, { byIds: async () => [] });
  const newer = new NewerImages(ec2);
  const ids = references.filter((reference) => reference.kind === 'id');
  const parameters = references.filter((reference) => reference.kind === 'parameter');
  const [resolvedIds, resolvedParameters, identity] = await Promise.all([
    new ReferencedImages({ byId, regions: chosen }).resolve(ids, signal),
    new ParameterImages({ ec2, byId, regions: chosen }).resolve(parameters, signal),
    ec2.identity(signal).then(
      ({ account }) => ({ account, error: undefined }),
      (error: unknown) => ({ account: undefined, error }),
    ),
  ]);
  const answers = [
    ...resolvedIds.flatMap((resolved) => resolved.images),
    ...resolvedParameters.flatMap((resolved) => resolved.answers),
  ];
  const images = resolvedIds.flatMap((resolved) => resolved.images.flatMap(({ image }) => image ?? []));
  const newerErrors = await newer.find(images, signal);
  const facts: ImageFacts = {
    newer: (image) => newer.newerNow(image),
    account: identity.account,
    publishers,
    now: Date.now(),
  };
  const lookups = references.filter((reference) => reference.kind === 'lookup');
  const ofLookups = needsFixes
    ? await lookupFindings(lookups, { answers: new LookupAnswers(ec2), chosen, facts, signal })
    : { findings: lookups.map((lookup) => [lookup, unsafeLookup(lookup)] as const), errors: [] };
  const findings = new Map<Reference, readonly Finding[]>([
    ...resolvedIds.map((resolved) => [resolved.reference, idFindings(resolved, facts)] as const),
    ...resolvedParameters.map((resolved) => [resolved.reference, parameterFindings(resolved, facts)] as const),
    ...ofLookups.findings,
  ]);
  return {
    // Where the account is not known, its own images are taken for those of a stranger.
    of: (reference) =>
      (findings.get(reference) ?? []).filter(({ rule }) => identity.account || rule !== 'unverified-publisher'),
    errors: [
      ...answers.flatMap(({ error }) => error ?? []),
      ...resolvedIds.flatMap(({ elsewhereErrors }) => elsewhereErrors),
      ...newerErrors,
      ...ofLookups.errors,
      ...(identity.error === undefined ? [] : [identity.error]),
    ],
  };
}

function regionsIn(references: readonly Reference[], defaultRegion: string): readonly string[] {
  const named = references
    .flatMap(({ region }) => region.regions)
    .filter((region) => partitionOf(region) === partitionOf(defaultRegion));
  return [...new Set([defaultRegion, ...named])].slice(0, maxRegions);
}
