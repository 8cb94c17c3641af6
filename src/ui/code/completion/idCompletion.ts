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
import { bestOffers } from './bestOffers.ts';
import { cursorPlace, isSamePlace } from './cursorPlace.ts';
import { type IdItem, itemsFor, type Offer } from './idItems.ts';
import { type DocumentPlace, placeIn, type Surroundings, surroundingsOf } from './idPlaces.ts';
import { moduleTexts } from './moduleTexts.ts';

/**
 * How long (ms) the first items of a place wait for the connection and EC2, and the editor for the items of others with
 * them. What arrives later is there at the next key.
 */
const timeout = 2_000;

/** How long (ms) the documentation waits for the connection, and for what a listing does not have. */
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
    if (!showsInCode('completion', document) || !vscode.workspace.isTrusted) {
      return undefined;
    }
    const cursor = cursorPlace(document, position);
    const place = placeIn(document, cursor.offset);
    if (!place) {
      return undefined;
    }
    const over = overAfter(timeout, token);
    const sisters = place.expression === 'terraform' ? moduleTexts(document) : [];
    const found = await Promise.race([
      Promise.all([surroundingsOf(document, place, this.#parts.references), this.#parts.known.connection()]),
      over,
    ]);
    // The editor asks again at the next key: by then there may be a connection.
    if (!found) return new vscode.CompletionList([], true);
    const [surroundings, state] = found;
    if (state.kind !== 'open' || token.isCancellationRequested) return undefined;
    const [{ offers, isWhole }, texts] = await Promise.all([
      this.#offers(state, place, surroundings, over),
      Promise.race([sisters, over]),
    ]);
    const isSame = isSamePlace(cursor, cursorPlace(document, position), place.span.end - cursor.offset);
    if (token.isCancellationRequested || !isSame) return undefined;
    return new vscode.CompletionList([...itemsFor(offers, place, document, texts)], !isWhole || !texts);
  }

  async resolveCompletionItem(item: IdItem, token: vscode.CancellationToken): Promise<IdItem> {
    const state = await Promise.race([this.#parts.known.connection(), overAfter(cardTimeout, token)]);
    if (state?.kind === 'open') {
      const byId = this.#parts.images.of(state.connection);
      const whole = await byId.get(item.image, AbortSignal.timeout(cardTimeout)).catch(() => undefined);
      const image = whole ?? item.image;
      item.documentation = imageCard(image, publisherOf(image, this.#parts.publishers.publishers), Date.now());
    }
    return item;
  }

  async #offers(
    { connection, regions: chosen }: CodeConnection,
    { used, wanted }: DocumentPlace,
    { region, instanceType }: Surroundings,
    over: Promise<undefined>,
  ): Promise<{ readonly offers: readonly Offer[]; readonly isWhole: boolean }> {
    const inForce = region.regions.length > 0 ? region.regions : chosen;
    const regions = [...new Set(region.isGuess ? [...inForce, ...chosen] : inForce)].slice(0, maxRegions);
    const offered = this.#of(connection, chosen);
    const pins = this.#parts.pins();
    const answers = new Map<string, readonly Offer[]>();
    const asking = regions.map(async (each) => answers.set(each, await offered.in(each, pins, this.#ended.signal)));
    const [usedImages] = await Promise.all([
      Promise.race([this.#used(connection, used, regions), over]),
      Promise.race([Promise.all(asking), over]),
    ]);
    const architectures = instanceType === undefined ? undefined : architecturesOf(instanceType);
    const fits = ({ image: { architecture } }: Offer) =>
      architectures === undefined || architecture === undefined || architectures.includes(architecture);
    const all = [...regions.flatMap((each) => answers.get(each) ?? []), ...(usedImages ?? [])].filter(fits);
    const { offers, isWhole } = bestOffers(all, wanted);
    return { offers, isWhole: isWhole && usedImages !== undefined && answers.size === regions.length };
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

/** Resolves after a time (ms), or when nobody wants to know any more. */
function overAfter(time: number, token: vscode.CancellationToken): Promise<undefined> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(undefined);
    };
    const timer = setTimeout(end, time);
    const subscription = token.onCancellationRequested(end);
  });
}
