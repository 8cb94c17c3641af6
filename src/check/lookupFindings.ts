import type { LookupReference, Reference } from '../code/reference.ts';
import { AmiError, type AmiErrorKind } from '../core/errors.ts';
import type { Finding } from '../hints/finding.ts';
import { isAskable, type LookupAnswer, type LookupAnswers, lookupRegions } from '../hints/lookupAnswers.ts';
import { RegionFailures } from '../hints/regionFailures.ts';
import type { ImageFacts } from '../hints/rules/imageFacts.ts';
import { unsafeLookup } from '../hints/rules/unsafeLookup.ts';
import { sideBySide } from '../images/sideBySide.ts';

/** Lookups whose owner their names do not tell: so many are asked at a time, since each may read pages of images. */
const lookupsAtOnce = 4;

/** So many questions in a row that a region does not answer in time say that it answers none. */
const maxTimeouts = 2;

export interface LookupQuestion {
  readonly answers: Pick<LookupAnswers, 'ask'>;
  /** The regions to ask for lookups that do not say theirs. */
  readonly chosen: readonly string[];
  readonly facts: ImageFacts;
  readonly signal: AbortSignal;
}

export interface LookupFindings {
  readonly findings: readonly (readonly [Reference, readonly Finding[]])[];
  /** Of the calls that have failed. */
  readonly errors: readonly unknown[];
}

/**
 * What is wrong with lookups, with fixes: an unsafe one is asked for what it finds, where its names do not tell the owner
 * that it should have. A region that fails is not asked for the others. Never rejects.
 */
export async function lookupFindings(
  lookups: readonly LookupReference[],
  { answers, chosen, facts, signal }: LookupQuestion,
): Promise<LookupFindings> {
  const failures = new RegionFailures(chosen, Date.now);
  const timeouts = new Map<string, number>();
  const errors: unknown[] = [];
  const answerIn = async (lookup: LookupReference, region: string): Promise<LookupAnswer | undefined> => {
    const failure = failures.of(region, 'DescribeImages');
    if (failure !== undefined) {
      errors.push(failure);
      return undefined;
    }
    try {
      const answer = await answers.ask(lookup, region, signal);
      timeouts.delete(region);
      return answer;
    } catch (error) {
      const inARow = isOfKind(error, 'timeout') ? (timeouts.get(region) ?? 0) + 1 : 0;
      timeouts.set(region, inARow);
      // Another question to the region may be answered all the same.
      const isOfQuestion = isOfKind(error, 'timeout', 'invalid-parameter', 'listing-broken');
      if (!isOfQuestion || inARow >= maxTimeouts) failures.note(region, error);
      errors.push(error);
      return undefined;
    }
  };
  const ask = async function* (lookup: LookupReference): AsyncIterable<readonly [Reference, readonly Finding[]]> {
    const offline = unsafeLookup(lookup);
    if (offline.every(({ fixes }) => fixes.length > 0) || !lookup.ownerInsertion || !isAskable(lookup)) {
      yield [lookup, offline];
      return;
    }
    const found = await Promise.all(lookupRegions(lookup, chosen).map((region) => answerIn(lookup, region)));
    const known = found.filter((answer) => answer !== undefined);
    yield [lookup, unsafeLookup(lookup, known, facts)];
  };
  const findings: (readonly [Reference, readonly Finding[]])[] = [];
  for await (const found of sideBySide(lookups.map(ask), lookupsAtOnce)) findings.push(found);
  return { findings, errors };
}

function isOfKind(error: unknown, ...kinds: readonly AmiErrorKind[]): boolean {
  return error instanceof AmiError && kinds.includes(error.kind);
}
