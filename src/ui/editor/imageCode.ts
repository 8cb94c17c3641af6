import type { ToolCode } from '../../code/insertion/codePlace.ts';
import type { Image, ImageSummary } from '../../core/image.ts';
import { renderSnippet, renderSnippetInJson, type SnippetKind } from '../../core/snippets.ts';
import { type LookupPeers, lookupPeers } from '../../images/lookupPeers.ts';
import type { Session } from '../session/session.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';

export interface ImageCodeParts {
  readonly session: Session;
  readonly publishers: PublisherSettings;
  /** The images of the tree, against which a lookup is checked. */
  readonly loadedImages: () => readonly ImageSummary[];
}

/** The code of some images. */
export interface CodeOfImages {
  /** Resolves when EC2 has said what lookups for the images find, or has not in time. */
  readonly checked: Promise<void>;
  /** Lookups that were not checked so far say so. */
  render(kind: SnippetKind): ToolCode;
}

/** Code for images, with lookups that are checked against what EC2 finds by them: it is asked at once. */
export type ImageCode = (images: readonly Image[]) => CodeOfImages;

export function imageCode({ session, publishers, loadedImages }: ImageCodeParts): ImageCode {
  return (images) => {
    const context = { account: session.identity?.account, publishers: publishers.publishers, now: Date.now() };
    const { state } = session;
    let peers: LookupPeers | undefined;
    const ask = async () => {
      if (state.kind === 'open') {
        peers = await lookupPeers(images, context, state.connection.ec2);
      }
    };
    return {
      checked: ask(),
      render: ({ id, tool }) => {
        const unchecked = peers?.unchecked ?? new Set(images.map((image) => image.id));
        const known = { ...context, known: [...(peers?.images ?? []), ...loadedImages()], unchecked };
        return { tool, text: renderSnippet(id, images, known), json: renderSnippetInJson(id, images, known) };
      },
    };
  };
}
