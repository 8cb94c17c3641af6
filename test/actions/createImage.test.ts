import { describe, expect, it } from 'vitest';
import { type CreateImageDraft, createImageAction } from '../../src/actions/createImage.ts';
import type { Instance } from '../../src/core/instance.ts';
import { anInstance } from '../core/anInstance.ts';

const now = Date.parse('2026-11-23T06:10:00Z');
const size = { volumeId: 'vol-a', size: 20, type: 'gp3', encrypted: true };
const imaged = (parts: Partial<Instance> = {}) => ({
  ...anInstance(parts),
  volumeFacts: new Map([[size.volumeId, size]]),
});
const web = imaged();
const stopped = imaged({ id: 'i-0000000000000000b', name: 'db-1', state: 'stopped', volumes: [] });

function plan(parts: Partial<CreateImageDraft> = {}) {
  const targets = parts.targets ?? [web];
  return createImageAction.plan({ targets, ...createImageAction.newChoices(targets, now), ...parts });
}

describe('the plan of images', () => {
  it('says of each instance what becomes of it, then what all have in common', () => {
    const { rows, calls } = plan({ targets: [web, stopped], pattern: '{name}-golden', reboot: true });
    expect(rows.map(({ targetId, fact, step }) => [targetId, fact.kind, step])).toEqual([
      [web.id, 'instance', undefined],
      [web.id, 'image', 'name'],
      [web.id, 'reboot', 'reboot'],
      [web.id, 'volume', 'volumes'],
      [web.id, 'volume', 'volumes'],
      [web.id, 'volume', 'volumes'],
      [stopped.id, 'instance', undefined],
      [stopped.id, 'image', 'name'],
      [stopped.id, 'not-running', 'reboot'],
      [undefined, 'description', 'description'],
      [undefined, 'tags', 'tags'],
    ]);
    expect(calls.map(({ targetId, region, request }) => [targetId, region, request.name, request.reboot])).toEqual([
      [web.id, 'us-east-1', 'web-1-golden', true],
      [stopped.id, 'us-east-1', 'db-1-golden', false],
    ]);
  });

  it('says of image and snapshots that are tagged separately which tags each has, each by its step', () => {
    const tagRows = (snapshotTags: string | undefined) =>
      plan({ imageTags: 'Team=web', snapshotTags }).rows.flatMap(({ fact, step }) =>
        'tags' in fact ? [[fact.kind, step, fact.tags.map(({ key }) => key)]] : [],
      );
    expect(tagRows(undefined)).toEqual([['tags', 'tags', ['Team']]]);
    expect(tagRows('Backup=daily')).toEqual([
      ['image-tags', 'tags', ['Team']],
      ['snapshot-tags', 'snapshotTags', ['Backup']],
    ]);
    // The same text, but decided separately.
    expect(tagRows('Team=web')).toHaveLength(2);
  });

  it('has the sizes of the volumes, as far as EC2 tells', () => {
    const sizes = plan().rows.flatMap(({ fact }) => (fact.kind === 'volume' ? [fact.facts?.size] : []));
    expect(sizes).toEqual([20, undefined, undefined]);
  });

  it('warns of a reboot, and of that alone', () => {
    const warnings = (reboot: boolean) =>
      plan({ reboot })
        .rows.filter(({ isWarning }) => isWarning)
        .map(({ fact }) => fact.kind);
    expect(warnings(true)).toEqual(['reboot']);
    expect(warnings(false)).toEqual([]);
  });
});

describe('an image can be made of', () => {
  it.each([
    [{}, undefined],
    [{ state: 'stopped' }, undefined],
    [{ state: 'pending' }, 'changing'],
    [{ state: 'terminated' }, 'gone'],
    [{ rootDeviceType: 'instance-store' }, 'instance-store'],
  ] as const)('an instance with %o, or the reason why not: %s', (parts, reason) => {
    expect(createImageAction.appliesTo(imaged(parts))?.kind).toBe(reason);
  });
});
