import { describe, expect, it } from 'vitest';
import type { EbsDevice } from '../../src/core/image.ts';
import { snapshotProgress } from '../../src/core/snapshotProgress.ts';
import { anEbsDevice, anImage } from './anImage.ts';

describe('progress', () => {
  const device = (deviceName: string, snapshotId: string | undefined, volumeSize: number | undefined) =>
    anEbsDevice({ deviceName, snapshotId, volumeSize });
  const progress = (devices: readonly EbsDevice[], ...snapshots: readonly (readonly [string, number])[]) =>
    snapshotProgress(
      anImage({ blockDevices: devices }),
      new Map(snapshots.map(([id, percent]) => [id, { progress: percent }])),
    );

  it('is weighted by size', () => {
    expect(progress([device('/a', 's1', 10), device('/b', 's2', 90)], ['s1', 100], ['s2', 50])).toBe(55);
  });

  it('is the mean where a size is not known', () => {
    expect(progress([device('/a', 's1', undefined), device('/b', 's2', 90)], ['s1', 100], ['s2', 50])).toBe(75);
  });

  it('counts snapshots that have not appeared as not begun', () => {
    expect(progress([device('/a', 's1', 10), device('/b', undefined, 30)], ['s1', 100])).toBe(25);
  });

  it('is unknown where nothing is known, and never complete', () => {
    expect(progress([device('/a', 's1', 10)])).toBeUndefined();
    expect(progress([])).toBeUndefined();
    expect(progress([device('/a', 's1', 10)], ['s1', 100])).toBe(99);
  });
});
