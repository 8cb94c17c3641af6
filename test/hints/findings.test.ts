import { describe, expect, it } from 'vitest';
import type { IdReference } from '../../src/code/reference.ts';
import type { Image } from '../../src/core/image.ts';
import type { Finding } from '../../src/hints/finding.ts';
import { idFindings, parameterFindings } from '../../src/hints/findings.ts';
import { findingText, fixText, plainL10n } from '../../src/hints/findingText.ts';
import { offlineFindings } from '../../src/hints/offlineFindings.ts';
import type { ResolvedReference } from '../../src/hints/referencedImages.ts';
import type { ImageFacts } from '../../src/hints/rules/imageFacts.ts';
import { unsafeLookup } from '../../src/hints/rules/unsafeLookup.ts';
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
  return { reference, images, elsewhere, was };
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
    [{ state: 'disabled' }, 'error disabled', 'is disabled: no instance can be launched from it.'],
    [{ state: 'failed' }, 'error unusable', 'its state is “failed”.'],
    [{ state: 'error' }, 'error unusable', 'its state is “error”.'],
    [{ state: 'invalid' }, 'error unusable', 'its state is “invalid”.'],
    [{ state: 'pending' }, 'information unusable', 'is pending: it is still being made.'],
    [{ state: 'deregistered' }, 'error deregistered', 'is no longer in us-east-1'],
    [{ deprecationTime: '2026-11-27T11:59:00.000Z' }, 'warning deprecated', 'has been deprecated since 2026-11-27.'],
    [{ deprecationTime: '2026-12-20T00:00:00.000Z' }, 'information deprecated', 'will be deprecated on 2026-12-20.'],
    [{ ownerId: '666111222333' }, 'information unverified-publisher', 'public image of 666111222333'],
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
      'There is a newer image of Ubuntu 24.04 amd64: ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20261120 (ami-0fedcba9876543210), of 2026-11-20.',
    );
    expect(finding?.fixes.map(({ edits }) => edits)).toEqual([[{ span: { start: 10, end: 31 }, newText: newer.id }]]);
    expect(finding?.fixes.map((fix) => fixText(fix, plainL10n))).toEqual([
      'Replace with ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20261120 (ami-0fedcba9876543210), of 2026-11-20',
    ]);
  });

  it('that is deprecated has the fix itself, and is not said to be old as well', () => {
    const findings = ofImage({ deprecationTime: '2026-01-01T00:00:00.000Z' }, {}, { newer: () => newer });
    expect(findings.map(short)).toEqual(['warning deprecated']);
    expect(findings[0]?.fixes).toHaveLength(1);
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
    expect(findings.map(told).join()).toContain(isWrong ? `is for ${architecture}, which ${type} does not run.` : '');
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
      `${image.id} is not in us-east-1, but in eu-west-1.`,
    ],
    [
      'nowhere',
      resolved({ 'us-east-1': undefined }),
      ['warning not-found'],
      `${image.id} is not in us-east-1, or is not shared with this account.`,
    ],
    [
      'that is gone',
      resolved({ 'us-east-1': undefined }, { was: image }),
      ['error deregistered'],
      `${image.name} (${image.id}) is no longer in us-east-1: it was deregistered, or is no longer shared with this account.`,
    ],
    [
      'in one of the regions in force alone',
      resolved({ 'us-east-1': image, 'eu-west-1': undefined }),
      ['warning not-found'],
      `${image.id} is not in eu-west-1, but in us-east-1.`,
    ],
    [
      'of an unknown region, nowhere',
      resolved({ 'us-east-1': undefined, 'eu-west-1': undefined }, { reference: idReference(image.id) }),
      ['information not-found'],
      `${image.id} is not in us-east-1, eu-west-1, or is not shared with this account.`,
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
      `${image.id} is not in us-east-1, but in eu-west-1.`,
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
        was: undefined,
      },
      ['error malformed-id'],
      '“ami-0123456789” is not an AMI id: after “ami-”, it has 8 or 17 hexadecimal digits.',
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
    expect(findings.map(told)).toEqual([`${name} is not in us-east-1.`]);
  });

  it('that some chosen region has is fine where the region is unknown', () => {
    const answers = [answer('us-east-1', undefined), answer('eu-west-1', image)];
    expect(parameterFindings({ reference: parameterReference(name), answers }, facts)).toEqual([]);
  });

  it('is told once what is wrong with its images, and never that there is a newer one', () => {
    const reference = parameterReference(name, [], { instanceType: { value: 't3.micro', span: { start: 1, end: 9 } } });
    const arm = anImage({ architecture: 'arm64' });
    const answers = [answer('us-east-1', arm), answer('eu-west-1', arm)];
    const findings = parameterFindings({ reference, answers }, { ...facts, newer: () => newer });
    expect(findings.map(short)).toEqual(['error wrong-architecture']);
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
      'Anyone can publish an image that this lookup takes: it chooses by name among the images of all owners. Add an owner.',
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

  it.each<[string, readonly Partial<Image>[], string | undefined]>([
    ['the only owner', [{ ownerId: '666111222333' }], '666111222333'],
    ['the account’s own', [{ ownerId: '123456789012', public: false }], 'self'],
    ['the verified one among others', [{ ownerId: '666111222333' }, {}], '099720109477'],
    ['none of two strangers', [{ ownerId: '666111222333' }, { ownerId: '777777777777' }], undefined],
    ['none of two that are trusted', [{}, { ownerId: '123456789012' }], undefined],
    ['an alias', [{ ownerId: '137112412989', ownerAlias: 'amazon' }], 'amazon'],
    ['nobody where nothing is found', [], undefined],
  ])('gets %s of what it finds now', (_, images, owner) => {
    const byOwner = images.map((parts) => anImage(parts));
    const answer = { region: 'us-east-1', picked: byOwner[0], images: byOwner, byOwner, isWhole: true, leftOut: [] };
    const [finding] = unsafeLookup(lookupReference([filter('name', 'web-*')]), [answer], facts);
    expect(finding?.fixes.map(({ label }) => label.kind === 'addOwner' && label.owner)).toEqual(owner ? [owner] : []);
  });

  it('gets no stranger of an answer that has not all of the images', () => {
    const byOwner = [anImage({ ownerId: '666111222333' })];
    const answer = { region: 'us-east-1', picked: byOwner[0], images: byOwner, byOwner, isWhole: false, leftOut: [] };
    expect(unsafeLookup(lookupReference([filter('name', 'web-*')]), [answer], facts)[0]?.fixes).toEqual([]);
  });
});

describe('strangers’ text', () => {
  it('has nothing invisible, and stays on its line', () => {
    const name = 'evil\u202e\u0007\u001b[31m\nname';
    const [finding] = ofImage({ name, state: 'disabled' });
    expect(finding && told(finding)).toBe(
      `evil‹U+202E U+0007 U+001B›[31m name (${image.id}) is disabled: no instance can be launched from it.`,
    );
  });

  it('is no placeholder of the sentence', () => {
    const [finding] = ofImage({ name: '{1}', state: 'deregistered' });
    expect(finding && told(finding)).toContain(`{1} (${image.id}) is no longer in us-east-1`);
  });
});
