import { beforeEach, describe, expect, it } from 'vitest';
import type { IdReference, ParameterReference, RegionInForce } from '../../../src/code/reference.ts';
import { idFindings } from '../../../src/hints/findings.ts';
import type { ImageFacts } from '../../../src/hints/rules/imageFacts.ts';
import { KeptFindings } from '../../../src/ui/code/findings/keptFindings.ts';
import { anImage } from '../../core/anImage.ts';
import { idReference, parameterReference } from '../../hints/references.ts';

const id = 'ami-0d7b3c91e5a2f8640';
const region = 'us-east-1';
const newer = anImage({ id: 'ami-0aaaabbbbccccddde', region, name: 'web-2', creationDate: '2026-02-01T00:00:00.000Z' });
const image = anImage({ id, region, name: 'web-1', creationDate: '2026-01-01T00:00:00.000Z' });
const facts: ImageFacts = { newer: () => newer, account: image.ownerId, publishers: [], now: Date.UTC(2026, 2) };

let now: number;
let kept: KeptFindings;
let asked: number;
beforeEach(() => {
  now = Date.UTC(2026, 2);
  kept = new KeptFindings(() => now);
  asked = 0;
});

const find = (reference: IdReference | ParameterReference) => {
  asked += 1;
  if (reference.kind !== 'id') return [];
  const images = [{ region, image, error: undefined }];
  return idFindings({ reference, images, elsewhere: [], elsewhereErrors: [], was: undefined }, facts);
};
const stated = (start: number): RegionInForce => ({
  regions: [region],
  isGuess: false,
  from: 'provider',
  at: { path: undefined, span: { start, end: start + 9 } },
});
const at = (start: number, statedFrom = 0, more: Partial<IdReference> = {}) =>
  idReference(id, [region], { span: { start, end: start + id.length }, region: stated(statedFrom), ...more });

describe('findings of a text that is edited', () => {
  it('are the same ones in their place, and found once', () => {
    const [first] = kept.of(at(100), find);
    expect(first?.rule).toBe('newer-image');
    expect(kept.of(at(100), find)[0]).toBe(first);
    expect(asked).toBe(1);
  });

  it('of an id at several places are those of each place', () => {
    const places = [at(100), at(200), at(300)];
    const first = places.map((reference) => kept.of(reference, find)[0]);
    expect(first.map((each) => each?.span.start)).toEqual([100, 200, 300]);
    const again = places.map((reference) => kept.of(reference, find)[0]);
    expect(again.every((each, index) => each === first[index])).toBe(true);
    expect(asked).toBe(1);
  });

  it('move with their reference, and so do their fixes and the place of the region', () => {
    kept.of(at(100), find);
    const moved = at(140, 40);
    expect(kept.of(moved, find)).toEqual(find(moved));
    expect(asked).toBe(2);
    const alone = at(140, 60);
    expect(kept.of(alone, find)[0]?.reference).toBe(alone);
  });

  it('are others for the beginning of a parameter’s name than for a whole one', () => {
    const name = '/aws/service/x';
    kept.of(parameterReference(name, [region]), find);
    kept.of(parameterReference(name, [region], { isWhole: false }), find);
    kept.of(parameterReference(name, [region]), find);
    expect(asked).toBe(2);
  });

  it('are others for another id, region or instance type, and after a while', () => {
    kept.of(at(100), find);
    kept.of({ ...at(100), value: newer.id }, find);
    kept.of({ ...at(100), region: { ...stated(0), regions: ['eu-west-1'] } }, find);
    kept.of({ ...at(100), region: { ...stated(0), isGuess: true } }, find);
    kept.of(at(100, 0, { instanceType: { value: 't4g.micro', span: { start: 200, end: 209 } } }), find);
    kept.of(at(100, 0, { ignored: ['newer-image'] }), find);
    expect(asked).toBe(6);
    now += 10_001;
    kept.of(at(100), find);
    expect(asked).toBe(7);
  });
});
