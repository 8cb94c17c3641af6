import * as vscode from 'vscode';
import type { CatalogPort } from '../../catalog/port.ts';
import type { Image, ImageSummary } from '../../core/image.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { newestOfEach } from '../../core/newestImages.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { ImagesById } from '../../images/imagesById.ts';
import type { NamedRef, RecentImages } from '../../images/recentImages.ts';
import type { PinStore } from '../pins/pinStore.ts';
import type { Session } from '../session/session.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { ageText } from '../shared/wording.ts';
import { familyLabel } from '../trees/familyText.ts';
import type { ImagesTree } from '../trees/imagesTree.ts';
import type { FamilyNode, PublicFamilyNode } from '../trees/nodes.ts';
import type { Views } from '../trees/views.ts';
import { type FindImageButtons, findImage } from './findImage.ts';
import { type NamedImage, namedImages } from './imageArguments.ts';
import { familiesOf, selectedIn, targetNodes, usedImageOf } from './nodeArguments.ts';

export interface ImageTargetsParts {
  readonly session: Session;
  readonly publishers: PublisherSettings;
  readonly catalog: CatalogPort;
  readonly images: ConnectionImages;
  readonly imagesTree: ImagesTree;
  readonly pins: PinStore;
  readonly recent: RecentImages;
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
  find(title: string, buttons?: FindImageButtons): Promise<NamedRef | undefined> {
    const { session, publishers, catalog, images, imagesTree, pins, recent } = this.#parts;
    const deps = { session, publishers, catalog, images, loaded: imagesTree, pins, recent };
    return findImage(deps, title, buttons);
  }

  async #named(args: readonly unknown[]): Promise<readonly NamedImage[]> {
    if (familiesOf(args).length > 0) {
      return this.#imagesOf(targetNodes(args));
    }
    const given = namedImages(args);
    if (given.length > 0) {
      return given;
    }
    const view = selectedIn(args);
    if (view) {
      return this.#imagesOf(this.#parts.views.selectionOf(view));
    }
    const selected = this.#parts.views.selectedImages.map(({ image }) => image);
    const chosen = selected.length > 0 ? selected : [await this.find(vscode.l10n.t('Select an Image'))];
    return chosen.filter((image) => image !== undefined);
  }

  /** The images that nodes stand for, of families the newest; none where the user does not choose one of a family's. */
  async #imagesOf(nodes: readonly unknown[]): Promise<readonly NamedImage[]> {
    const named: NamedImage[] = [];
    for (const node of nodes) {
      const used = usedImageOf([node]);
      named.push(...(used ? [{ id: used.imageId, region: undefined }] : namedImages([node])));
      for (const family of familiesOf([node])) {
        const newest = await this.#newestOf(family);
        if (!newest) {
          return [];
        }
        named.push(...newest);
      }
    }
    return named;
  }

  /**
   * The newest available image, none where there is none; where owners or architectures have one each, the one that the
   * user picks, undefined where that is none.
   */
  async #newestOf(family: FamilyNode | PublicFamilyNode): Promise<readonly ImageSummary[] | undefined> {
    const { images, isWhole } = await this.#parts.imagesTree.imagesOfFamily(family);
    const newest = newestOfEach(images);
    const [only, second] = newest;
    if (!only) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} has no available image in {1}.', familyLabel(family), plain(family.region)),
      );
      return [];
    }
    const image = second ? await chooseNewest(family, newest) : only;
    if (image && !isWhole) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Newest of those found: {0}', plain(image.name) || plain(image.id)),
      );
    }
    return image && [image];
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
        '{0} was not found in the regions shown ({1}), or is not shared with this account.',
        id,
        regions.map(plain).join(', '),
      ),
    );
    return undefined;
  }
}

async function chooseNewest(
  family: FamilyNode | PublicFamilyNode,
  images: readonly ImageSummary[],
): Promise<ImageSummary | undefined> {
  const now = Date.now();
  const picked = await vscode.window.showQuickPick(
    images.map((image) => ({
      label: plain(image.name) || plain(image.id),
      description: plainFacts(image.architecture, image.id, ageText(image.creationDate, now)),
      image,
    })),
    { title: vscode.l10n.t('Select an Image'), placeHolder: familyLabel(family), matchOnDescription: true },
  );
  return picked?.image;
}
