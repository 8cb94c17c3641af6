import * as v from 'valibot';
import type { ImageRef } from './imageRef.ts';
import { imageRef } from './imageRefSchema.ts';
import { read } from './schemas.ts';

/**
 * A link that opens the details of an image in another editor: `vscode://ami-explorer.ami-explorer/image/eu-west-1/ami-…`.
 * Neither an account nor a name is in it: whoever opens it sees what their own connection shows.
 *
 * @param scheme the editor's own, `vscode` for instance
 */
export function imageLink(scheme: string, extensionId: string, { region, id }: ImageRef): string {
  return `${scheme}://${extensionId}/image/${region}/${id}`;
}

/** The parts of a URI that the editor hands to an extension, decoded. */
export interface LinkParts {
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const link = v.object({ path: v.string(), query: v.literal(''), fragment: v.literal('') });

/** The image that a link names; undefined for any other URI. Anybody can write one: nothing of it is used but this. */
export function readImageLink(uri: LinkParts): ImageRef | undefined {
  const [empty, kind, region, id, ...more] = read(link, uri)?.path.split('/') ?? [];
  return empty === '' && kind === 'image' && more.length === 0 ? read(imageRef, { region, id }) : undefined;
}
