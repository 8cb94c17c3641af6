import { describe, expect, it } from 'vitest';
import type { Readers } from '../../src/actions/action.ts';
import { type CreateImageInput, createImageAction } from '../../src/actions/createImage.ts';
import { volumePlans } from '../../src/core/createImagePlan.ts';
import { anInstance } from '../core/anInstance.ts';

const web = anInstance();
const stopped = anInstance({ id: 'i-0000000000000000b', name: 'db-1', state: 'stopped', volumes: [] });

async function plan(parts: Partial<CreateImageInput> = {}) {
  const instances = parts.instances ?? [web];
  const input: CreateImageInput = {
    instances,
    pattern: 'golden',
    description: ' ',
    reboot: false,
    volumes: instances.flatMap(volumePlans),
    imageTags: [],
    snapshotTags: [],
    volumeFacts: new Map(),
    now: Date.parse('2026-11-23T06:10:00Z'),
    ...parts,
  };
  return createImageAction.plan(input, {} as Readers, new AbortController().signal);
}

describe('the plan of images', () => {
  it('says of each instance what becomes of it, then what all have in common', async () => {
    const { rows, calls } = await plan({ instances: [web, stopped], pattern: '{name}-golden', reboot: true });
    expect(rows.map(({ item, fact, step }) => [item, fact.kind, step])).toEqual([
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
      [undefined, 'image-tags', 'imageTags'],
      [undefined, 'snapshot-tags', 'snapshotTags'],
    ]);
    expect(calls.map(({ item, region, request }) => [item, region, request.name, request.reboot])).toEqual([
      [web.id, 'us-east-1', 'web-1-golden', true],
      [stopped.id, 'us-east-1', 'db-1-golden', false],
    ]);
  });

  it('warns of a reboot, and of that alone', async () => {
    const warnings = async (reboot: boolean) =>
      (await plan({ reboot })).rows.filter(({ isWarning }) => isWarning).map(({ fact }) => fact.kind);
    expect(await warnings(true)).toEqual(['reboot']);
    expect(await warnings(false)).toEqual([]);
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
    expect(createImageAction.appliesTo(anInstance(parts))?.kind).toBe(reason);
  });
});
