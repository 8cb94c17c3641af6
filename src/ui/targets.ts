import * as vscode from 'vscode';
import type { CatalogPort } from '../catalog/port.ts';
import { type Image, type ImageSummary, isWhole } from '../core/image.ts';
import { isResourceId } from '../core/imageId.ts';
import type { LatestParameter } from '../core/latest.ts';
import { sideBySide } from '../images/sideBySide.ts';
import { type FindImageButtons, findImage } from './findImage.ts';
import { plain } from './plainText.ts';
import type { PublisherSettings } from './publisherSettings.ts';
import type { Session } from './session.ts';
import type { ImagesTree } from './tree/imagesTree.ts';
import type { ParameterNode } from './tree/nodes.ts';
import type { Views } from './views.ts';

export interface ImageTargetsParts {
  readonly session: Session;
  readonly publishers: PublisherSettings;
  readonly catalog: CatalogPort;
  readonly imagesTree: ImagesTree;
  readonly views: Views;
}

/** Finds out which images a command is about: from its arguments, from the selection, or by asking the user. */
export class ImageTargets {
  readonly #parts: ImageTargetsParts;

  constructor(parts: ImageTargetsParts) {
    this.#parts = parts;
  }

  /** Empty when the user chooses none. */
  async images(args: readonly unknown[]): Promise<readonly ImageSummary[]> {
    const given = imagesOf(args);
    if (given.length > 0) {
      return given;
    }
    const named = imageIdOf(args);
    const parameters = parametersOf(args);
    if (parameters.length > 0) {
      const { ec2 } = await this.#parts.session.connection();
      const { signal } = new AbortController();
      const found = await Promise.all(
        parameters.map(({ region, imageId }) => ec2.describeImages(region, [imageId], signal)),
      );
      return found.flat();
    }
    if (named) {
      const ref = await this.#locate(named);
      const connection = await this.#parts.session.connection();
      return ref ? connection.ec2.describeImages(ref.region, [ref.id], new AbortController().signal) : [];
    }
    const selected = this.#parts.views.selectedImages;
    if (selected.length > 0) {
      return selected.map((node) => node.image);
    }
    const image = await this.find(vscode.l10n.t('Which Image?'));
    return image ? [image] : [];
  }

  /** What EC2 says of these images: it is asked about those that only a catalog knows, and those that are gone are left out. */
  async whole(images: readonly ImageSummary[]): Promise<readonly Image[]> {
    const unknown = images.filter((image) => !isWhole(image));
    if (unknown.length === 0) {
      return images.filter(isWhole);
    }
    const { ec2 } = await this.#parts.session.connection();
    const { signal } = new AbortController();
    const answers = await Promise.all(
      [...new Set(unknown.map(({ region }) => region))].map((region) => {
        const ids = unknown.filter((image) => image.region === region).map(({ id }) => id);
        return ec2.describeImages(region, ids, signal);
      }),
    );
    const answered = new Map(answers.flat().map((image) => [`${image.region}/${image.id}`, image]));
    return images.flatMap((image) => (isWhole(image) ? image : (answered.get(`${image.region}/${image.id}`) ?? [])));
  }

  /** Where the one image is that a command is about; its details are asked for by whoever shows them. */
  async ref(args: readonly unknown[]): Promise<ImageRef | undefined> {
    const named = imagesOf(args).length > 0 ? undefined : imageIdOf(args);
    return named ? this.#locate(named) : (await this.images(args))[0];
  }

  /** The quick pick that finds images, over all regions shown. */
  find(title: string, buttons?: FindImageButtons): Promise<ImageSummary | undefined> {
    const { session, publishers, catalog, imagesTree } = this.#parts;
    return findImage({ session, publishers, catalog, loadedImages: () => imagesTree.loadedImages }, title, buttons);
  }

  /** Ids are unique in a region only: an id without one is looked for in every region that is shown. */
  async #locate(named: NamedImage): Promise<ImageRef | undefined> {
    const { id, region } = named;
    if (region) {
      return { id, region };
    }
    const { session, imagesTree } = this.#parts;
    const loaded = imagesTree.loadedImages.find((image) => image.id === id);
    if (loaded) {
      return loaded;
    }
    const connection = await session.connection();
    const regions = session.regions(connection);
    const abort = new AbortController();
    const byId = async function* (candidate: string) {
      yield await connection.ec2.describeImages(candidate, [id], abort.signal);
    };
    try {
      // Where it is found no other region is waited for.
      for await (const [found] of sideBySide(regions.map(byId))) {
        if (found) {
          return found;
        }
      }
    } finally {
      abort.abort();
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

interface NamedImage {
  readonly id: string;
  readonly region: string | undefined;
}

/** An image by where it is. */
export interface ImageRef {
  readonly region: string;
  readonly id: string;
}

/**
 * The images that a command is about: what the tree hands over (the clicked node, then all selected ones), a list of
 * images, or nothing.
 */
function imagesOf(args: readonly unknown[]): readonly ImageSummary[] {
  const [clicked, selected] = args;
  const first = imageOf(clicked);
  if (!first) {
    return [];
  }
  const all = Array.isArray(selected) ? selected.flatMap((node) => imageOf(node) ?? []) : [];
  // A click beside the selection is about what was clicked.
  return all.some((image) => image.id === first.id && image.region === first.region) ? all : [first];
}

/** The public parameters that the tree hands over. */
function parametersOf([clicked, selected]: readonly unknown[]): readonly LatestParameter[] {
  const nodes: readonly unknown[] = Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
  return nodes.filter(isParameterNode).map(({ parameter }) => parameter);
}

function isParameterNode(value: unknown): value is ParameterNode {
  return typeof value === 'object' && value !== null && Reflect.get(value, 'kind') === 'parameter';
}

/** The id that another extension, a keybinding or a link hands to a command. */
function imageIdOf(args: readonly unknown[]): NamedImage | undefined {
  const [value, region] = args;
  if (typeof value === 'string' && isResourceId(value)) {
    return { id: value, region: typeof region === 'string' ? region : undefined };
  }
  if (typeof value === 'object' && value !== null) {
    const id: unknown = Reflect.get(value, 'id');
    const where: unknown = Reflect.get(value, 'region');
    if (typeof id === 'string' && isResourceId(id)) {
      return { id, region: typeof where === 'string' ? where : undefined };
    }
  }
  return undefined;
}

function imageOf(value: unknown): ImageSummary | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const kind: unknown = Reflect.get(value, 'kind');
  const image: unknown = kind === 'image' ? Reflect.get(value, 'image') : value;
  return isSummary(image) ? image : undefined;
}

function isSummary(value: unknown): value is ImageSummary {
  return (
    typeof value === 'object' &&
    value !== null &&
    isResourceId(String(Reflect.get(value, 'id'))) &&
    typeof Reflect.get(value, 'region') === 'string' &&
    typeof Reflect.get(value, 'name') === 'string' &&
    typeof Reflect.get(value, 'ownerId') === 'string'
  );
}
