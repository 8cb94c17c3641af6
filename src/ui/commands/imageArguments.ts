import { isResourceId } from '../../core/imageId.ts';

/** An image that a command is given, as far as the argument says which it is. */
export interface NamedImage {
  readonly id: string;
  /** Undefined for an id alone: it may be in any region. */
  readonly region: string | undefined;
}

/**
 * The images that a command is about: what a tree hands over (the clicked node, then all selected ones), an id and maybe
 * its region, an image, or whatever has an `id` and a `region`. Empty where the arguments name none.
 */
export function namedImages([clicked, selected]: readonly unknown[]): readonly NamedImage[] {
  if (typeof clicked === 'string') {
    return isResourceId(clicked) ? [{ id: clicked, region: textOf(selected) }] : [];
  }
  const first = namedImage(clicked);
  if (!first) {
    return [];
  }
  const all = Array.isArray(selected) ? selected.flatMap((value) => namedImage(value) ?? []) : [];
  // A click beside the selection is about what was clicked.
  return all.some(({ id, region }) => id === first.id && region === first.region) ? all : [first];
}

function namedImage(value: unknown): NamedImage | undefined {
  switch (property(value, 'kind')) {
    case 'image':
      return ofIdAndRegion(property(value, 'image'));
    case 'parameter': {
      const parameter = property(value, 'parameter');
      return named(property(parameter, 'imageId'), property(parameter, 'region'));
    }
    case undefined:
      return ofIdAndRegion(value);
    default:
      // A region, a publisher or another node of a tree.
      return undefined;
  }
}

function ofIdAndRegion(value: unknown): NamedImage | undefined {
  return named(property(value, 'id'), property(value, 'region'));
}

function named(id: unknown, region: unknown): NamedImage | undefined {
  return typeof id === 'string' && isResourceId(id) ? { id, region: textOf(region) } : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
