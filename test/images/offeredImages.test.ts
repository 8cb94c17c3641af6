import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ImageSummary } from '../../src/core/image.ts';
import { familyPin, imagePin, type Pin } from '../../src/core/pins.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { ImagesById } from '../../src/images/imagesById.ts';
import { OfferedImages } from '../../src/images/offeredImages.ts';
import type { NamedRef } from '../../src/images/recentImages.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const region = 'us-east-1';
const never = new AbortController().signal;

let sample: OpenSample;
let connection: Connection;
let own: readonly ImageSummary[];
beforeAll(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
  const pages: ImageSummary[] = [];
  for await (const page of connection.ec2.listImages(region, { owners: ['self'] }, never)) {
    pages.push(...page);
  }
  own = pages.filter(({ name }) => name.startsWith('web-server-golden'));
});
afterAll(() => sample?.close());

function offer(pins: readonly Pin[], recent: readonly NamedRef[], regions = [region]) {
  const byId = new ImagesById(connection.ec2, { byIds: async () => [] });
  const catalog = { list: async () => undefined };
  return new OfferedImages({ ec2: connection.ec2, byId, catalog, regions, pins, recent, loaded: [] });
}

describe('what is offered before a search', () => {
  it('is there by name at once, and whole once it was looked up', async () => {
    const [newest, other] = own;
    if (!newest || !other) {
      throw new Error('There are no such images.');
    }
    const family = familyPin(newest);
    const offered = offer([...(family ? [family] : []), imagePin(other)], [other, newest]);
    expect(offered.pinned.map(({ id }) => id)).toEqual([other.id]);
    expect(offered.recent.map(({ id }) => id)).toEqual([newest.id]);
    expect(offered.pinned.map((ref) => offered.known(ref))).toEqual([undefined]);
    const changed = vi.fn();
    await offered.lookUp(never, changed);
    expect(changed).toHaveBeenCalled();
    // The pinned family stands for its newest image, which is offered once.
    expect(offered.pinned).toHaveLength(2);
    expect(offered.pinned.map((ref) => offered.known(ref)?.name)).toEqual(offered.pinned.map(({ name }) => name));
    const ids = [...offered.pinned, ...offered.recent].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is of the regions that are shown, and stays by name where EC2 fails', async () => {
    const [image] = own;
    if (!image) {
      throw new Error('There is no such image.');
    }
    const elsewhere = { ...image, region: 'eu-west-1' };
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeImages' });
    const offered = offer([imagePin(elsewhere)], [elsewhere, image]);
    await offered.lookUp(never, () => {});
    sample.server.faults.clear();
    expect(offered.pinned).toEqual([]);
    expect(offered.recent).toEqual([image]);
    expect(offered.recent.map((ref) => offered.known(ref))).toEqual([undefined]);
  });
});
