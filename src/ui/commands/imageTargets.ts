import * as vscode from 'vscode';
import type { CatalogPort } from '../../catalog/port.ts';
import type { Image, ImageSummary } from '../../core/image.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { ImagesById } from '../../images/imagesById.ts';
import type { Session } from '../session/session.ts';
import { plain } from '../shared/plainText.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import type { ImagesTree } from '../trees/imagesTree.ts';
import type { Views } from '../trees/views.ts';
import { type FindImageButtons, findImage } from './findImage.ts';
import { type NamedImage, namedImages } from './imageArguments.ts';

export interface ImageTargetsParts {
  readonly session: Session;
  readonly publishers: PublisherSettings;
  readonly catalog: CatalogPort;
  readonly images: ConnectionImages;
  readonly imagesTree: ImagesTree;
  readonly views: Views;
}

/**
 * The images that a command is about: its arguments, or else the selection, or else what the user picks. All are empty
 * when the user picks none.
 */
export class ImageTargets {
  readonly #parts: ImageTargetsParts;

  constructor(parts: ImageTargetsParts) {
    this.#parts = parts;
  }

  /** The ids alone, for which no region is looked up. */
  async ids(args: readonly unknown[]): Promise<readonly string[]> {
    return (await this.#named(args)).map(({ id }) => id);
  }

  /** Ids with regions. An image that was named without its region is searched for in every region that is shown. */
  async refs(args: readonly unknown[]): Promise<readonly ImageRef[]> {
    const refs = await Promise.all((await this.#named(args)).map((named) => this.#locate(named)));
    return refs.filter((ref) => ref !== undefined);
  }

  /** The first of them, for commands that take one image. */
  async ref(args: readonly unknown[]): Promise<ImageRef | undefined> {
    const [named] = await this.#named(args);
    return named && this.#locate(named);
  }

  /** Each as EC2 describes it, without those that are gone. */
  async images(args: readonly unknown[]): Promise<readonly Image[]> {
    const refs = await this.refs(args);
    return refs.length === 0 ? [] : (await this.#byId()).getAll(refs, new AbortController().signal);
  }

  /** What is known of each without a call. */
  async known(refs: readonly ImageRef[]): Promise<readonly (ImageSummary | undefined)[]> {
    return (await this.#byId()).getWithoutCall(refs);
  }

  /** The quick pick that finds images, over all regions shown. */
  find(title: string, buttons?: FindImageButtons): Promise<ImageSummary | undefined> {
    const { session, publishers, catalog, images, imagesTree } = this.#parts;
    const deps = { session, publishers, catalog, images, loaded: imagesTree };
    return findImage(deps, title, buttons);
  }

  async #named(args: readonly unknown[]): Promise<readonly NamedImage[]> {
    const given = namedImages(args);
    if (given.length > 0) {
      return given;
    }
    const selected = this.#parts.views.selectedImages.map(({ image }) => image);
    const chosen = selected.length > 0 ? selected : [await this.find(vscode.l10n.t('Which Image?'))];
    return chosen.filter((image) => image !== undefined);
  }

  async #byId(): Promise<ImagesById> {
    const { session, images } = this.#parts;
    return images.of(await session.connection());
  }

  async #locate({ id, region }: NamedImage): Promise<ImageRef | undefined> {
    if (region) {
      return { id, region };
    }
    const { session } = this.#parts;
    const connection = await session.connection();
    const regions = session.regions(connection);
    const [only, ...others] = regions;
    if (only !== undefined && others.length === 0) {
      return { region: only, id };
    }
    const byId = this.#parts.images.of(connection);
    const found = await byId.find(id, regions, new AbortController().signal);
    if (found) {
      return { region: found.region, id };
    }
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} is in none of the regions shown ({1}), or you may not see it.',
        id,
        regions.map(plain).join(', '),
      ),
    );
    return undefined;
  }
}
