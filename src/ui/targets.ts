import type { Image } from '../core/image.ts';
import { isImageId } from '../core/imageId.ts';

/** An image by where it is. */
export interface ImageRef {
  readonly region: string;
  readonly id: string;
}

/**
 * The images that a command is about: what the tree hands over (the clicked node, then all selected ones), a list of
 * images, or nothing.
 */
export function imagesOf(args: readonly unknown[]): readonly Image[] {
  const [clicked, selected] = args;
  const first = imageOf(clicked);
  if (!first) {
    return [];
  }
  const all = Array.isArray(selected) ? selected.flatMap((node) => imageOf(node) ?? []) : [];
  // A click beside the selection is about what was clicked.
  return all.some((image) => image.id === first.id && image.region === first.region) ? all : [first];
}

/** The id that another extension, a keybinding or a link hands to a command. */
export function imageIdOf(args: readonly unknown[]): { id: string; region: string | undefined } | undefined {
  const [value, region] = args;
  if (typeof value === 'string' && isImageId(value)) {
    return { id: value, region: typeof region === 'string' ? region : undefined };
  }
  if (typeof value === 'object' && value !== null) {
    const id: unknown = Reflect.get(value, 'id');
    const where: unknown = Reflect.get(value, 'region');
    if (typeof id === 'string' && isImageId(id)) {
      return { id, region: typeof where === 'string' ? where : undefined };
    }
  }
  return undefined;
}

function imageOf(value: unknown): Image | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const kind: unknown = Reflect.get(value, 'kind');
  const image: unknown = kind === 'image' ? Reflect.get(value, 'image') : value;
  return isImage(image) ? image : undefined;
}

function isImage(value: unknown): value is Image {
  return (
    typeof value === 'object' &&
    value !== null &&
    isImageId(String(Reflect.get(value, 'id'))) &&
    typeof Reflect.get(value, 'region') === 'string' &&
    Array.isArray(Reflect.get(value, 'blockDevices'))
  );
}
