import * as vscode from 'vscode';
import type { CatalogPort } from '../../catalog/port.ts';
import { settings } from '../../contributions/settings.ts';
import { type ImageSummary, isFullImage } from '../../core/image.ts';
import { type ImageRef, refKey } from '../../core/imageRef.ts';
import type { LatestParameter } from '../../core/latestParameter.ts';
import { publisherOf } from '../../core/publishers.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { PinStore } from '../pins/pinStore.ts';
import type { Session } from '../session/session.ts';
import { imageCard } from '../shared/imageCard.ts';
import { plain } from '../shared/plainText.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { groupByFamily, pageSize, settingsEvent, sortByName } from '../shared/settings.ts';
import { AccountTree } from './accountTree.ts';
import type { BranchEvents } from './branches.ts';
import { familyCard } from './familyCard.ts';
import { familyLabel } from './familyText.ts';
import { type FamilyImages, ImageBranches, scopeNode } from './imageBranches.ts';
import type { ImageFilter } from './imageFilter.ts';
import { ImageRows } from './imageRows.ts';
import { toImagesTreeItem } from './imageTreeItems.ts';
import { itemAsLeft } from './itemAsLeft.ts';
import {
  type FamilyNode,
  type ImageNode,
  type ImagesNode,
  isLeaf,
  type PublicFamilyNode,
  type Scope,
} from './nodes.ts';
import type { RowStates } from './rowStates.ts';

/** Timeout (ms) of the question for what a tooltip shows and the catalog does not have. */
const tooltipTimeout = 3_000;

/** How long (ms) a reveal waits for its image to be listed. */
const revealTimeout = 10_000;

export interface ImagesTreeParts {
  readonly session: Session;
  readonly publishers: PublisherSettings;
  readonly catalog: CatalogPort;
  readonly images: ConnectionImages;
  readonly pins: PinStore;
  readonly filter: ImageFilter;
  readonly rowStates: RowStates;
}

/** The Images view. */
export class ImagesTree extends AccountTree<ImagesNode, ImageBranches> {
  readonly #parts: ImagesTreeParts;
  readonly #subscriptions: vscode.Disposable;
  readonly #rows = new ImageRows({
    pageSizes: this.pageSizes,
    groupByFamily,
    sortByName,
    progressOf: (imageId) => this.progressOf(imageId),
  });

  /** Percent, for an image that is being made. */
  progressOf: (imageId: string) => number | undefined = () => undefined;

  constructor(parts: ImagesTreeParts) {
    const { session, publishers, images, pins, filter } = parts;
    super(session, {
      pageSize,
      onDidChange: settingsEvent([settings.groupBy, settings.sortBy, settings.pageSize]),
    });
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      // Which images are one's own is known only now.
      session.onDidIdentify(() => this.drawAll()),
      filter.onDidChange(() => this.show(this.branches?.filtered(filter.search, filter.typing))),
      images.onDidChange((change) => void this.branches?.applyChange(change)),
      publishers.onDidChange(() => this.restart()),
      pins.onDidChange(() => this.drawAll()),
    );
  }

  protected override open(connection: Connection, events: BranchEvents<ImagesNode>): ImageBranches {
    const { session, publishers, catalog, images, pins, filter } = this.#parts;
    return new ImageBranches(
      {
        connection,
        images,
        catalog,
        rows: this.#rows,
        pins: () => pins.all,
        publishers: () => publishers.publishers,
        account: () => session.identity?.account,
        events,
      },
      filter.search,
      filter.typing,
    );
  }

  /** All images that are listed, for a search without a call. */
  get loadedImages(): readonly ImageSummary[] {
    return this.branches?.images ?? [];
  }

  /** See `ImageBranches.imagesOfFamily`; none once the family's account is no longer the current one. */
  async imagesOfFamily(node: FamilyNode | PublicFamilyNode): Promise<FamilyImages> {
    return (await this.branches?.imagesOfFamily(node)) ?? { images: [], isWhole: true };
  }

  hasListed(region: string, kind: 'owned' | 'shared', maxAge: number): boolean {
    return this.branches?.hasListed(region, kind, maxAge) ?? false;
  }

  /** Whether the image is in the listing of those that the account owns. */
  isOwn({ region, id }: ImageRef): boolean {
    return this.branches?.ownedIn(region)?.has(id) ?? false;
  }

  /** The node of an owned image; undefined where its region is not shown, or the image is not listed in time. */
  async findOwned(region: string, imageId: string): Promise<ImageNode | undefined> {
    await this.branches?.ownedIn(region)?.answer(revealTimeout);
    return this.#findIn('owned', { region, id: imageId });
  }

  /** The node of an image that is pinned, owned or shared, and listed: EC2 is not asked. */
  async findListed(ref: ImageRef): Promise<ImageNode | undefined> {
    const { pins } = this.#parts;
    const isPinned = pins.all.some((pin) => pin.kind === 'image' && refKey(pin) === refKey(ref));
    return (
      (isPinned ? await this.#findIn('pinned', ref) : undefined) ??
      (this.hasListed(ref.region, 'owned', Number.POSITIVE_INFINITY) ? await this.#findIn('owned', ref) : undefined) ??
      (this.hasListed(ref.region, 'shared', Number.POSITIVE_INFINITY) ? this.#findIn('shared', ref) : undefined)
    );
  }

  async #findIn(scope: Scope, { region, id }: ImageRef): Promise<ImageNode | undefined> {
    const regionNode = (await this.childrenOf()).find((node) => node.kind === 'region' && node.region === region);
    if (regionNode?.kind !== 'region') {
      return undefined;
    }
    for (const child of await this.childrenOf(scopeNode(regionNode, scope))) {
      const images = child.kind === 'family' ? await this.childrenOf(child) : [child];
      const found = images.find((node) => node.kind === 'image' && node.image.id === id);
      if (found?.kind === 'image') {
        return found;
      }
    }
    return undefined;
  }

  /**
   * The first image that the filter finds, without those of Latest; undefined where none is listed yet. Public images
   * come last, since they may have to be asked for.
   */
  async firstHit(): Promise<ImageNode | undefined> {
    const regions = await this.childrenOf();
    const scopes = (await Promise.all(regions.map((region) => this.childrenOf(region)))).flat();
    for (const isPublic of [false, true]) {
      for (const scope of scopes) {
        const isOf = scope.kind === 'scope' && scope.scope !== 'latest' && (scope.scope === 'public') === isPublic;
        const hit = isOf ? await this.#firstImage(scope) : undefined;
        if (hit) {
          return hit;
        }
      }
    }
    return undefined;
  }

  async #firstImage(node: ImagesNode): Promise<ImageNode | undefined> {
    if (node.kind === 'image') {
      return node;
    }
    for (const child of isLeaf(node) ? [] : await this.childrenOf(node)) {
      const hit = await this.#firstImage(child);
      if (hit) {
        return hit;
      }
    }
    return undefined;
  }

  override getTreeItem(node: ImagesNode): vscode.TreeItem {
    const item = toImagesTreeItem(node, { now: Date.now(), ...this.branches?.itemState(node) });
    return itemAsLeft(item, this.#parts.rowStates);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: ImagesNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    switch (node.kind) {
      case 'image':
        item.tooltip = this.#cardOf(node, await this.#whole(node.image, token));
        break;
      case 'parameter':
        item.tooltip = await this.#parameterCard(node.parameter, token);
        break;
      case 'family':
      case 'publicFamily': {
        const state = this.branches?.familyState(node);
        if (item.tooltip === undefined) {
          const isListed = state !== undefined && state.images.length > 0;
          item.tooltip = isListed ? familyCard(node, { ...state, now: Date.now() }) : familyLabel(node);
        }
      }
    }
    return item;
  }

  #cardOf(node: ImageNode, image: ImageSummary): vscode.MarkdownString {
    const { publisher, owned } = this.branches?.itemState(node) ?? {};
    return imageCard(image, publisher, Date.now(), { isOwn: owned || undefined, links: true });
  }

  /** The card of the image behind a parameter, or the parameter's name alone. */
  async #parameterCard(parameter: LatestParameter, token: vscode.CancellationToken) {
    const { name, imageId, region } = parameter;
    const image = await this.#byId({ id: imageId, region }, token);
    return image
      ? imageCard(image, publisherOf(image, this.#parts.publishers.publishers), Date.now(), {
          notes: [name],
          links: true,
        })
      : plain(name);
  }

  /** The image with all fields: a catalog has only those of its table, so EC2 is asked. */
  async #whole(image: ImageSummary, token: vscode.CancellationToken): Promise<ImageSummary> {
    return isFullImage(image) ? image : ((await this.#byId(image, token)) ?? image);
  }

  /** Undefined where EC2 has no answer in time. */
  async #byId(ref: ImageRef, token: vscode.CancellationToken): Promise<ImageSummary | undefined> {
    const connection = this.branches?.connection;
    if (!connection) {
      return undefined;
    }
    const abort = new AbortController();
    const cancelled = token.onCancellationRequested(() => abort.abort());
    try {
      const inTime = AbortSignal.any([abort.signal, AbortSignal.timeout(tooltipTimeout)]);
      return await this.#parts.images.of(connection).get(ref, inTime);
    } catch {
      // The failed call is in the log.
      return undefined;
    } finally {
      cancelled.dispose();
    }
  }

  override dispose(): void {
    this.#subscriptions.dispose();
    super.dispose();
  }
}
