import * as vscode from 'vscode';
import type { CatalogPort } from '../../../catalog/port.ts';
import type { ImageSummary } from '../../../core/image.ts';
import { architecturesOf } from '../../../core/instanceArchitecture.ts';
import type { Pin } from '../../../core/pins.ts';
import { publisherOf } from '../../../core/publishers.ts';
import type { Connection } from '../../../ec2/port.ts';
import { OfferedImages } from '../../../hints/offeredImages.ts';
import type { ConnectionImages } from '../../../images/connectionImages.ts';
import { imageCard } from '../../shared/imageCard.ts';
import type { PublisherSettings } from '../../shared/publisherSettings.ts';
import { showsInCode } from '../../shared/settings.ts';
import type { CodeConnection, OpenImages } from '../openImages.ts';
import type { OpenReferences } from '../openReferences.ts';
import { type IdItem, itemsFor, type Offer } from './idItems.ts';
import { type DocumentPlace, placeIn, type Surroundings, surroundingsOf } from './idPlaces.ts';

/** How long (ms) the first items of a place wait for EC2; what arrives later is there at the next key. */
const timeout = 2_000;

/** How long (ms) the documentation waits for what a listing does not have. */
const cardTimeout = 3_000;

/** So many of the chosen regions are offered from where none is in force. */
const maxRegions = 4;

/** The most other ids of a document that are offered. */
const maxUsed = 20;

export interface IdCompletionParts {
  readonly references: OpenReferences;
  readonly known: OpenImages;
  readonly images: ConnectionImages;
  readonly catalog: Pick<CatalogPort, 'list'>;
  readonly pins: () => readonly Pin[];
  readonly publishers: PublisherSettings;
}

/**
 * Offers images where an id belongs. Nothing is asked of EC2 but a listing each of what is pinned, owned and latest, which
 * is cached, and nothing at all in an untrusted workspace.
 */
export class IdCompletion implements vscode.CompletionItemProvider<IdItem>, vscode.Disposable {
  readonly #parts: IdCompletionParts;
  readonly #offered = new WeakMap<Connection, OfferedImages>();
  readonly #ended = new AbortController();
  readonly #subscription: vscode.Disposable;

  constructor(parts: IdCompletionParts) {
    this.#parts = parts;
    this.#subscription = vscode.Disposable.from(
      parts.images.onDidChange(({ connection }) => this.#offered.get(connection)?.forget()),
      parts.images.onDidClear((connection) => this.#offered.get(connection)?.forget()),
    );
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionList<IdItem> | undefined> {
    if (!showsInCode('completion') || !vscode.workspace.isTrusted) {
      return undefined;
    }
    const { version } = document;
    const place = placeIn(document, document.offsetAt(position));
    if (!place) {
      return undefined;
    }
    const [surroundings, state] = await Promise.all([
      surroundingsOf(document, place, this.#parts.references),
      this.#parts.known.connection(),
    ]);
    // In a text that has changed meanwhile the place is another.
    if (!state || !('connection' in state) || token.isCancellationRequested || document.version !== version) {
      return undefined;
    }
    const { offers, isWhole } = await this.#offers(state, place, surroundings);
    return new vscode.CompletionList([...itemsFor(offers, place, document)], !isWhole);
  }

  async resolveCompletionItem(item: IdItem): Promise<IdItem> {
    const state = await this.#parts.known.connection();
    if (state && 'connection' in state) {
      const byId = this.#parts.images.of(state.connection);
      const whole = await byId.get(item.image, AbortSignal.timeout(cardTimeout)).catch(() => undefined);
      const image = whole ?? item.image;
      item.documentation = imageCard(image, publisherOf(image, this.#parts.publishers.publishers), Date.now());
    }
    return item;
  }

  async #offers(
    { connection, regions: chosen }: CodeConnection,
    { used }: DocumentPlace,
    { region, instanceType }: Surroundings,
  ): Promise<{ readonly offers: readonly Offer[]; readonly isWhole: boolean }> {
    const inForce = region.regions.length > 0 ? region.regions : chosen;
    const regions = [...new Set(region.isGuess ? [...inForce, ...chosen] : inForce)].slice(0, maxRegions);
    const offered = this.#of(connection, chosen);
    const pins = this.#parts.pins();
    const answers = new Map<string, readonly Offer[]>();
    const asking = regions.map(async (each) => answers.set(each, await offered.in(each, pins, this.#ended.signal)));
    const [usedImages] = await Promise.all([
      this.#used(connection, used, regions),
      Promise.race([Promise.all(asking), new Promise((resolve) => setTimeout(resolve, timeout))]),
    ]);
    const architectures = instanceType === undefined ? undefined : architecturesOf(instanceType);
    const fits = ({ image: { architecture } }: Offer) =>
      architectures === undefined || architecture === undefined || architectures.includes(architecture);
    const all = [...regions.flatMap((each) => answers.get(each) ?? []), ...usedImages].filter(fits);
    return { offers: bestFirst(all), isWhole: answers.size === regions.length };
  }

  #of(connection: Connection, regions: readonly string[]): OfferedImages {
    const { images, catalog } = this.#parts;
    const known = this.#offered.get(connection) ?? new OfferedImages({ connection, images, catalog, regions });
    this.#offered.set(connection, known);
    return known;
  }

  /** The images of the document's other ids, as far as they are known without a call. */
  async #used(connection: Connection, ids: readonly string[], regions: readonly string[]): Promise<readonly Offer[]> {
    const refs = ids.slice(0, maxUsed).flatMap((id) => regions.map((region) => ({ region, id })));
    const found = await this.#parts.images.of(connection).getWithoutCall(refs);
    return found
      .filter((image): image is ImageSummary => image !== undefined)
      .map((image) => ({ image, why: 'used', parameter: undefined }));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#ended.abort();
  }
}

const order: readonly Offer['why'][] = ['pinned', 'used', 'owned', 'latest'];

/** By why they are offered, and each image once; one that is a parameter's, too, keeps the parameter. */
function bestFirst(offers: readonly Offer[]): readonly Offer[] {
  const best = new Map<string, Offer>();
  for (const why of order) {
    for (const offer of offers.filter((each) => each.why === why)) {
      const before = best.get(offer.image.id);
      best.set(offer.image.id, before ? { ...before, parameter: before.parameter ?? offer.parameter } : offer);
    }
  }
  return [...best.values()];
}
