import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ImageSummary, isFullImage } from '../../../src/core/image.ts';
import { ImageSearch } from '../../../src/core/imageSearch.ts';
import { familyPin, type Pin } from '../../../src/core/pins.ts';
import type { Publisher } from '../../../src/core/publishers.ts';
import { ConnectionImages } from '../../../src/images/connectionImages.ts';
import { ImageBranches } from '../../../src/ui/trees/imageBranches.ts';
import { ImageRows } from '../../../src/ui/trees/imageRows.ts';
import type { ImagesNode } from '../../../src/ui/trees/nodes.ts';
import { PageSizes } from '../../../src/ui/trees/pageSizes.ts';
import { localEndpoint, type OpenSample, openSample } from '../../ec2/openSample.ts';

let sample: OpenSample | undefined;
afterEach(async () => {
  await sample?.close();
  sample = undefined;
});

const gone: Pin = { kind: 'image', region: 'us-east-1', id: 'ami-0123456789abcdef0', name: 'once-there' };

interface Options {
  readonly filter?: string;
  readonly pins?: readonly Pin[];
  readonly publishers?: readonly Publisher[];
  readonly pageSize?: number;
}

async function open({ filter = '', pins = [], publishers = [], pageSize = 50 }: Options = {}) {
  sample ??= await openSample(localEndpoint);
  const connection = await sample.open();
  const images = new ConnectionImages({ byIds: async () => [] });
  const pageSizes = new PageSizes(() => pageSize);
  const branches = new ImageBranches(
    {
      connection,
      images,
      catalog: { list: async () => undefined },
      rows: new ImageRows({
        pageSizes,
        groupByFamily: () => true,
        sortByName: () => false,
        progressOf: () => undefined,
      }),
      pins: () => pins,
      publishers: () => publishers,
      account: () => '123456789012',
      events: { changed: () => {}, loadingChanged: () => {} },
    },
    new ImageSearch(filter),
  );
  images.onDidChange((change) => void branches.applyChange(change));
  return { branches, pageSizes, connection, images, faults: sample.server.faults };
}

type Branches = Pick<ImageBranches, 'roots' | 'children' | 'loading'>;

/** The node at the end of a path of labels, below the only region. */
async function at(branches: Branches, ...path: readonly string[]): Promise<ImagesNode> {
  let node: ImagesNode | undefined = branches.roots(['us-east-1'])[0];
  for (const label of path) {
    const nodes: readonly ImagesNode[] = node ? await settled(branches, node) : [];
    node = nodes.find((child) => labelOf(child) === label);
    expect(node, `${label} among ${nodes.map(labelOf).join(' | ')}`).toBeDefined();
  }
  return node as ImagesNode;
}

/** The nodes below a node once nothing is being loaded. */
async function settled(branches: Branches, node: ImagesNode): Promise<readonly ImagesNode[]> {
  await branches.children(node);
  await vi.waitUntil(() => !branches.loading, { timeout: 10_000, interval: 10 });
  return branches.children(node);
}

function labelOf(node: ImagesNode): string {
  switch (node.kind) {
    case 'region':
      return node.region;
    case 'scope':
      return node.scope;
    case 'publisher':
      return node.publisher?.name ?? node.ownerId;
    case 'publicFamily':
      return node.family.label;
    case 'family':
      return node.label;
    case 'latestGroup':
      return node.group.name;
    case 'image':
      return node.image.name;
    case 'parameter':
      return node.parameter.label;
    case 'missingPin':
      return `missing ${node.pin.kind}`;
    case 'note':
      return `note ${node.note}`;
    case 'more':
      return `more ${node.hidden}`;
    case 'error':
      return 'error';
  }
}

/** The images that stand behind a row. */
function imagesIn(node: ImagesNode): readonly ImageSummary[] {
  return node.kind === 'family' ? node.images : node.kind === 'image' ? [node.image] : [];
}

const labels = async (branches: Branches, node: ImagesNode) => (await settled(branches, node)).map(labelOf);

describe('an account that has gone', () => {
  it.each([
    [['pinned'], {}],
    [['owned'], {}],
    [['shared'], {}],
    [['latest'], {}],
    [['latest', 'Amazon Linux'], {}],
    [['public', 'Canonical (Ubuntu)', 'Ubuntu 24.04 LTS (Noble) arm64'], {}],
    [['public'], { filter: 'noble' }],
  ])('answers nothing in %j %j', async (path, options) => {
    const { branches, faults } = await open({ pins: [gone], ...options });
    const node = await at(branches, ...path);
    for (const list of branches.lists(node)) {
      list.refresh();
    }
    faults.add({ kind: 'delay', milliseconds: 200 });
    const asked = branches.children(node);
    branches.close();
    expect(await asked).toEqual([]);
    // A row that is still drawn asks for nothing, either.
    sample?.calls.splice(0);
    expect(await branches.children(node)).toEqual([]);
    expect(sample?.calls).toEqual([]);
  });
});

describe('a branch', () => {
  it('stands below the region, the pinned one only where something is pinned', async () => {
    const { branches } = await open();
    expect(await labels(branches, await at(branches))).toEqual(['owned', 'shared', 'latest', 'public']);
    const { branches: pinned } = await open({ pins: [gone] });
    expect(await labels(pinned, await at(pinned))).toEqual(['pinned', 'owned', 'shared', 'latest', 'public']);
    const { branches: elsewhere } = await open({ pins: [{ ...gone, region: 'eu-west-1' }] });
    expect(await labels(elsewhere, await at(elsewhere))).not.toContain('pinned');
  });

  it('shows what is pinned with the pins it stands for, and what is gone', async () => {
    const { branches: unpinned } = await open();
    const [image] = await settled(unpinned, await at(unpinned, 'owned', 'web-server-golden'));
    const golden = image?.kind === 'image' ? familyPin(image.image) : undefined;
    const { branches } = await open({ pins: [gone, ...(golden ? [golden] : [])] });
    const nodes = await settled(branches, await at(branches, 'pinned'));
    expect(nodes.map(({ kind }) => kind)).toEqual(['image', 'missingPin']);
    expect(nodes[0]).toMatchObject({
      image: { name: expect.stringMatching(/^web-server-golden/) },
      pins: [golden],
      isNewest: true,
    });
    expect(nodes[0] && branches.itemState(nodes[0])).toMatchObject({ owned: true });
    expect(nodes[1]).toMatchObject({ pin: gone });
    const filtered = branches.filtered(new ImageSearch('nothing-of-that-name'));
    const none = await at(filtered, 'pinned');
    expect(await labels(filtered, none)).toEqual([]);
    expect(filtered.itemState(none).count).toEqual({ value: 0, complete: true });
  });

  it('keeps its lists under another filter, and counts what the words leave', async () => {
    const { branches } = await open();
    const owned = await at(branches, 'owned');
    const all = await settled(branches, owned);
    const whole = branches.itemState(owned).count;
    expect(whole).toMatchObject({ complete: true });
    sample?.calls.splice(0);
    const filtered = branches.filtered(new ImageSearch('GOLDEN'));
    const some = await filtered.children(owned);
    expect(some.map(labelOf)).toContain('web-server-golden');
    expect(some.length).toBeLessThan(all.length);
    expect(filtered.itemState(owned).count?.value).toBeLessThan(whole?.value ?? 0);
    expect(branches.itemState(owned).count).toEqual(whole);
    expect(sample?.calls).toEqual([]);
  });

  it('finds public images by the words of the filter, by publisher and family', async () => {
    const { branches } = await open({ filter: 'noble arm64' });
    const canonical = await at(branches, 'public', 'Canonical (Ubuntu)');
    expect(branches.itemState(canonical)).toMatchObject({ expanded: true, count: { complete: true } });
    const [family] = await settled(branches, canonical);
    expect(family?.kind).toBe('family');
    const images = (family ? await settled(branches, family) : []).filter(({ kind }) => kind === 'image').map(labelOf);
    expect(images).toHaveLength(50);
    expect(images.filter((name) => !/noble.*arm64/.test(name))).toEqual([]);
    // Without the filter the same rows are other nodes, since the editor expands only new ones.
    const { branches: plain } = await open();
    expect((await at(plain, 'public', 'Canonical (Ubuntu)')).id).not.toBe(canonical.id);
  });

  it('asks EC2 for no public image while the filter is typed, and counts what is closed', async () => {
    const { branches: plain } = await open();
    const [region] = plain.roots(['us-east-1']);
    sample?.calls.splice(0);
    const typing = plain.filtered(new ImageSearch('golden'), true);
    const scopes = region ? await typing.children(region) : [];
    const [owned, shared, pub] = ['owned', 'shared', 'public'].map((scope) =>
      scopes.find((node) => node.kind === 'scope' && node.scope === scope),
    );
    const countOf = (branches: ImageBranches, node: ImagesNode | undefined) =>
      node && branches.itemState(node).count?.value;
    await vi.waitFor(() => expect(countOf(typing, owned)).toBeGreaterThan(0));
    await vi.waitFor(() => expect(countOf(typing, shared)).toBeGreaterThanOrEqual(0));
    expect(pub && (await labels(typing, pub))).toEqual(['note typing']);
    expect(countOf(typing, pub)).toBeUndefined();
    expect(sample?.calls.length).toBe(2);
    const accepted = plain.filtered(new ImageSearch('golden'));
    if (region) {
      await accepted.children(region);
    }
    await vi.waitFor(() => expect(countOf(accepted, pub)).toBeGreaterThan(0), 10_000);
    // Own and shared images are not asked for again.
    const whose = sample?.server.requests.map(({ params }) => params['Owner.1'] ?? params['ExecutableBy.1']);
    expect(whose?.filter((each) => each === 'self')).toHaveLength(2);
  });

  it('has below a filter the parameters whose label, name or image has all the words, whatever the case', async () => {
    const { branches } = await open();
    const group = await at(branches, 'latest', 'Amazon Linux');
    const all = (await settled(branches, group)).flatMap((node) => (node.kind === 'parameter' ? [node.parameter] : []));
    const [first] = all;
    const under = (text: string) => labels(branches.filtered(new ImageSearch(text)), group);
    const with2023Arm = all.filter(({ label, name }) => /2023/.test(label + name) && /arm64/i.test(label + name));
    expect(with2023Arm.length).toBeGreaterThan(0);
    expect(with2023Arm.length).toBeLessThan(all.length);
    expect((await under('ARM64 2023')).toSorted()).toEqual(with2023Arm.map(({ label }) => label).toSorted());
    expect(await under(first?.imageId.toUpperCase() ?? '')).toContain(first?.label);
    // No phrase spans two of the texts.
    expect(await under(`"${first?.label} ${first?.name}"`)).toEqual(['note filtered']);
  });

  it('has what others share, and neither what is public nor what is owned', async () => {
    const { branches } = await open();
    const shared = await at(branches, 'shared');
    const families = await settled(branches, shared);
    const images = families.flatMap(imagesIn);
    expect(images.length).toBeGreaterThan(0);
    expect(images.filter((image) => image.public || image.ownerId === '123456789012')).toEqual([]);
    const rows = (
      await Promise.all(families.map((node) => (node.kind === 'family' ? branches.children(node) : [node])))
    ).flat();
    expect(rows.map((node) => branches.itemState(node).owned)).toEqual(images.map(() => false));
    expect(branches.itemState(shared).count).toEqual({ value: images.length, complete: true });
  });

  it('has the families of the images of a publisher from the settings, whose list is its own', async () => {
    const publishers: readonly Publisher[] = [
      {
        id: 'mine',
        name: 'My Friends',
        verified: false,
        ownerIds: { aws: ['123456789012'] },
        ownerAlias: undefined,
        namePatterns: [],
        needsWords: false,
      },
    ];
    const { branches } = await open({ publishers });
    const mine = await at(branches, 'public', 'My Friends');
    const nodes = await settled(branches, mine);
    expect(nodes.length).toBeGreaterThan(0);
    expect(nodes.filter((node) => imagesIn(node).length === 0)).toEqual([]);
    expect(nodes.flatMap(imagesIn).filter((image) => !image.public)).toEqual([]);
    sample?.calls.splice(0);
    for (const list of branches.lists(mine)) {
      list.refresh();
    }
    expect(await labels(branches, mine)).toEqual(nodes.map(labelOf));
    expect(sample?.calls.map(({ operation }) => operation)).toEqual(['DescribeImages']);
  });

  it('asks for words where a publisher has too many images to list', async () => {
    const { branches } = await open();
    expect(await labels(branches, await at(branches, 'public', 'Amazon'))).toEqual(['note needsWords']);
  });

  it('says what to type where public images cannot be asked for by the filter, without a count', async () => {
    const { branches } = await open({ filter: 'before:2024-01-01' });
    const node = await at(branches, 'public');
    expect(await labels(branches, node)).toEqual(['note unasked']);
    expect(branches.itemState(node)).toEqual({ count: undefined, error: undefined });
    const { branches: named } = await open({ filter: 'no-such-name' });
    const none = await at(named, 'public');
    expect(await labels(named, none)).toEqual(['note filtered']);
    expect(named.itemState(none).count).toEqual({ value: 0, complete: true });
  });

  it('has below a publisher what differs in the labels of its families', async () => {
    const { branches } = await open();
    const families = await settled(branches, await at(branches, 'public', 'SUSE'));
    const shown = families.map((node) => (node.kind === 'publicFamily' ? node.label : undefined));
    expect(shown).toContain('15 SP7 arm64');
    expect(shown.at(-1)).toBeUndefined();
  });

  it('has nothing below a family that was drawn before the filter', async () => {
    const { branches } = await open();
    const family = await at(branches, 'public', 'Canonical (Ubuntu)', 'Ubuntu 24.04 LTS (Noble) arm64');
    sample?.calls.splice(0);
    expect(await branches.filtered(new ImageSearch('noble')).children(family)).toEqual([]);
    expect(sample?.calls).toEqual([]);
  });

  it('has what differs in the names below a family, the newest marked, and an image that is alone as itself', async () => {
    const { branches } = await open();
    const owned = await settled(branches, await at(branches, 'owned'));
    const alone = owned.filter(({ kind }) => kind === 'image');
    expect(alone.length).toBeGreaterThan(0);
    expect(alone.filter((node) => node.kind === 'image' && (node.label ?? node.isNewest) !== undefined)).toEqual([]);
    expect(owned.filter((node) => node.kind === 'family' && node.images.length < 2)).toEqual([]);
    const golden = await settled(branches, await at(branches, 'owned', 'web-server-golden'));
    const rows = golden.flatMap((node) => (node.kind === 'image' ? [node] : []));
    expect(rows.map(({ label }) => label)).toEqual(
      rows.map(({ image }) => image.name.replace('web-server-golden-', '')),
    );
    expect(rows.map(({ isNewest }) => isNewest)).toEqual(rows.map((_, index) => index === 0));
    const unnamed = await settled(branches, await at(branches, 'owned', ''));
    expect(unnamed.filter((node) => node.kind === 'image' && node.label !== undefined)).toEqual([]);
    const noble = await at(branches, 'public', 'Canonical (Ubuntu)', 'Ubuntu 24.04 LTS (Noble) arm64');
    const [first] = await settled(branches, noble);
    expect(first).toMatchObject({ label: expect.stringMatching(/^\d{8}$/), isNewest: true });
  });

  it('calls none the newest while it shows a part of a family alone', async () => {
    const { branches } = await open({ filter: 'golden' });
    const golden = await settled(branches, await at(branches, 'owned', 'web-server-golden'));
    expect(golden.filter((node) => node.kind === 'image' && node.isNewest)).toEqual([]);
  });

  it('has all images of a family for a command, whatever the filter shows of it', async () => {
    const { branches } = await open();
    const whole = await at(branches, 'owned', 'web-server-golden');
    const images = imagesIn(whole);
    const oldest = images.at(-1);
    if (whole.kind !== 'family' || !oldest || images.length < 3) {
      throw new Error('There is no family of three images.');
    }
    expect(branches.familyState(whole)).toMatchObject({ images, isWhole: true });
    const [newest] = images;
    const filtered = branches.filtered(new ImageSearch(`golden -${newest?.id}`));
    const part = await at(filtered, 'owned', 'web-server-golden');
    expect(imagesIn(part)).toHaveLength(images.length - 1);
    if (part.kind === 'family') {
      expect(filtered.familyState(part).isWhole).toBe(false);
      const found = await filtered.imagesOfFamily(part);
      expect(found.isWhole).toBe(true);
      expect(found.images.map(({ id }) => id).toSorted()).toEqual(images.map(({ id }) => id).toSorted());
    }
  });

  it('has what a search for public images has found of a family, and does not call it all', async () => {
    const { branches } = await open({ filter: 'noble arm64' });
    const [family] = await settled(branches, await at(branches, 'public', 'Canonical (Ubuntu)'));
    if (family?.kind !== 'family') {
      throw new Error('There is no family.');
    }
    expect(branches.familyState(family).isWhole).toBe(false);
    expect(await branches.imagesOfFamily(family)).toEqual({ images: family.images, isWhole: false });
  });

  it('has all images of a public family, and fails where EC2 does', async () => {
    const { branches, faults } = await open();
    const noble = await at(branches, 'public', 'Canonical (Ubuntu)', 'Ubuntu 24.04 LTS (Noble) arm64');
    if (noble.kind !== 'publicFamily') {
      throw new Error('There is no public family.');
    }
    const { images, isWhole } = await branches.imagesOfFamily(noble);
    expect(isWhole).toBe(true);
    expect(branches.familyState(noble)).toMatchObject({ images, isWhole: true });
    for (const list of branches.lists(noble)) {
      list.refresh();
    }
    faults.add({ kind: 'access-denied', action: 'DescribeImages' });
    await expect(branches.imagesOfFamily(noble)).rejects.toMatchObject({ operation: 'DescribeImages' });
  });

  it('shows a page and leads to the others', async () => {
    const { branches, pageSizes } = await open({ pageSize: 2 });
    const family = await at(branches, 'public', 'Canonical (Ubuntu)', 'Ubuntu 24.04 LTS (Noble) arm64');
    const first = await settled(branches, family);
    const more = first.at(-1);
    expect(first).toHaveLength(3);
    expect(more).toMatchObject({ kind: 'more', hidden: (branches.itemState(family).count?.value ?? 0) - 2 });
    pageSizes.addPage(family);
    expect((await settled(branches, family)).filter(({ kind }) => kind === 'image')).toHaveLength(4);
  });

  it.each([
    ['owned', 'DescribeImages'],
    ['latest', 'GetParametersByPath'],
  ])('says in %s what failed, and tries it again', async (branch, action) => {
    const { branches, faults } = await open();
    faults.add({ kind: 'access-denied', action });
    const node = await at(branches, branch);
    expect(await labels(branches, node)).toEqual(['error']);
    faults.clear();
    expect(await labels(branches, node)).toEqual(['error']);
    for (const list of branches.lists(node)) {
      list.retry();
    }
    const brought = await labels(branches, node);
    expect(brought.length).toBeGreaterThan(1);
    expect(brought).not.toContain('error');
  });

  it('is asked again alone, and all of a region with it', async () => {
    const { branches } = await open();
    const owned = await at(branches, 'owned');
    const shared = await at(branches, 'shared');
    await Promise.all([settled(branches, owned), settled(branches, shared)]);
    const actions = async (node: ImagesNode) => {
      sample?.calls.splice(0);
      for (const list of branches.lists(node)) {
        list.refresh();
      }
      await Promise.all([settled(branches, owned), settled(branches, shared)]);
      return sample?.calls.map(({ operation }) => operation);
    };
    expect(await actions(owned)).toEqual(['DescribeImages']);
    expect(await actions(await at(branches, 'owned', 'web-server-golden'))).toEqual(['DescribeImages']);
    expect(await actions(await at(branches))).toEqual(['DescribeImages', 'DescribeImages']);
  });

  it('tells what it has listed whole, and how long ago', async () => {
    const { branches } = await open();
    const has = (kind: 'owned' | 'shared', maxAge: number, region = 'us-east-1') =>
      branches.hasListed(region, kind, maxAge);
    expect(has('owned', 60_000)).toBe(false);
    const owned = await at(branches, 'owned');
    await settled(branches, owned);
    expect(has('owned', 60_000)).toBe(true);
    expect(has('shared', 60_000)).toBe(false);
    expect(has('owned', 60_000, 'eu-west-1')).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(has('owned', 10)).toBe(false);
    for (const list of branches.lists(owned)) {
      list.refresh();
    }
    expect(has('owned', 60_000)).toBe(false);
  });
});

describe('an image that changes', () => {
  const path = ['owned', 'web-server-golden'] as const;
  async function openGolden(options: Options = {}) {
    const opened = await open(options);
    const [node] = await settled(opened.branches, await at(opened.branches, ...path));
    if (node?.kind !== 'image' || !isFullImage(node.image)) {
      throw new Error('There is no golden image.');
    }
    const { image } = node;
    const listed = () => opened.branches.images.find(({ id }) => id === image.id);
    return { ...opened, image, listed };
  }

  it('is shown among the owned ones when it was made meanwhile', async () => {
    const { branches, connection, images, image } = await openGolden();
    images.seen(connection, { ...image, id: 'ami-0fedcba9876543210', name: 'made-just-now' });
    expect(await labels(branches, await at(branches, 'owned'))).toContain('made-just-now');
    expect(branches.images.filter(({ id }) => id === 'ami-0fedcba9876543210')).toHaveLength(1);
    // Some endpoints give an image another owner than the account.
    images.seen(connection, { ...image, id: 'ami-0fedcba9876543211', name: 'made-elsewhere', ownerId: 'localstack' });
    expect(await labels(branches, await at(branches, 'owned'))).toContain('made-elsewhere');
  });

  it('is replaced wherever it is listed, and put nowhere else', async () => {
    const { branches, connection, images, image } = await openGolden();
    const shared = (await settled(branches, await at(branches, 'shared'))).flatMap((node) =>
      node.kind === 'image' ? [node.image] : node.kind === 'family' ? node.images : [],
    )[0];
    if (!shared) {
      throw new Error('There is no shared image.');
    }
    images.seen(connection, { ...image, id: shared.id, ownerId: shared.ownerId, name: 'renamed' });
    const renamed = (await settled(branches, await at(branches, 'owned'))).map(labelOf);
    expect(renamed).not.toContain('renamed');
    expect(branches.images.find(({ id }) => id === shared.id)).toMatchObject({ name: 'renamed' });
  });

  it('is asked for again after an action, if it is listed', async () => {
    const { connection, images, image, listed } = await openGolden();
    images.seen(connection, { ...image, description: 'as it was' });
    expect(listed()).toMatchObject({ description: 'as it was' });
    sample?.calls.splice(0);
    images.changed(connection, { region: image.region, id: 'ami-0fedcba9876543210' });
    images.changed(connection, image);
    await vi.waitFor(() => expect(listed()).toEqual(image));
    expect(sample?.calls).toHaveLength(1);
  });

  it('is shown no longer when it is gone, be it told or answered', async () => {
    const { branches, connection, images, image, listed } = await openGolden();
    images.gone(connection, image);
    expect(listed()).toBeUndefined();
    expect(await labels(branches, await at(branches, ...path))).not.toContain(image.name);
    const never = { ...image, id: 'ami-0fedcba9876543210' };
    images.seen(connection, never);
    images.changed(connection, never);
    await vi.waitFor(() => expect(branches.images.find(({ id }) => id === never.id)).toBeUndefined());
  });

  it('on another connection is shown as it was', async () => {
    const { images, image, listed } = await openGolden();
    const other = await sample?.open();
    if (other) images.gone(other, image);
    expect(listed()).toEqual(image);
  });
});
