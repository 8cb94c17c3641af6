import { describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import { differencesBetween, mostUrgentFirst, updateOf } from '../../src/hints/imageUpdates.ts';
import type { ImageAnswer, ResolvedReference } from '../../src/hints/referencedImages.ts';
import { anEbsDevice, anImage } from '../core/anImage.ts';
import { idReference } from './references.ts';

const now = Date.parse('2026-11-27T00:00:00Z');
const image = anImage({ id: 'ami-1', region: 'us-east-1', name: 'web-1.2.0-20260101' });
const newest = anImage({ id: 'ami-2', region: 'us-east-1', name: 'web-1.3.0-20261101' });
const newer = { newerNow: () => newest };

function answer(region: string, found?: Image, error?: unknown): ImageAnswer {
  return { region, image: found, error };
}

function resolved(images: readonly ImageAnswer[], more: Partial<ResolvedReference> = {}, regions = ['us-east-1']) {
  return {
    reference: idReference('ami-1', regions),
    images,
    elsewhere: [],
    elsewhereErrors: [],
    was: undefined,
    ...more,
  };
}

describe('the update of an id', () => {
  it('is the newer image of the one that its region has', () => {
    expect(updateOf(resolved([answer('us-east-1', image)]), newer, now)).toMatchObject({
      from: { id: 'ami-1' },
      to: { id: 'ami-2' },
      why: 'newer',
      isCertain: true,
    });
    expect(updateOf(resolved([answer('us-east-1', image)]), { newerNow: () => undefined }, now)).toBeUndefined();
  });

  it('is more urgent where the image is deprecated, disabled or gone', () => {
    const why = (images: readonly ImageAnswer[], more: Partial<ResolvedReference> = {}) =>
      updateOf(resolved(images, more), newer, now)?.why;
    expect(why([answer('us-east-1', { ...image, deprecationTime: '2026-01-01T00:00:00Z' })])).toBe('deprecated');
    expect(why([answer('us-east-1', { ...image, state: 'disabled' })])).toBe('unusable');
    expect(why([answer('us-east-1', { ...image, state: 'deregistered' })])).toBe('deregistered');
    expect(why([answer('us-east-1')], { was: image })).toBe('deregistered');
    const reasons = ['newer', 'deprecated', 'deregistered', 'unusable'] as const;
    expect(
      reasons
        .map((each) => ({ why: each }))
        .sort(mostUrgentFirst)
        .map((each) => each.why),
    ).toEqual(['deregistered', 'unusable', 'deprecated', 'newer']);
  });

  it('is none where the region has no such image, or another region has it', () => {
    expect(updateOf(resolved([answer('us-east-1')]), newer, now)).toBeUndefined();
    expect(updateOf(resolved([answer('us-east-1')], { elsewhere: [image], was: image }), newer, now)).toBeUndefined();
  });

  it('is none where a comment in the code leaves its reason out', () => {
    const update = (ignored: readonly string[] | 'all', found = image) => {
      const reference = idReference('ami-1', ['us-east-1'], { ignored });
      return updateOf(resolved([answer('us-east-1', found)], { reference }), newer, now)?.why;
    };
    expect(update(['newer-image'])).toBeUndefined();
    expect(update('all')).toBeUndefined();
    expect(update(['unsafe-lookup'])).toBe('newer');
    expect(update(['newer-image'], { ...image, deprecationTime: '2026-01-01T00:00:00Z' })).toBe('deprecated');
    expect(update(['deprecated'], { ...image, deprecationTime: '2026-01-01T00:00:00Z' })).toBe('newer');
    expect(update(['disabled'], { ...image, state: 'disabled' })).toBeUndefined();
  });

  it('is certain without a stated region only where all chosen regions have answered, and one has it', () => {
    const found = [answer('us-east-1', image), answer('eu-west-1')];
    expect(updateOf(resolved(found, {}, []), newer, now)).toMatchObject({ isCertain: true });
    const failed = [answer('us-east-1', image), answer('eu-west-1', undefined, new Error('denied'))];
    expect(updateOf(resolved(failed, {}, []), newer, now)).toMatchObject({ isCertain: false });
    const both = [answer('us-east-1', image), answer('eu-west-1', { ...image, region: 'eu-west-1' })];
    expect(updateOf(resolved(both, {}, []), newer, now)).toBeUndefined();
  });
});

describe('the differences', () => {
  it('are those of root volume and what a launch depends on', () => {
    const with8 = {
      ...image,
      rootDeviceName: '/dev/sda1',
      blockDevices: [anEbsDevice({ volumeSize: 8 })],
      bootMode: undefined,
    };
    const with20 = {
      ...newest,
      rootDeviceName: '/dev/sda1',
      blockDevices: [anEbsDevice({ volumeSize: 20 })],
      bootMode: 'uefi',
    };
    expect(differencesBetween(with8, with20)).toEqual([
      { kind: 'rootSize', from: 8, to: 20 },
      { kind: 'bootMode', from: '–', to: 'uefi' },
    ]);
    expect(differencesBetween(with8, with8)).toEqual([]);
  });
});
