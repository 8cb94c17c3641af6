import { describe, expect, it } from 'vitest';
import type { IdReference } from '../../src/code/reference.ts';
import type { Image } from '../../src/core/image.ts';
import { plainL10n } from '../../src/core/l10n.ts';
import { readPublishers } from '../../src/core/publishers.ts';
import type { Finding, Rule } from '../../src/hints/finding.ts';
import { idFindings, parameterFindings } from '../../src/hints/findings.ts';
import { findingText, fixText } from '../../src/hints/findingText.ts';
import type { LookupAnswer } from '../../src/hints/lookupAnswers.ts';
import { offlineFindings } from '../../src/hints/offlineFindings.ts';
import type { ResolvedReference } from '../../src/hints/referencedImages.ts';
import type { ImageFacts } from '../../src/hints/rules/imageFacts.ts';
import { unsafeLookup } from '../../src/hints/rules/unsafeLookup.ts';
import { toldFindings } from '../../src/hints/toldFindings.ts';
import { anImage } from '../core/anImage.ts';
import { filter, idReference, lookupReference, parameterReference } from './references.ts';

const now = Date.parse('2026-11-27T12:00:00.000Z');
const facts: ImageFacts = { newer: () => undefined, account: '123456789012', publishers: [], now };
const image = anImage();
const newer = anImage({
  id: 'ami-0fedcba9876543210',
  name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20261120',
  creationDate: '2026-11-20T10:15:00.000Z',
});
const error = new Error('no answer');

interface Answers {
  readonly [region: string]: Image | Error | undefined;
}

/** An id with what each region has answered. */
function resolved(
  answers: Answers,
  { reference = idReference(image.id, Object.keys(answers)), elsewhere = [], was }: Partial<ResolvedReference> = {},
): ResolvedReference {
  const images = Object.entries(answers).map(([region, answer]) =>
    answer instanceof Error ? { region, image: undefined, error: answer } : { region, image: answer, error: undefined },
  );
  return { reference, images, elsewhere, elsewhereErrors: [], was };
}

const short = ({ rule, severity }: Finding) => `${severity} ${rule}`;
const told = (finding: Finding) => findingText(finding, plainL10n);

function ofImage(parts: Partial<Image>, more: Partial<IdReference> = {}, other: Partial<ImageFacts> = {}) {
  const reference = idReference(image.id, ['us-east-1'], more);
  return idFindings(resolved({ 'us-east-1': anImage(parts) }, { reference }), { ...facts, ...other });
}

describe('an image', () => {
  it('that is good has no finding', () => {
    expect(ofImage({})).toEqual([]);
  });

  it.each<[Partial<Image>, string, string]>([
    [{ state: 'disabled' }, 'error disabled', 'is disabled: instances cannot be launched from it.'],
    [{ state: 'failed' }, 'error unusable', 'its state is “failed”.'],
    [{ state: 'error' }, 'error unusable', 'its state is “error”.'],
    [{ state: 'invalid' }, 'error unusable', 'its state is “invalid”.'],
    [{ state: 'pending' }, 'information unusable', 'is pending: it is still being created.'],
    [{ state: 'deregistered' }, 'error deregistered', 'is no longer available in us-east-1'],
    [{ deprecationTime: '2026-11-27T11:59:00.000Z' }, 'warning deprecated', 'was deprecated on 2026-11-27.'],
    [{ deprecationTime: '2026-12-20T00:00:00.000Z' }, 'information deprecated', 'will be deprecated on 2026-12-20.'],
    [{ ownerId: '666111222333' }, 'information unverified-publisher', 'public image from 666111222333'],
  ])('%j is %s', (parts, expected, text) => {
    const [finding, ...others] = ofImage(parts);
    expect(others).toEqual([]);
    expect(finding && short(finding)).toBe(expected);
    expect(finding && told(finding)).toContain(text);
  });

  it.each<[string, Partial<Image>, Partial<ImageFacts>]>([
    ['deprecated in 31 days', { deprecationTime: '2026-12-29T12:00:00.000Z' }, {}],
    ['public and the account’s own', { ownerId: '123456789012' }, {}],
    ['private', { ownerId: '666111222333', public: false }, {}],
    ['of Amazon', { ownerId: '555555555555', ownerAlias: 'amazon' }, {}],
    [
      'of a publisher of the settings',
      { ownerId: '666111222333' },
      {
        publishers: [
          {
            id: 'custom:Us',
            name: 'Us',
            verified: false,
            ownerIds: { aws: ['666111222333'] },
            ownerAlias: undefined,
            namePatterns: [],
            needsWords: false,
          },
        ],
      },
    ],
  ])('that is %s has no finding', (_, parts, other) => {
    expect(ofImage(parts, {}, other)).toEqual([]);
  });

  it('with a newer one of its family has a fix that replaces the id', () => {
    const [finding, ...others] = ofImage({}, {}, { newer: () => newer });
    expect(others).toEqual([]);
    expect(finding && short(finding)).toBe('information newer-image');
    expect(finding && told(finding)).toBe(
      'A newer image of Ubuntu 24.04 amd64 is available: ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20261120 (ami-0fedcba9876543210), created on 2026-11-20.',
    );
    expect(finding?.fixes.map(({ edits }) => edits)).toEqual([[{ span: { start: 10, end: 31 }, newText: newer.id }]]);
    expect(finding?.fixes.map((fix) => fixText(fix, plainL10n))).toEqual([
      'Replace with ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20261120 (ami-0fedcba9876543210), created on 2026-11-20',
    ]);
  });

  it('that is deprecated has the fix itself, and is not said to be old as well', () => {
    const findings = toldFindings(ofImage({ deprecationTime: '2026-01-01T00:00:00.000Z' }, {}, { newer: () => newer }));
    expect(findings.map(short)).toEqual(['warning deprecated']);
    expect(findings[0]?.fixes).toHaveLength(1);
  });

  it.each<[string, Partial<IdReference>, readonly Rule[], readonly string[]]>([
    ['a comment', { ignored: ['deprecated'] }, [], ['information newer-image']],
    ['the caller', {}, ['deprecated'], ['information newer-image']],
    ['both', { ignored: ['deprecated'] }, ['newer-image'], []],
    ['a comment without rules', { ignored: 'all' }, [], []],
  ])('that is deprecated is said to be old where %s leaves that out', (_, more, leftOut, expected) => {
    const findings = ofImage({ deprecationTime: '2026-01-01T00:00:00.000Z' }, more, { newer: () => newer });
    expect(toldFindings(findings, leftOut).map(short)).toEqual(expected);
  });

  it('of another architecture is said to be old where a comment leaves the architecture out', () => {
    const instanceType = { value: 't4g.micro', span: { start: 50, end: 58 } };
    const rulesOf = (more: Partial<IdReference>) =>
      toldFindings(ofImage({ architecture: 'x86_64' }, { instanceType, ...more }, { newer: () => newer })).map(short);
    expect(rulesOf({})).toEqual(['error wrong-architecture']);
    expect(rulesOf({ ignored: ['wrong-architecture'] })).toEqual(['information newer-image']);
  });

  it.each([
    ['x86_64', 't4g.micro', true],
    ['arm64', 't3.micro', true],
    ['arm64', 'mac2.metal', true],
    ['arm64', 'm7gd.large', false],
    ['x86_64', 'm5.large', false],
    ['i386', 't2.micro', false],
    ['arm64', 'db.t3.micro', false],
    ['arm64', 'q9.large', false],
    [undefined, 't3.micro', false],
  ])('for %s beside %s: wrong is %s', (architecture, type, isWrong) => {
    const findings = ofImage({ architecture }, { instanceType: { value: type, span: { start: 50, end: 58 } } });
    expect(findings.map(short)).toEqual(isWrong ? ['error wrong-architecture'] : []);
    expect(findings.map(told).join()).toContain(
      isWrong ? `is built for ${architecture}, which ${type} instances do not support.` : '',
    );
  });

  it('with several things wrong has the worst first', () => {
    const findings = ofImage(
      { deprecationTime: '2026-01-01T00:00:00.000Z', ownerId: '666111222333', architecture: 'arm64' },
      { instanceType: { value: 't3.micro', span: { start: 50, end: 58 } } },
    );
    expect(findings.map(short)).toEqual([
      'error wrong-architecture',
      'warning deprecated',
      'information unverified-publisher',
    ]);
  });
});

describe('an id', () => {
  const guess = { region: { regions: ['us-east-1'], isGuess: true, from: 'zone' as const, at: undefined } };

  it.each<[string, ResolvedReference, readonly string[], string]>([
    [
      'in another region',
      resolved({ 'us-east-1': undefined }, { elsewhere: [anImage({ region: 'eu-west-1' })] }),
      ['error not-found'],
      `${image.id} was not found in us-east-1, but exists in eu-west-1.`,
    ],
    [
      'nowhere',
      resolved({ 'us-east-1': undefined }),
      ['warning not-found'],
      `${image.id} was not found in us-east-1, or is not shared with this account.`,
    ],
    [
      'that is gone',
      resolved({ 'us-east-1': undefined }, { was: image }),
      ['error deregistered'],
      `${image.name} (${image.id}) is no longer available in us-east-1: it was deregistered or is no longer shared with this account.`,
    ],
    [
      'in one of the regions in force alone',
      resolved({ 'us-east-1': image, 'eu-west-1': undefined }),
      ['warning not-found'],
      `${image.id} was not found in eu-west-1, but exists in us-east-1.`,
    ],
    [
      'of an unknown region, nowhere',
      resolved({ 'us-east-1': undefined, 'eu-west-1': undefined }, { reference: idReference(image.id) }),
      ['information not-found'],
      `${image.id} was not found in us-east-1 and eu-west-1, or is not shared with this account.`,
    ],
    [
      'of an unknown region, nowhere in many',
      resolved(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((zone) => [`us-${zone}-1`, undefined])), {
        reference: idReference(image.id),
      }),
      ['information not-found'],
      `${image.id} was not found in us-a-1, us-b-1, us-c-1 and 2 more, or is not shared with this account.`,
    ],
    [
      'of an unknown region, in one that other code states',
      resolved(
        { 'us-east-1': undefined },
        { reference: idReference(image.id), elsewhere: [anImage({ region: 'eu-west-1' })] },
      ),
      [],
      '',
    ],
    [
      'of an unknown region, in one of the chosen ones',
      resolved({ 'us-east-1': undefined, 'eu-west-1': image }, { reference: idReference(image.id) }),
      [],
      '',
    ],
    [
      'of a region that is a guess, in another one',
      resolved(
        { 'us-east-1': undefined },
        { reference: idReference(image.id, [], guess), elsewhere: [anImage({ region: 'eu-west-1' })] },
      ),
      ['information not-found'],
      `${image.id} was not found in us-east-1, but exists in eu-west-1.`,
    ],
    ['of a region that has not answered', resolved({ 'us-east-1': error }), [], ''],
    [
      'of regions of which one has not answered',
      resolved({ 'us-east-1': undefined, 'eu-west-1': error }, { reference: idReference(image.id) }),
      [],
      '',
    ],
    [
      'that is a placeholder',
      {
        reference: idReference('ami-12345678', ['us-east-1'], { isPlaceholder: true }),
        images: [],
        elsewhere: [],
        elsewhereErrors: [],
        was: undefined,
      },
      [],
      '',
    ],
    [
      'that is malformed',
      {
        reference: idReference('ami-0123456789', [], { isMalformed: true }),
        images: [],
        elsewhere: [],
        elsewhereErrors: [],
        was: undefined,
      },
      ['error malformed-id'],
      '“ami-0123456789” is not a valid AMI ID: “ami-” must be followed by 8 or 17 hexadecimal digits.',
    ],
  ])('%s', (_, reference, expected, text) => {
    const findings = idFindings(reference, facts);
    expect(findings.map(short)).toEqual(expected);
    expect(findings.map(told).join()).toBe(text);
  });
});

describe('a public parameter', () => {
  const name = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64';
  const answer = (region: string, found: Image | undefined) => ({
    region,
    exists: found !== undefined,
    imageId: found?.id,
    image: found,
    error: undefined,
  });

  it('that a region lacks is said to be missing there', () => {
    const reference = parameterReference(name, ['us-east-1']);
    const findings = parameterFindings({ reference, answers: [answer('us-east-1', undefined)] }, facts);
    expect(findings.map(short)).toEqual(['error not-found']);
    expect(findings.map(told)).toEqual([`${name} was not found in us-east-1.`]);
  });

  it('that some chosen region has is fine where the region is unknown', () => {
    const answers = [answer('us-east-1', undefined), answer('eu-west-1', image)];
    expect(parameterFindings({ reference: parameterReference(name), answers }, facts)).toEqual([]);
  });

  it('is told once what is wrong with its images, and never that there is a newer one', () => {
    const reference = parameterReference(name, [], { instanceType: { value: 't3.micro', span: { start: 1, end: 9 } } });
    const arm = anImage({ architecture: 'arm64' });
    const european = anImage({ ...arm, id: newer.id, region: 'eu-west-1' });
    const answers = [answer('us-east-1', arm), answer('eu-west-1', european)];
    const findings = parameterFindings({ reference, answers }, { ...facts, newer: () => newer });
    expect(findings.map(short)).toEqual(['error wrong-architecture']);
    expect(findings[0]).toMatchObject({ image: arm });
  });
});

describe('a lookup', () => {
  const jammy = filter('name', 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*');

  it('with an owner has no finding', () => {
    expect(offlineFindings([lookupReference([jammy], [], { isUnsafe: false })])).toEqual([]);
  });

  it('without one is unsafe, and gets the owner of the names that it asks for', () => {
    const [finding] = offlineFindings([lookupReference([jammy, filter('architecture', 'x86_64')])]);
    expect(finding && short(finding)).toBe('warning unsafe-lookup');
    expect(finding && told(finding)).toBe(
      'This lookup can pick an image that anyone has published: it filters by name, but not by owner. Add an owner.',
    );
    expect(finding?.fixes.map(({ edits }) => edits)).toEqual([
      [{ span: { start: 100, end: 100 }, newText: '  owners = ["099720109477"]\n' }],
    ]);
    expect(finding?.fixes.map((fix) => fixText(fix, plainL10n))).toEqual([
      'Add owner Canonical (Ubuntu), 099720109477',
    ]);
  });

  it('gets the owner that the publisher has in the partition of its region', () => {
    const [finding] = offlineFindings([lookupReference([jammy], ['cn-north-1'])]);
    expect(finding?.fixes[0]?.label).toMatchObject({ owner: '837727238323' });
  });

  it('of a product gets the Marketplace, which owns what it sells', () => {
    const [finding] = offlineFindings([lookupReference([filter('product-code', 'aw0evgkw8e5c1q413zgy5pjce')])]);
    expect(finding?.fixes[0]?.label).toMatchObject({ owner: 'aws-marketplace', publisher: 'AWS Marketplace' });
  });

  it.each([
    ['for any name', [filter('name', 'web-*')]],
    ['for a computed name', [{ ...jammy, values: undefined }]],
    ['by tags', [filter('tag:Name', 'web')]],
  ])('%s gets no owner without a question to EC2', (_, filters) => {
    expect(offlineFindings([lookupReference(filters)])[0]?.fixes).toEqual([]);
  });

  it('gets none where one edit cannot add it', () => {
    expect(offlineFindings([lookupReference([jammy], [], { ownerInsertion: undefined })])[0]?.fixes).toEqual([]);
  });

  const found = (images: readonly Partial<Image>[], more: Partial<LookupAnswer> = {}): LookupAnswer => {
    const byOwner = images.map((parts) => anImage(parts));
    return {
      ...{ region: 'us-east-1', picked: byOwner[0], images: byOwner, byOwner },
      ...{ isWhole: true, hasAllOwners: true, leftOut: [], ...more },
    };
  };
  const ownersFor = (...answers: readonly LookupAnswer[]) =>
    unsafeLookup(lookupReference([filter('name', 'web-*')]), answers, facts).flatMap(({ fixes }) =>
      fixes.map(({ label }) => label.kind === 'addOwner' && label.owner),
    );
  const stranger = { ownerId: '666111222333' };
  const own = { ownerId: '123456789012', public: false };

  it.each<[string, readonly Partial<Image>[], readonly string[]]>([
    ['the account’s own', [own], ['self']],
    ['the account’s own among strangers’', [stranger, own], ['self']],
    ['the verified one among others', [stranger, {}], ['099720109477']],
    ['an alias', [{ ownerId: '137112412989', ownerAlias: 'amazon' }], ['amazon']],
    ['not a stranger, the only one that there is now', [stranger], []],
    ['not one who has shared it', [{ ...stranger, public: false }], []],
    ['none of two strangers', [stranger, { ownerId: '777777777777' }], []],
    ['none of two that are trusted', [{}, own], []],
    [
      'none of the Marketplace, where any seller may win',
      [{ ownerId: '679593333241', ownerAlias: 'aws-marketplace' }],
      [],
    ],
    ['nobody where nothing is found', [], []],
  ])('gets %s of what it finds now', (_, images, owners) => {
    expect(ownersFor(found(images))).toEqual(owners);
  });

  it('gets none beside an owner that may be the account, while that is not known', () => {
    const lookup = lookupReference([filter('name', 'web-*')]);
    const without = (images: readonly Partial<Image>[]) =>
      unsafeLookup(lookup, [found(images)], { account: undefined, publishers: [] }).flatMap(({ fixes }) => fixes);
    expect(without([{}, own])).toEqual([]);
    expect(without([{}])).toHaveLength(1);
  });

  it('gets a publisher of the settings', () => {
    const { publishers } = readPublishers([{ name: 'Us', ownerIds: ['666111222333'] }]);
    const [finding] = unsafeLookup(lookupReference([filter('name', 'web-*')]), [found([stranger])], {
      ...facts,
      publishers,
    });
    expect(finding?.fixes[0]?.label).toMatchObject({ owner: '666111222333', publisher: 'Us' });
  });

  it('gets none of an answer that may have other owners', () => {
    expect(ownersFor(found([{}], { isWhole: false, hasAllOwners: false }))).toEqual([]);
    expect(ownersFor(found([{}]), found([{}], { region: 'eu-west-1', hasAllOwners: false }))).toEqual([]);
  });

  it('gets one of a question that leaves something out only where there is no other', () => {
    expect(ownersFor(found([{}], { leftOut: ['name_regex'] }))).toEqual(['099720109477']);
    expect(ownersFor(found([{}, stranger], { leftOut: ['name_regex'] }))).toEqual([]);
  });
});

describe('strangers’ text', () => {
  it('has nothing invisible, and stays on its line', () => {
    const name = 'evil\u202e\u0007\u001b[31m\nname';
    const [finding] = ofImage({ name, state: 'disabled' });
    expect(finding && told(finding)).toBe(
      `evil‹U+202E U+0007 U+001B›[31m name (${image.id}) is disabled: instances cannot be launched from it.`,
    );
  });

  it('is no placeholder of the sentence', () => {
    const [finding] = ofImage({ name: '{1}', state: 'deregistered' });
    expect(finding && told(finding)).toContain(`{1} (${image.id}) is no longer available in us-east-1`);
  });
});
