import { describe, expect, it } from 'vitest';
import { familyPin, imagePin, newestOfPin, pinKey, pinsOf, readPins, savedPin } from '../../src/core/pins.ts';
import { read } from '../../src/core/schemas.ts';
import { anImage } from './anImage.ts';

const noble = (date: string, more = {}) =>
  anImage({
    id: `ami-${date}000000000`,
    name: `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-${date}`,
    ownerId: '099720109477',
    architecture: 'arm64',
    creationDate: `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T00:00:00.000Z`,
    ...more,
  });

describe('a pinned family', () => {
  const pin = familyPin(noble('20260101'));

  it('shows its newest usable image', () => {
    const images = [noble('20260301'), noble('20261101'), noble('20261102', { state: 'disabled' }), noble('20260101')];
    expect(pin && newestOfPin(pin, images)?.id).toBe('ami-20261101000000000');
  });

  it('is never another owner’s or another architecture’s', () => {
    const images = [noble('20261101', { ownerId: '111122223333' }), noble('20261101', { architecture: 'x86_64' })];
    expect(pin).toBeDefined();
    expect(pin && newestOfPin(pin, images)).toBeUndefined();
  });

  it('of Amazon is found in every region, whatever account publishes there', () => {
    const eks = (ownerId: string) =>
      anImage({ name: 'amazon-eks-node-al2023-x86_64-standard-1.33-v20261101', ownerId, ownerAlias: 'amazon' });
    const pinned = familyPin(eks('602401143452'));
    expect(pinned && newestOfPin(pinned, [eks('877085696533')])).toMatchObject({ ownerId: '877085696533' });
  });

  it('of a product is never another product’s of the Marketplace', () => {
    const sold = (id: string, date: string) =>
      anImage({
        name: `OpenVPN Access Server Community Image-${id}`,
        ownerId: '679593333241',
        ownerAlias: 'aws-marketplace',
        creationDate: `${date}T00:00:00.000Z`,
      });
    const mine = sold('fe8020db-5343-4c43-9e65-5ed4a825c931', '2025-01-01');
    const anothers = sold('3b5882c4-551b-43fa-acfe-7f5cdb896ff1', '2026-01-01');
    const pinned = familyPin(mine);
    expect(pinned && newestOfPin(pinned, [anothers, mine])).toBe(mine);
    expect(pinned?.namePattern).toBe('OpenVPN Access Server Community Image-fe8020db-5343-4c43-9e65-5ed4a825c931');
  });

  it('is none for a name that tells no family', () => {
    expect(familyPin(anImage({ name: '20261101' }))).toBeUndefined();
  });
});

describe('stored pins', () => {
  it('come back as they were, each once, without what is not understood', () => {
    const image = noble('20260101');
    const pins = [imagePin(image), familyPin(image)].filter((pin) => pin !== undefined);
    const stored: unknown = JSON.parse(
      JSON.stringify([...pins, ...pins, 7, { kind: 'image', region: 'x', id: '<b>' }]),
    );
    expect(readPins(stored)).toEqual(pins);
    expect(readPins('nonsense')).toEqual([]);
    expect(new Set(pins.map(pinKey)).size).toBe(2);
    expect(pinsOf({ pins, images: [image], complete: true }, image)).toEqual(pins);
  });

  it('of an earlier version, and with parts that are not understood, are still the same thing', () => {
    const stored = { kind: 'family', family: 'f', ownerId: '1', namePattern: 'f*', architecture: 'unknown', label: 7 };
    const family = { kind: 'family', family: 'f', label: '', ownerId: '1', namePattern: 'f*' };
    expect(readPins([stored])).toEqual([family]);
    expect(readPins([{ ...stored, architecture: 'arm64', ownerAlias: 'amazon', label: 'F' }])).toEqual([
      { ...family, label: 'F', architecture: 'arm64', ownerAlias: 'amazon' },
    ]);
    expect(readPins([{ kind: 'image', region: 'eu-west-1', id: 'ami-000001', name: null }])).toEqual([
      { kind: 'image', region: 'eu-west-1', id: 'ami-000001', name: '' },
    ]);
    for (const part of ['family', 'ownerId', 'namePattern']) {
      expect(readPins([{ ...stored, [part]: '' }]), part).toEqual([]);
    }
    expect(readPins([{ kind: 'image', region: 'eu-west-1' }, { kind: 'tag' }, null, [], {}])).toEqual([]);
  });

  it('in files are read with whose they are', () => {
    const pin = { kind: 'image', region: 'eu-west-1', id: 'ami-000001', name: 'x' };
    const scope = { kind: 'aws', partition: 'aws', account: '111122223333' };
    const saved = { id: 'a', scope, pin, since: 7 };
    expect(read(savedPin, saved)).toEqual(saved);
    expect(
      read(savedPin, { ...saved, scope: { ...scope, endpoint: '', profile: 7, account: null } })?.scope,
    ).toStrictEqual({
      kind: 'aws',
      partition: 'aws',
      endpoint: undefined,
      account: undefined,
      profile: undefined,
    });
    const wrong = [
      { ...saved, id: 7 },
      { ...saved, since: '7' },
      { ...saved, pin: { ...pin, id: '<b>' } },
      { ...saved, scope: { ...scope, kind: 'azure' } },
      { ...saved, scope: { ...scope, partition: 'aws-moon' } },
      { ...saved, scope: undefined },
    ];
    for (const value of [...wrong, null, 'x', []]) {
      expect(read(savedPin, value), JSON.stringify(value)).toBeUndefined();
    }
  });

  it('stand each for themselves: an image for its own, the newest of a family for the family', () => {
    const [old, newer] = [noble('20260101'), noble('20260201')];
    const own = imagePin(old);
    const family = familyPin(newer);
    const pins = family ? [own, family] : [];
    const both = { pins, images: [old, newer], complete: true };
    expect(pinsOf(both, old)).toEqual([own]);
    expect(pinsOf(both, newer)).toEqual([family]);
    // Not the family's yet: its own image may still be listed.
    expect(pinsOf({ pins, images: [old], complete: false }, old)).toEqual([own]);
    expect(pinsOf({ pins, images: [old], complete: true }, old)).toEqual(pins);
    // A newer image that the family's listing lacks is not the family's.
    const withdrawn = imagePin(newer);
    expect(pinsOf({ ...both, pins: [withdrawn, ...pins.slice(1)] }, newer)).toEqual([withdrawn]);
    expect(pinsOf({ ...both, pins: [withdrawn, ...pins.slice(1)] }, old)).toEqual([family]);
  });
});
