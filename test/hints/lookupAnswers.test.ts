import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/ec2/port.ts';
import { LookupAnswers } from '../../src/hints/lookupAnswers.ts';
import { REFERENCE_TIME } from '../../src/sample/model.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';
import { filter, lookupReference } from './references.ts';

const never = new AbortController().signal;
const region = 'us-east-1';
const noble = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*';
const canonical = '099720109477';

let sample: OpenSample;
let connection: Connection;
let answers: LookupAnswers;

beforeAll(async () => {
  sample = await openSample(localEndpoint, { images: 12_000 });
  connection = await sample.open();
});
beforeEach(() => {
  answers = new LookupAnswers(connection.ec2, () => REFERENCE_TIME);
  sample.server.requests.length = 0;
});
afterEach(() => sample.server.faults.clear());
afterAll(() => sample?.close());

describe('a lookup', () => {
  it('without an owner picks a stranger’s newer image, with the publisher among the others', async () => {
    const answer = await answers.ask(lookupReference([filter('name', noble)]), region, never);
    expect(answer.picked?.ownerId).toBe('341275689012');
    expect(answer.picked).toBe(answer.images[0]);
    expect(answer.byOwner.map(({ ownerId }) => ownerId)).toEqual(['341275689012', canonical]);
    expect(answer).toMatchObject({ isWhole: true, hasAllOwners: true, leftOut: [] });
  });

  it.each([
    ['owners', { owners: { kind: 'literal', values: [canonical] } as const }, []],
    ['a filter on owner-id', {}, [filter('owner-id', canonical)]],
  ])('with %s picks the publisher’s', async (_, more, filters) => {
    const answer = await answers.ask(lookupReference([filter('name', noble), ...filters], [], more), region, never);
    expect(answer.picked?.ownerId).toBe(canonical);
    expect(answer.byOwner).toHaveLength(1);
    expect(answer.images.length).toBeGreaterThan(1);
    const dates = answer.images.map(({ creationDate }) => creationDate ?? '');
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it('finds deprecated images only where it asks for them', async () => {
    const owners = { kind: 'literal', values: ['137112412989'] } as const;
    const filters = [filter('name', 'al2023-ami-2023.*-kernel-6.1-x86_64')];
    const ask = (includesDeprecated: boolean) =>
      answers.ask(lookupReference(filters, [], { owners, includesDeprecated }), region, never);
    const [without, withThem] = [await ask(false), await ask(true)];
    expect(withThem.images.length).toBeGreaterThan(without.images.length);
    expect(withThem.images.some(({ deprecationTime }) => Date.parse(deprecationTime ?? '') < REFERENCE_TIME)).toBe(
      true,
    );
  });

  it('leaves out what is computed and what is not EC2’s, and says so', async () => {
    const filters = [
      filter('name', noble),
      { name: 'tag:Team', values: undefined, span: { start: 0, end: 1 } },
      filter('name_regex', '^ubuntu'),
    ];
    const answer = await answers.ask(lookupReference(filters, [], { owners: { kind: 'computed' } }), region, never);
    expect(answer.leftOut).toEqual(['tag:Team', 'name_regex', 'owners']);
    expect(answer.picked).toBeDefined();
    expect(sample.server.requests.map(({ params }) => params['Filter.2.Name'])).toEqual([undefined]);
  });

  it('picks none where the text does not tell which', async () => {
    const answer = await answers.ask(lookupReference([filter('name', noble)], [], { chooses: 'all' }), region, never);
    expect(answer.picked).toBeUndefined();
    expect(answer.images.length).toBeGreaterThan(1);
  });

  it('finds nothing where nothing fits', async () => {
    const answer = await answers.ask(lookupReference([filter('name', 'no-such-image-*')]), region, never);
    expect(answer).toMatchObject({ picked: undefined, images: [], byOwner: [], isWhole: true });
  });

  it('leaves out images that are not available, as the CDK does', async () => {
    const owners = { kind: 'literal', values: ['self'] } as const;
    const ask = (tool: 'cdk' | 'terraform') =>
      answers.ask(lookupReference([filter('name', '*-failed')], [], { owners, tool }), region, never);
    expect((await ask('terraform')).images).toHaveLength(1);
    expect((await ask('cdk')).images).toHaveLength(0);
  });

  it('that finds too many images still has the newest, and is asked in bounds', async () => {
    const answer = await answers.ask(lookupReference([filter('name', '*')]), region, never);
    expect(answer).toMatchObject({ isWhole: false, hasAllOwners: false });
    expect(sample.server.requests.length).toBeLessThanOrEqual(20);
    const dated = await answers.ask(
      lookupReference([filter('name', '*'), filter('creation-date', '2026-11-*')]),
      region,
      never,
    );
    expect(answer.picked?.id).toBe(dated.picked?.id);
  });

  it('is asked once in five minutes, and once at a time', async () => {
    let now = REFERENCE_TIME;
    answers = new LookupAnswers(connection.ec2, () => now);
    const reference = lookupReference([filter('name', noble)]);
    expect(answers.cachedNow(reference, region)).toBeUndefined();
    const [first] = await Promise.all([answers.ask(reference, region, never), answers.ask(reference, region, never)]);
    expect(answers.cachedNow(reference, region)).toEqual(first);
    await answers.ask(reference, region, never);
    expect(sample.server.requests).toHaveLength(1);
    now += 301_000;
    await answers.ask(reference, region, never);
    expect(sample.server.requests).toHaveLength(2);
  });

  it('is asked again once an image has changed, also where it is under way', async () => {
    const owners = { kind: 'literal', values: [canonical] } as const;
    const reference = lookupReference([filter('name', noble)], [], { owners });
    await answers.ask(reference, region, never);
    answers.forget();
    expect(answers.cachedNow(reference, region)).toBeUndefined();
    sample.server.faults.add({ kind: 'delay', milliseconds: 100 });
    const underWay = answers.ask(reference, region, never);
    answers.forget();
    await underWay;
    expect(answers.cachedNow(reference, region)).toBeUndefined();
    await answers.ask(reference, region, never);
    expect(answers.cachedNow(reference, region)).toBeDefined();
    expect(sample.server.requests).toHaveLength(3);
  });

  it('rejects with the error of the call', async () => {
    sample.server.faults.add({ kind: 'access-denied' });
    await expect(answers.ask(lookupReference([filter('name', noble)]), region, never)).rejects.toMatchObject({
      kind: 'access-denied',
    });
  });
});
