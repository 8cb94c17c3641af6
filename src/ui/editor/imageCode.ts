import type { Image, ImageSummary } from '../../core/image.ts';
import { renderSnippet, type SnippetKind } from '../../core/snippets.ts';
import { type LookupPeers, lookupPeers } from '../../images/lookupPeers.ts';
import type { Session } from '../session/session.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';

export interface ImageCodeParts {
  readonly session: Session;
  readonly publishers: PublisherSettings;
  /** The images of the tree, against which a lookup is checked. */
  readonly loadedImages: () => readonly ImageSummary[];
}

/** Code for images, with lookups that are checked against what EC2 finds by them. */
export interface ImageCode {
  /** Asks EC2 at once, so that the answer is there when the user has chosen. */
  of(images: readonly Image[]): (kind: SnippetKind) => Promise<string>;
}

export function imageCode({ session, publishers, loadedImages }: ImageCodeParts): ImageCode {
  return {
    of: (images) => {
      const context = { account: session.identity?.account, publishers: publishers.publishers, now: Date.now() };
      const { state } = session;
      const asked = state.kind === 'open' ? lookupPeers(images, context, state.connection.ec2) : undefined;
      return async (kind) => {
        const peers: LookupPeers | undefined = kind.keeps === 'lookup' ? await asked : undefined;
        const unchecked = peers?.unchecked ?? new Set(images.map(({ id }) => id));
        const known = [...(peers?.images ?? []), ...loadedImages()];
        return renderSnippet(kind.id, images, { ...context, known, unchecked });
      };
    },
  };
}
