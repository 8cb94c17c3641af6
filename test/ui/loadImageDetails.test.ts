import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AmiError } from '../../src/core/errors.ts';
import type { Image } from '../../src/core/image.ts';
import type { ImageRef } from '../../src/core/imageRef.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { ConnectionImages } from '../../src/images/connectionImages.ts';
import type { ImageDetailsModel } from '../../src/protocol/details.ts';
import { loadImageDetails } from '../../src/ui/panels/loadImageDetails.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const signal = new AbortController().signal;
const notFound = () => new AmiError('', { kind: 'not-found', operation: 'DescribeImages', region });
const noCatalog = { byIds: async () => [] };
const region = 'us-east-1';
let sample: OpenSample;
let connection: Connection;

beforeEach(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
});
afterEach(() => sample.close());

function load(
  ref: ImageRef,
  account = () => '123456789012' as string | undefined,
  arrived?: (model: ImageDetailsModel) => void,
  question = signal,
  images = new ConnectionImages(noCatalog),
): Promise<ImageDetailsModel> {
  return loadImageDetails(
    {
      images,
      connection: async () => connection,
      account,
      publishers: () => [],
      notFound,
      describeError: (error) => ({ message: error instanceof Error ? `Failed: ${error.message}` : '' }),
    },
    ref,
    question,
    arrived,
  );
}

async function firstOf(owner: string, wanted: (image: Image) => boolean = () => true): Promise<Image> {
  for await (const page of connection.ec2.listImages(region, { owners: [owner] }, signal)) {
    const image = page.find(wanted);
    if (image) return image;
  }
  throw new Error(`The sample account has no such image of ${owner}.`);
}

/** The calls that opening and refreshing an image make after it was listed. */
async function askedAfterListing(fresh: boolean): Promise<readonly string[]> {
  const image = await firstOf('self', ({ state }) => state === 'available');
  const images = new ConnectionImages(noCatalog);
  images.of(connection).learn([image]);
  const { model, asked } = await openKnown(images, image, fresh);
  expect(model.image).toEqual(image);
  expect(Math.abs(model.asOf - Date.now())).toBeLessThan(60_000);
  return asked;
}

/** Opens or refreshes an image, of which something may be cached, and returns the calls. */
async function openKnown(images: ConnectionImages, image: Image, fresh: boolean) {
  sample.server.requests.length = 0;
  const deps = {
    images,
    connection: async () => connection,
    account: () => '123456789012',
    publishers: () => [],
    notFound,
    describeError: () => ({ message: 'denied' }),
  };
  const model = await loadImageDetails(deps, image, signal, () => {}, { fresh });
  return { model, asked: actions() };
}

const actions = () => sample.server.requests.map(({ action }) => action);

describe('an image that was listed a moment ago', () => {
  it('is not asked for again when it is opened', async () => {
    expect(await askedAfterListing(false)).toEqual(['DescribeImageAttribute']);
  });

  it('is asked for again when it is refreshed', async () => {
    expect([...(await askedAfterListing(true))].sort()).toEqual(['DescribeImageAttribute', 'DescribeImages']);
  });
});

describe('an image that was opened a moment ago', () => {
  const open = async (images: ConnectionImages, image: Image, fresh: boolean) => {
    const { model, asked } = await openKnown(images, image, fresh);
    return { permissions: model.launchPermissions.kind, asked: [...asked].sort() };
  };

  it('is shown again without a call, and asked for when it is refreshed or was changed', async () => {
    const image = await firstOf('self', ({ state }) => state === 'available');
    const images = new ConnectionImages(noCatalog);
    const both = ['DescribeImageAttribute', 'DescribeImages'];
    expect(await open(images, image, false)).toEqual({ permissions: 'known', asked: both });
    expect(await open(images, image, false)).toEqual({ permissions: 'known', asked: [] });
    expect(await open(images, image, true)).toEqual({ permissions: 'known', asked: both });
    images.of(connection).invalidate(image);
    expect(await open(images, image, false)).toEqual({ permissions: 'known', asked: both });
  });

  it('is shown again where one may not ask who may launch it, until it is refreshed', async () => {
    const image = await firstOf('self', ({ state }) => state === 'available');
    const images = new ConnectionImages(noCatalog);
    images.of(connection).learn([image]);
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeImageAttribute' });
    expect(await open(images, image, false)).toEqual({ permissions: 'failed', asked: ['DescribeImageAttribute'] });
    expect(await open(images, image, false)).toEqual({ permissions: 'failed', asked: [] });
    sample.server.faults.clear();
    expect((await open(images, image, true)).permissions).toBe('known');
  });

  it('is asked for again after any other failure', async () => {
    const image = await firstOf('self', ({ state }) => state === 'available');
    const images = new ConnectionImages(noCatalog);
    images.of(connection).learn([image]);
    sample.server.faults.add({ kind: 'server-error', action: 'DescribeImageAttribute' });
    expect((await open(images, image, false)).permissions).toBe('failed');
    sample.server.faults.clear();
    expect(await open(images, image, false)).toEqual({ permissions: 'known', asked: ['DescribeImageAttribute'] });
  });
});

describe('an image of the account itself', () => {
  it('comes with who may launch it', async () => {
    const image = await firstOf('self', ({ state }) => state === 'available');
    const model = await load({ region, id: image.id });
    expect(model.image).toEqual(image);
    expect(model).toMatchObject({
      publisher: undefined,
      ownedByAccount: true,
      launchPermissions: { kind: 'known', public: image.public },
    });
  });

  it('is shown although EC2 will not say who may launch it', async () => {
    const image = await firstOf('self');
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeImageAttribute' });
    const model = await load({ region, id: image.id });
    expect(model.image.id).toBe(image.id);
    expect(model.launchPermissions).toMatchObject({ kind: 'failed', message: expect.stringMatching(/^Failed: ./) });
  });
});

describe('what has arrived', () => {
  const arrival = (image: Image, question: AbortSignal) => {
    let ended: Promise<unknown> = Promise.resolve();
    const first = new Promise<ImageDetailsModel>((resolve) => {
      ended = load({ region, id: image.id }, () => undefined, resolve, question).catch((error: unknown) => error);
    });
    return { first, ended: () => ended };
  };

  it('is told while EC2 does not say who may launch the image', async () => {
    const image = await firstOf('self', ({ state }) => state === 'available');
    sample.server.faults.add({ kind: 'hang', action: 'DescribeImageAttribute' });
    const abort = new AbortController();
    const { first, ended } = arrival(image, abort.signal);
    expect(await first).toMatchObject({ image: { id: image.id }, launchPermissions: { kind: 'loading' } });
    abort.abort();
    expect(await ended()).toMatchObject({ kind: 'cancelled' });
  });

  it('is told while nobody says whose account this is', async () => {
    const image = await firstOf('self', ({ state }) => state === 'available');
    sample.server.faults.add({ kind: 'hang', action: 'GetCallerIdentity' });
    const abort = new AbortController();
    const { first } = arrival(image, abort.signal);
    expect(await first).toMatchObject({ image: { id: image.id }, ownedByAccount: undefined });
    abort.abort();
  });
});

describe('an image that was answered before', () => {
  it('is told at once, as of then, although EC2 does not answer any more', async () => {
    const image = await firstOf('self', ({ state }) => state === 'available');
    const images = new ConnectionImages(noCatalog);
    images.of(connection).learn([image]);
    sample.server.faults.add({ kind: 'server-error', action: 'DescribeImages' });
    const told: ImageDetailsModel[] = [];
    const asked = load({ region, id: image.id }, undefined, (model) => told.push(model), signal, images);
    await expect(asked).rejects.toMatchObject({ kind: 'unavailable' });
    expect(told).toMatchObject([{ image, ownedByAccount: true, launchPermissions: { kind: 'loading' } }]);
  });

  it('is told anew once EC2 has answered', async () => {
    const image = await firstOf('self', ({ state }) => state === 'available');
    const images = new ConnectionImages(noCatalog);
    images.of(connection).learn([{ ...image, description: 'of then' }]);
    const told: ImageDetailsModel[] = [];
    await load({ region, id: image.id }, undefined, (model) => told.push(model), signal, images);
    expect(told.map((model) => model.image.description)).toEqual(['of then', image.description]);
    expect(told[0]?.asOf).toBeLessThanOrEqual(told[1]?.asOf ?? 0);
  });
});

describe('an image of somebody else', () => {
  it('is asked for once: only owners may ask who may launch it', async () => {
    const image = await firstOf('099720109477');
    sample.server.requests.length = 0;
    const model = await load({ region, id: image.id });
    expect(model).toMatchObject({
      ownedByAccount: false,
      launchPermissions: { kind: 'not-owner' },
      publisher: { name: expect.stringContaining('Canonical'), verified: true },
    });
    expect(actions()).toEqual(['DescribeImages']);
  });

  it('is known as such once AWS has said whose account this is', async () => {
    const image = await firstOf('099720109477');
    const model = await load({ region, id: image.id }, () => undefined);
    expect(model).toMatchObject({ ownedByAccount: false, launchPermissions: { kind: 'not-owner' } });
  });

  it('is shown where nobody says whose account this is, with what EC2 says to the question', async () => {
    const image = await firstOf('099720109477');
    sample.server.faults.add({ kind: 'access-denied', action: 'GetCallerIdentity' });
    const model = await load({ region, id: image.id }, () => undefined);
    expect(model.ownedByAccount).toBeUndefined();
    expect(model.image.id).toBe(image.id);
    expect(model.launchPermissions.kind).toBe('failed');
  });
});

it('knows a page of the AWS console for the endpoints of AWS only', async () => {
  const image = await firstOf('self');
  expect((await load({ region, id: image.id })).consoleAvailable).toBe(false);
  connection = { ...connection, foreignEndpoint: undefined };
  expect((await load({ region, id: image.id })).consoleAvailable).toBe(true);
});

it('fails as not found where the account may not see the image', async () => {
  await expect(load({ region, id: 'ami-00000000000000000' })).rejects.toMatchObject({ kind: 'not-found', region });
});

it('fails with the error of the question', async () => {
  sample.server.faults.add({ kind: 'expired-credentials', action: 'DescribeImages' });
  await expect(load({ region, id: 'ami-00000000000000000' })).rejects.toMatchObject({ kind: 'credentials-expired' });
});
