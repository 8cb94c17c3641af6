import * as vscode from 'vscode';
import type { CatalogPort } from '../../catalog/port.ts';
import { settings } from '../../contributions/settings.ts';
import { type ImageSummary, isFullImage } from '../../core/image.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { PinStore } from '../pins/pinStore.ts';
import type { Session } from '../session/session.ts';
import { imageCard } from '../shared/imageCard.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { groupByFamily, pageSize, settingsEvent, sortByName } from '../shared/settings.ts';
import { AccountTree } from './accountTree.ts';
import type { BranchEvents } from './branches.ts';
import { ImageBranches, scopeNode } from './imageBranches.ts';
import type { ImageFilter } from './imageFilter.ts';
import { ImageRows } from './imageRows.ts';
import { toImagesTreeItem } from './imageTreeItems.ts';
import type { ImageNode, ImagesNode } from './nodes.ts';

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
      filter.onDidChange(() => this.show(this.branches?.filtered(filter.words))),
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
      filter.words,
    );
  }

  /** All images that are listed, for a search without a call. */
  get loadedImages(): readonly ImageSummary[] {
    return this.branches?.images ?? [];
  }

  hasListed(region: string, kind: 'owned' | 'shared', maxAge: number): boolean {
    return this.branches?.hasListed(region, kind, maxAge) ?? false;
  }

  /** The node of an owned image; undefined where its region is not shown, or the image is not listed in time. */
  async findOwned(region: string, imageId: string): Promise<ImageNode | undefined> {
    const regionNode = (await this.childrenOf()).find((node) => node.kind === 'region' && node.region === region);
    if (regionNode?.kind !== 'region') {
      return undefined;
    }
    await this.branches?.ownedIn(region)?.answer(revealTimeout);
    for (const child of await this.childrenOf(scopeNode(regionNode, 'owned'))) {
      const images = child.kind === 'family' ? await this.childrenOf(child) : [child];
      const found = images.find((node) => node.kind === 'image' && node.image.id === imageId);
      if (found?.kind === 'image') {
        return found;
      }
    }
    return undefined;
  }

  override getTreeItem(node: ImagesNode): vscode.TreeItem {
    return toImagesTreeItem(node, { now: Date.now(), ...this.branches?.itemState(node) });
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: ImagesNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    if (node.kind === 'image') {
      const { publisher } = this.branches?.itemState(node) ?? {};
      item.tooltip = imageCard(await this.#whole(node.image, token), publisher, Date.now());
    }
    return item;
  }

  /** The image with all fields: a catalog has only those of its table, so EC2 is asked. */
  async #whole(image: ImageSummary, token: vscode.CancellationToken): Promise<ImageSummary> {
    const connection = this.branches?.connection;
    if (!connection || isFullImage(image)) {
      return image;
    }
    const abort = new AbortController();
    const cancelled = token.onCancellationRequested(() => abort.abort());
    try {
      const inTime = AbortSignal.any([abort.signal, AbortSignal.timeout(tooltipTimeout)]);
      return (await this.#parts.images.of(connection).get(image, inTime)) ?? image;
    } catch {
      // The card shows the fields that are known.
      return image;
    } finally {
      cancelled.dispose();
    }
  }

  override dispose(): void {
    this.#subscriptions.dispose();
    super.dispose();
  }
}
