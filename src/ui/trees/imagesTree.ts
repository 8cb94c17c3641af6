import * as vscode from 'vscode';
import type { CatalogPort } from '../../catalog/port.ts';
import type { FamilyGroup } from '../../core/family.ts';
import { type Image, type ImageSummary, isWhole } from '../../core/image.ts';
import { latestGroups } from '../../core/latestGroups.ts';
import { type Pin, type PinnedImages, pinKey, pinsOf } from '../../core/pins.ts';
import { familiesOf } from '../../core/publicFamilies.ts';
import { type Publisher, publisherOf, publishersIn } from '../../core/publishers.ts';
import { partitionOf } from '../../core/regions.ts';
import { matchesWords } from '../../core/search.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { ImageListings, type ListingQuestion, latestKey, listingKey } from '../../images/imageListings.ts';
import type { Listing } from '../../images/listing.ts';
import { settings } from '../contributions.ts';
import type { PinStore } from '../pins/pinStore.ts';
import type { PublisherSettings } from '../publisherSettings.ts';
import type { Session } from '../session.ts';
import { groupByFamily, pageSize, sortByName } from '../settings.ts';
import { byFamily, sorted } from './imageGroups.ts';
import { type TreeItemFacts, toImagesTreeItem } from './imageTreeItems.ts';
import type {
  FamilyNode,
  ImageNode,
  ImageParent,
  ImagesContainer,
  ImagesNode,
  LatestGroupNode,
  MissingPinNode,
  PublicFamilyNode,
  PublisherNode,
  RegionNode,
  Scope,
  ScopeNode,
} from './nodes.ts';
import { imageTooltip } from './tooltips.ts';
import { TreeChanges } from './treeChanges.ts';
import { ViewAccount } from './viewAccount.ts';

const scopes: readonly Scope[] = ['owned', 'shared', 'latest', 'public'];

/**
 * How many pages of ten parameters a group reads before it is asked for more. What is known to be the latest comes first;
 * beside it some have thousands of builds of the past, among which there may be what this version does not know.
 */
const parameterPages = 150;

/** How long (ms) a node waits for what it shows, to be drawn once and whole; after that it says that it is loading. */
const shortAnswer = 400;

/** How long (ms) a tooltip waits for more than the catalog knows. */
const tooltipWait = 3_000;

/** How long (ms) an image that is to be revealed may take to be listed. */
const revealWait = 10_000;

export interface ImagesTreeParts {
  readonly session: Session;
  readonly publishers: PublisherSettings;
  readonly catalog: CatalogPort;
  readonly images: ConnectionImages;
  readonly pins: PinStore;
}

/** What the Images view shows: plain nodes, made anew from the listings whenever the view asks. */
export class ImagesTree implements vscode.TreeDataProvider<ImagesNode>, vscode.Disposable {
  readonly #session: Session;
  readonly #publisherSettings: PublisherSettings;
  readonly #catalog: CatalogPort;
  readonly #images: ConnectionImages;
  readonly #pins: PinStore;
  readonly #emitter = new vscode.EventEmitter<ImagesNode | undefined>();
  readonly #changed = new TreeChanges<ImagesNode>((node) => this.#emitter.fire(node));
  readonly #loadingChanged = new vscode.EventEmitter<boolean>();
  readonly #subscription: vscode.Disposable;
  /** Which nodes show a listing, by its key: they are asked for again when it changes. */
  readonly #showing = new Map<string, Map<string, ImagesContainer>>();
  /** How many images a node shows, where the user asked for more than a page. */
  readonly #shown = new Map<string, number>();
  #model: ImageListings | undefined;
  #words: readonly string[] = [];

  readonly account: ViewAccount;
  readonly onDidChangeTreeData = this.#emitter.event;
  readonly onDidChangeLoading = this.#loadingChanged.event;

  /** Percent, for an image that is being made. */
  progressOf: (imageId: string) => number | undefined = () => undefined;

  constructor({ session, publishers, catalog, images, pins }: ImagesTreeParts) {
    this.#catalog = catalog;
    this.#images = images;
    this.#pins = pins;
    this.#session = session;
    this.#publisherSettings = publishers;
    this.account = new ViewAccount(session, () => this.#changed.fire());
    this.#subscription = vscode.Disposable.from(
      this.account,
      session.onDidChange(() => this.#restart()),
      session.onDidIdentify(() => this.#identified()),
      publishers.onDidChange(() => this.#restart()),
      pins.onDidChange(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if ([settings.groupBy, settings.sortBy, settings.pageSize].some((name) => event.affectsConfiguration(name))) {
          this.#shown.clear();
          this.#changed.fire();
        }
      }),
    );
  }

  get words(): readonly string[] {
    return this.#words;
  }

  set words(words: readonly string[]) {
    this.#words = words;
    this.#shown.clear();
    this.#changed.fire();
  }

  /** What is loaded, for searches that need no call. */
  get loadedImages(): readonly ImageSummary[] {
    return this.#model ? [...this.#model.images()] : [];
  }

  /** Puts a new or changed owned image where it belongs, without asking EC2 for the others. */
  upsertOwned(image: Image): void {
    const connection = this.#model?.connection;
    if (connection) {
      this.#images.of(connection).learn([image]);
    }
    this.#model?.listing(image.region, { kind: 'owned' }).upsert(image);
  }

  /** The node of an owned image, to be revealed; undefined while its region is not shown. */
  async findOwned(region: string, imageId: string): Promise<ImageNode | undefined> {
    const regionNode = (await this.getChildren()).find((node) => node.kind === 'region' && node.region === region);
    if (regionNode?.kind !== 'region') {
      return undefined;
    }
    const owned = scopeNode(regionNode, 'owned');
    await this.#model?.peek(region, { kind: 'owned' })?.answer(revealWait);
    for (const child of await this.getChildren(owned)) {
      const images = child.kind === 'family' ? await this.getChildren(child) : [child];
      const found = images.find((node) => node.kind === 'image' && node.image.id === imageId);
      if (found?.kind === 'image') {
        return found;
      }
    }
    return undefined;
  }

  /** Asks EC2 again for what a node shows, and for nothing else; for everything when no node is given. */
  refresh(node?: ImagesNode): void {
    if (!node) {
      if (this.#model) {
        this.#images.forget(this.#model.connection);
      }
      this.#restart();
      return;
    }
    const container =
      node.kind === 'image' || node.kind === 'missingPin' || node.kind === 'parameter' || isAnnex(node)
        ? node.parent
        : node;
    const model = this.#model;
    if (model) {
      if (container.kind === 'region') {
        model.forget(container.region);
        model.forgetLatest(container.region, latestGroups);
      } else {
        model.forgetLatest(container.region, latestGroupsOf(container));
        for (const question of this.#questions(container)) {
          model.forget(container.region, question);
        }
      }
    }
    this.#changed.fire(container);
  }

  /** Tries again what failed: what had arrived before stays. */
  retry(node: ImagesNode): void {
    if (node.kind === 'error') {
      for (const group of latestGroupsOf(node.parent)) {
        const listing = this.#model?.latest(node.parent.region, group);
        if (listing?.error !== undefined) {
          listing.load(
            node.parent.kind === 'latestGroup' ? Number.POSITIVE_INFINITY : 1,
            listing.pageCount + parameterPages,
          );
        }
      }
      for (const question of this.#questions(node.parent)) {
        const listing = this.#model?.peek(node.parent.region, question);
        if (listing) {
          this.#load(listing);
        }
      }
      this.#changed.fire(node.parent);
    }
  }

  showMore(node: ImagesNode): void {
    if (node.kind !== 'more') {
      return;
    }
    const { parent } = node;
    if (parent.kind === 'latestGroup') {
      const listing = this.#model?.latest(parent.region, parent.group);
      listing?.load(Number.POSITIVE_INFINITY, listing.pageCount + parameterPages);
    }
    this.#shown.set(parent.id, (this.#shown.get(parent.id) ?? pageSize()) + pageSize());
    for (const question of this.#questions(parent)) {
      const listing = this.#model?.peek(parent.region, question);
      if (listing && node.hidden === undefined) {
        this.#load(listing);
      }
    }
    this.#changed.fire(parent);
  }

  getTreeItem(node: ImagesNode): vscode.TreeItem {
    this.#standFor(node);
    return toImagesTreeItem(node, this.#facts(node));
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: ImagesNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    if (node.kind === 'image') {
      const image = await this.#whole(node.image, token);
      item.tooltip = imageTooltip(image, this.#publisher(image), Date.now());
    }
    return item;
  }

  /** The catalog keeps no more of an image than its table shows: EC2 is asked for the rest once somebody wants to see it. */
  async #whole(image: ImageSummary, token: vscode.CancellationToken): Promise<ImageSummary> {
    const connection = this.#model?.connection;
    if (!connection || isWhole(image)) {
      return image;
    }
    const abort = new AbortController();
    const cancelled = token.onCancellationRequested(() => abort.abort());
    try {
      const inTime = AbortSignal.any([abort.signal, AbortSignal.timeout(tooltipWait)]);
      return (await this.#images.of(connection).get(image, inTime)) ?? image;
    } catch {
      // A card with less on it is better than none.
      return image;
    } finally {
      cancelled.dispose();
    }
  }

  getParent(node: ImagesNode): ImagesNode | undefined {
    return node.kind === 'region' ? undefined : node.parent;
  }

  async getChildren(node?: ImagesNode): Promise<ImagesNode[]> {
    return [...(await this.#changed.answer(node, () => this.#children(node)))];
  }

  async #children(node: ImagesNode | undefined): Promise<readonly ImagesNode[]> {
    if (!node) {
      return this.#roots();
    }
    const model = this.#model;
    if (!model) {
      return [];
    }
    switch (node.kind) {
      case 'region':
        return [...(this.#pinsIn(node.region).length > 0 ? ['pinned' as const] : []), ...scopes].map((scope) =>
          scopeNode(node, scope),
        );
      case 'scope':
        return node.scope === 'public'
          ? this.#publishers(node)
          : node.scope === 'pinned'
            ? this.#pinned(node)
            : node.scope === 'latest'
              ? this.#latestGroups(node)
              : this.#accountImages(node);
      case 'publisher':
        return this.#publisherChildren(node);
      case 'publicFamily':
        return this.#listed(node, { kind: 'family', family: node.family }, (images) => this.#page(node, images));
      case 'family':
        return this.#page(node, node.images);
      case 'latestGroup':
        return this.#parameters(node);
      case 'image':
      case 'parameter':
      case 'missingPin':
      case 'error':
      case 'more':
      case 'note':
        return [];
    }
  }

  async #roots(): Promise<readonly ImagesNode[]> {
    const state = await this.account.state(shortAnswer);
    if (state.kind !== 'open') {
      // Once it is open the view is drawn anew.
      this.#loadingChanged.fire(state.kind === 'opening');
      return [];
    }
    if (this.#model?.connection !== state.connection) {
      this.#model?.dispose();
      this.#showing.clear();
      this.#shown.clear();
      const byId = this.#images.of(state.connection);
      this.#model = new ImageListings(state.connection, byId, this.#catalog, (key) => this.#listingChanged(key));
    }
    this.#loadingChanged.fire(this.#model.loading);
    return this.#session
      .regions(state.connection)
      .map((region): RegionNode => ({ kind: 'region', id: region, region }));
  }

  #accountImages(node: ScopeNode): Promise<readonly ImagesNode[]> {
    const question: ListingQuestion = { kind: node.scope === 'owned' ? 'owned' : 'shared' };
    return this.#listed(node, question, (images) =>
      groupByFamily()
        ? byFamily(images, sortByName()).map((group) => familyNode(node, group))
        : this.#page(node, images),
    );
  }

  /** The groups that the region has: a page of each is asked for, side by side. */
  async #latestGroups(node: ScopeNode): Promise<readonly ImagesNode[]> {
    const model = this.#model;
    if (!model) {
      return [];
    }
    const listings = latestGroups.map((group) => ({ group, listing: model.latest(node.region, group) }));
    for (const { group, listing } of listings) {
      this.#show(latestKey(node.region, group), node);
      if (!listing.answered && !listing.loading) {
        listing.load(1, parameterPages);
        this.#loadingChanged.fire(true);
      }
    }
    await Promise.all(listings.map(({ listing }) => listing.answer(shortAnswer)));
    const failed = listings.find(({ listing }) => listing.error !== undefined);
    const shown = listings.filter(
      ({ listing }) => listing.items.length > 0 || (listing.pageCount >= parameterPages && !listing.complete),
    );
    const nodes: ImagesNode[] = shown.map(
      ({ group }): LatestGroupNode => ({
        kind: 'latestGroup',
        id: `${node.id}/${group.id}`,
        region: node.region,
        group,
        parent: node,
      }),
    );
    if (failed) {
      nodes.push({ kind: 'error', id: `${node.id}/error`, error: failed.listing.error, parent: node });
    } else if (listings.some(({ listing }) => listing.loading)) {
      nodes.push({ kind: 'note', id: `${node.id}/loading`, note: 'loading', parent: node });
    } else if (nodes.length === 0) {
      nodes.push({ kind: 'note', id: `${node.id}/note`, note: 'empty', parent: node });
    }
    return nodes;
  }

  async #parameters(node: LatestGroupNode): Promise<readonly ImagesNode[]> {
    const listing = this.#model?.latest(node.region, node.group);
    if (!listing) {
      return [];
    }
    this.#show(latestKey(node.region, node.group), node);
    if (!listing.loading && listing.error === undefined && listing.pageCount < parameterPages) {
      listing.load(Number.POSITIVE_INFINITY, parameterPages);
    }
    await listing.answer(shortAnswer);
    const nodes: ImagesNode[] = listing.items
      .filter(({ label, name, imageId }) => this.#words.every((word) => includes(`${label} ${name} ${imageId}`, word)))
      .sort((a, b) => labels.compare(a.label, b.label))
      .map((parameter) => ({ kind: 'parameter', id: `${node.id}${parameter.name}`, parameter, parent: node }));
    if (listing.error !== undefined) {
      nodes.push({ kind: 'error', id: `${node.id}/error`, error: listing.error, parent: node });
    } else if (listing.loading) {
      nodes.push({ kind: 'note', id: `${node.id}/loading`, note: 'loading', parent: node });
    } else if (!listing.complete) {
      nodes.push({ kind: 'more', id: `${node.id}/more`, hidden: undefined, parent: node });
    } else if (nodes.length === 0) {
      nodes.push({ kind: 'note', id: `${node.id}/note`, note: 'filtered', parent: node });
    }
    return nodes;
  }

  #pinsIn(region: string): readonly Pin[] {
    return this.#pins.all.filter((pin) => pin.kind === 'family' || pin.region === region);
  }

  /** In the order in which they were pinned; what is pinned and no longer there is said. */
  #pinned(node: ScopeNode): Promise<readonly ImagesNode[]> {
    const pins = this.#pinsIn(node.region);
    const question: ListingQuestion = { kind: 'pinned', pins };
    const place = (pin: Pin) => pins.indexOf(pin);
    return this.#listed(node, question, (images) => {
      const listing = this.#model?.peek(node.region, question);
      const complete = listing?.complete === true && listing.error === undefined;
      const all: PinnedImages = { pins, images: listing?.items ?? images, complete };
      const found = images
        .map((image) => ({ image, stands: pinsOf(all, image) }))
        .sort((a, b) => Math.min(...a.stands.map(place)) - Math.min(...b.stands.map(place)))
        .map(
          ({ image, stands }): ImageNode => ({
            kind: 'image',
            id: `${node.id}/${image.id}`,
            image,
            progress: this.progressOf(image.id),
            pins: stands,
            parent: node,
          }),
        );
      const there = new Set(all.images.flatMap((image) => pinsOf(all, image)));
      const missing = complete && this.#words.length === 0 ? pins.filter((pin) => !there.has(pin)) : [];
      return [
        ...found,
        ...missing.map(
          (pin): MissingPinNode => ({ kind: 'missingPin', id: `${node.id}/missing/${pinKey(pin)}`, pin, parent: node }),
        ),
      ];
    });
  }

  async #publishers(node: ScopeNode): Promise<readonly ImagesNode[]> {
    const partition = partitionOf(node.region);
    if (this.#words.length === 0) {
      return publishersIn(partition, this.#publisherSettings.publishers).map((publisher) =>
        publisherNode(node, publisher, publisher.id, []),
      );
    }
    return this.#listed(node, { kind: 'search', words: this.#words }, (images) => {
      const found = new Map<string, PublisherNode>();
      for (const image of images) {
        const publisher = this.#publisher(image);
        const id = publisher?.id ?? image.ownerId;
        if (!found.has(id)) {
          found.set(id, publisherNode(node, publisher, id, this.#words));
        }
      }
      return [...found.values()].sort(
        (a, b) =>
          Number(b.publisher !== undefined) - Number(a.publisher !== undefined) ||
          (a.publisher?.name ?? a.ownerId).localeCompare(b.publisher?.name ?? b.ownerId, 'en'),
      );
    });
  }

  async #publisherChildren(node: PublisherNode): Promise<readonly ImagesNode[]> {
    if (this.#words.length > 0) {
      const images = this.#searched(node);
      return byFamily(images, sortByName()).map((group) => familyNode(node, group));
    }
    if (!node.publisher) {
      return [];
    }
    if (node.publisher.needsWords) {
      return [{ kind: 'note', id: `${node.id}/note`, note: 'needsWords', parent: node }];
    }
    const families = familiesOf(node.publisher, partitionOf(node.region));
    const [only] = families;
    if (families.length === 1 && only) {
      // Nothing is known of what it publishes: the families are those of the images that there are.
      return this.#listed(node, { kind: 'family', family: only }, (images) =>
        byFamily(images, sortByName()).map((group) => familyNode(node, group)),
      );
    }
    return families.map(
      (family): PublicFamilyNode => ({
        kind: 'publicFamily',
        id: `${node.id}/${family.id}`,
        region: node.region,
        family,
        parent: node,
      }),
    );
  }

  /** A listing's images as nodes, with what is to be said of the listing itself below them. */
  async #listed(
    node: ScopeNode | PublisherNode | PublicFamilyNode,
    question: ListingQuestion,
    toNodes: (images: readonly ImageSummary[]) => readonly ImagesNode[],
  ): Promise<readonly ImagesNode[]> {
    const model = this.#model;
    if (!model) {
      return [];
    }
    const listing = model.listing(node.region, question);
    this.#show(listingKey(node.region, question), node);
    if (!listing.answered && !listing.loading) {
      this.#load(listing);
    }
    await listing.answer(shortAnswer);
    if (this.#model !== model) {
      return [];
    }
    const images = this.#filtered(node, listing);
    const nodes = [...toNodes(images)];
    if (listing.error !== undefined) {
      nodes.push({ kind: 'error', id: `${node.id}/error`, error: listing.error, parent: node });
    } else if (listing.loading) {
      nodes.push({ kind: 'note', id: `${node.id}/loading`, note: 'loading', parent: node });
    } else if (!listing.complete && nodes.at(-1)?.kind !== 'more') {
      nodes.push({ kind: 'more', id: `${node.id}/more`, hidden: undefined, parent: node });
    } else if (nodes.length === 0) {
      const note = this.#words.length > 0 ? 'filtered' : 'empty';
      nodes.push({ kind: 'note', id: `${node.id}/note`, note, parent: node });
    }
    return nodes;
  }

  /** The first images, as many as the page size or the user wants, and what leads to the others. */
  #page(parent: ImageParent, images: readonly ImageSummary[]): readonly ImagesNode[] {
    const shown = this.#shown.get(parent.id) ?? pageSize();
    const nodes: ImagesNode[] = sorted(images, sortByName())
      .slice(0, shown)
      .map((image) => ({
        kind: 'image',
        id: `${parent.id}/${image.id}`,
        image,
        progress: this.progressOf(image.id),
        parent,
      }));
    if (images.length > shown) {
      nodes.push({ kind: 'more', id: `${parent.id}/more`, hidden: images.length - shown, parent });
    }
    return nodes;
  }

  #searched(node: PublisherNode): readonly ImageSummary[] {
    const listing = this.#model?.peek(node.region, { kind: 'search', words: this.#words });
    return (listing?.items ?? []).filter(
      (image) =>
        matchesWords(this.#words, image) &&
        (this.#publisher(image)?.id ?? image.ownerId) === (node.publisher?.id ?? node.ownerId),
    );
  }

  #filtered(
    node: ScopeNode | PublisherNode | PublicFamilyNode,
    listing: Listing<ImageSummary>,
  ): readonly ImageSummary[] {
    const account = this.#session.identity?.account;
    return listing.items.filter(
      (image) =>
        (this.#words.length === 0 || matchesWords(this.#words, image)) &&
        (node.kind === 'scope'
          ? // The question "executable by me" brings what is public and what is one's own as well.
            node.scope !== 'shared' || (!image.public && image.ownerId !== account)
          : // The question for a publisher's images brings those that it shares with the account as well.
            image.public &&
            this.#isPublishedBy(node.kind === 'publisher' ? node.publisher : node.parent.publisher, image)),
    );
  }

  /** Not every endpoint keeps to the owners that it is asked for, and names prove nothing. */
  #isPublishedBy(publisher: Publisher | undefined, image: ImageSummary): boolean {
    return publisher?.verified !== true || this.#publisher(image)?.id === publisher.id;
  }

  /** The questions to EC2 that a node's images come from. */
  #questions(node: ImagesContainer): readonly ListingQuestion[] {
    switch (node.kind) {
      case 'region':
      case 'latestGroup':
        return [];
      case 'scope':
        if (node.scope === 'latest') {
          return [];
        }
        if (node.scope === 'pinned') {
          return [{ kind: 'pinned', pins: this.#pinsIn(node.region) }];
        }
        if (node.scope !== 'public') {
          return [{ kind: node.scope }];
        }
        return this.#words.length > 0
          ? [{ kind: 'search', words: this.#words }]
          : publishersIn(partitionOf(node.region), this.#publisherSettings.publishers)
              .flatMap((publisher) => familiesOf(publisher, partitionOf(node.region)))
              .map((family) => ({ kind: 'family', family }));
      case 'publisher':
        if (this.#words.length > 0) {
          return this.#questions(node.parent);
        }
        return node.publisher
          ? familiesOf(node.publisher, partitionOf(node.region)).map((family) => ({ kind: 'family', family }))
          : [];
      case 'publicFamily':
        return [{ kind: 'family', family: node.family }];
      case 'family':
        return this.#questions(node.parent);
    }
  }

  #facts(node: ImagesNode): TreeItemFacts {
    const now = Date.now();
    switch (node.kind) {
      case 'scope': {
        const [question] = node.scope === 'public' ? [] : this.#questions(node);
        const listing = question && this.#model?.peek(node.region, question);
        return listing ? { now, ...this.#count(listing, this.#filtered(node, listing).length) } : { now };
      }
      case 'publicFamily': {
        const listing = this.#model?.peek(node.region, { kind: 'family', family: node.family });
        return listing ? { now, ...this.#count(listing, this.#filtered(node, listing).length) } : { now };
      }
      case 'family':
        return { now, count: { value: node.images.length, complete: this.#isComplete(node.parent) } };
      case 'publisher':
        return {
          now,
          count:
            this.#words.length > 0
              ? { value: this.#searched(node).length, complete: this.#isComplete(node) }
              : undefined,
          expanded: this.#words.length > 0,
        };
      case 'image':
        return { now, publisher: this.#publisher(node.image) };
      default:
        return { now };
    }
  }

  /** How many are there, which is all of them only where the listing has come to its end. */
  #count(listing: Listing<ImageSummary>, value: number): Pick<TreeItemFacts, 'count' | 'error'> {
    const { answered, complete, error } = listing;
    const isKnown = answered && (error === undefined || value > 0);
    return { count: isKnown ? { value, complete: complete && error === undefined } : undefined, error };
  }

  #isComplete(node: ImagesContainer): boolean {
    return this.#questions(node).every((question) => {
      const listing = this.#model?.peek(node.region, question);
      return listing?.complete === true && listing.error === undefined;
    });
  }

  #publisher(image: ImageSummary): Publisher | undefined {
    return publisherOf(image, partitionOf(image.region), this.#publisherSettings.publishers);
  }

  #load(listing: Listing<ImageSummary>): void {
    this.#model?.load(listing);
    this.#loadingChanged.fire(true);
  }

  #show(key: string, node: ImagesContainer): void {
    const nodes = this.#showing.get(key) ?? new Map<string, ImagesContainer>();
    nodes.set(node.id, node);
    this.#showing.set(key, nodes);
  }

  /** Of nodes made anew the editor knows the last one only, be it collapsed. */
  #standFor(node: ImagesNode): void {
    if (
      node.kind === 'scope' ||
      node.kind === 'publisher' ||
      node.kind === 'publicFamily' ||
      node.kind === 'latestGroup'
    ) {
      for (const nodes of this.#showing.values()) {
        if (nodes.has(node.id)) {
          nodes.set(node.id, node);
        }
      }
    }
  }

  #listingChanged(key: string): void {
    for (const node of this.#showing.get(key)?.values() ?? []) {
      this.#changed.fire(node);
    }
    if (!this.#model?.loading) {
      this.#loadingChanged.fire(false);
    }
  }

  /** Only now it is known which of the shared images are one's own. */
  #identified(): void {
    for (const nodes of this.#showing.values()) {
      for (const node of nodes.values()) {
        if (node.kind === 'scope' && node.scope === 'shared') {
          this.#changed.fire(node);
        }
      }
    }
  }

  #restart(): void {
    this.#model?.dispose();
    this.#model = undefined;
    this.#showing.clear();
    this.#shown.clear();
    this.#loadingChanged.fire(false);
    this.#changed.fire();
  }

  dispose(): void {
    this.#model?.dispose();
    vscode.Disposable.from(this.#changed, this.#emitter, this.#loadingChanged, this.#subscription).dispose();
  }
}

const labels = new Intl.Collator('en', { numeric: true });

function includes(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase());
}

/** Whose public parameters a node shows. */
function latestGroupsOf(node: ImagesContainer): typeof latestGroups {
  if (node.kind === 'latestGroup') {
    return [node.group];
  }
  return node.kind === 'scope' && node.scope === 'latest' ? latestGroups : [];
}

function isAnnex(node: ImagesNode): node is Extract<ImagesNode, { kind: 'error' | 'more' | 'note' }> {
  return node.kind === 'error' || node.kind === 'more' || node.kind === 'note';
}

function scopeNode(parent: RegionNode, scope: Scope): ScopeNode {
  return { kind: 'scope', id: `${parent.id}/${scope}`, region: parent.region, scope, parent };
}

function publisherNode(
  parent: ScopeNode,
  publisher: Publisher | undefined,
  ownerId: string,
  words: readonly string[],
): PublisherNode {
  // Another id while filtered: the editor keeps what is collapsed by id, and search results are to be seen.
  const id = [parent.id, ownerId, ...words].join('/');
  return { kind: 'publisher', id, region: parent.region, publisher, ownerId, parent };
}

function familyNode(parent: ScopeNode | PublisherNode, group: FamilyGroup): FamilyNode {
  const { key, label, images } = group;
  return { kind: 'family', id: `${parent.id}/${key}`, region: parent.region, label, images, parent };
}
