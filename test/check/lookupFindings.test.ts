import { describe, expect, it } from 'vitest';
import { lookupFindings } from '../../src/check/lookupFindings.ts';
import type { LookupReference } from '../../src/code/reference.ts';
import { AmiError, type AmiErrorKind } from '../../src/core/errors.ts';
import type { LookupAnswer } from '../../src/hints/lookupAnswers.ts';
import { filter, lookupReference } from '../hints/references.ts';

type Outcome = AmiErrorKind | 'answered';

const facts = { newer: () => undefined, account: '111122223333', publishers: [], now: Date.now() };

/** How often each region was asked, and how many findings and errors there are, of so many lookups. */
async function asked(count: number, outcomeOf: (region: string, call: number) => Outcome) {
  const calls: Record<string, number> = {};
  const ask = async (_: LookupReference, region: string): Promise<LookupAnswer> => {
    const call = (calls[region] ?? 0) + 1;
    calls[region] = call;
    await new Promise((resolve) => setTimeout(resolve, 1));
    const kind = outcomeOf(region, call);
    if (kind !== 'answered') throw new AmiError('No.', { kind, operation: 'DescribeImages', region });
    const nothing = { picked: undefined, images: [], byOwner: [], leftOut: [] };
    return { region, ...nothing, isWhole: true, hasAllOwners: true };
  };
  const lookups = Array.from({ length: count }, (_, index) =>
    lookupReference([filter('name', `web-${index}-*`)], ['us-east-1', 'eu-west-1']),
  );
  const question = { answers: { ask }, chosen: ['us-east-1'], facts, signal: new AbortController().signal };
  const { findings, errors } = await lookupFindings(lookups, question);
  return { calls, findings: findings.length, errors: errors.length };
}

describe('a region that is asked what lookups find', () => {
  it('is not asked again once it has not answered twice in a row; the others are', async () => {
    const { calls, findings, errors } = await asked(20, (region) => (region === 'eu-west-1' ? 'timeout' : 'answered'));
    expect(calls['us-east-1']).toBe(20);
    // Four lookups are asked at a time: some may begin between the two timeouts.
    expect(calls['eu-west-1']).toBeLessThan(8);
    expect([findings, errors]).toEqual([20, 20]);
  });

  it.each<[string, (region: string, call: number) => Outcome]>([
    ['after a timeout, where it answers the next one', (_, call) => (call % 3 === 0 ? 'timeout' : 'answered')],
    ['after questions that EC2 refuses', () => 'invalid-parameter'],
    ['after listings that do not end', () => 'listing-broken'],
  ])('is asked again %s', async (_, outcomeOf) => {
    expect((await asked(20, outcomeOf)).calls).toEqual({ 'us-east-1': 20, 'eu-west-1': 20 });
  });

  it.each<[AmiErrorKind]>([['access-denied'], ['network'], ['not-opted-in'], ['throttled']])(
    'is not asked again after %s',
    async (kind) => {
      expect((await asked(20, () => kind)).calls).toEqual({ 'us-east-1': 4, 'eu-west-1': 4 });
    },
  );
});
