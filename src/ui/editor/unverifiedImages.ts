import * as vscode from 'vscode';
import { findImageIds } from '../../code/imageIds.ts';
import type { ImageSummary } from '../../core/image.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { standingOf } from '../../core/imageStanding.ts';
import type { Publisher } from '../../core/publishers.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { Session } from '../session/session.ts';
import { plain } from '../shared/plainText.ts';

export interface UnverifiedImagesParts {
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly publishers: { readonly publishers: readonly Publisher[] };
  /** Other regions than those of the views from which images may come. */
  readonly moreRegions: () => readonly string[];
  readonly showDetails: (ref: ImageRef) => Promise<void>;
}

/** Warns where images of unverified owners were put into code. Only what is known without a call counts. */
export class UnverifiedImages {
  readonly #parts: UnverifiedImagesParts;

  constructor(parts: UnverifiedImagesParts) {
    this.#parts = parts;
  }

  async noteTexts(texts: readonly string[]): Promise<void> {
    await this.noteIds([...new Set(texts.flatMap((text) => findImageIds(text).map(({ value }) => value)))]);
  }

  async noteIds(ids: readonly string[]): Promise<void> {
    const found = await this.#among(ids);
    const [first] = found;
    if (!first) {
      return;
    }
    const details = vscode.l10n.t('Show Details');
    const picked = await vscode.window.showWarningMessage(
      found.length === 1
        ? vscode.l10n.t(
            'You inserted an image of the unverified owner {0}. Anyone can publish an image named {1}.',
            plain(first.ownerId),
            plain(first.name) || plain(first.id),
          )
        : vscode.l10n.t(
            'You inserted {0} images of unverified owners. Anyone can publish an image under any name.',
            found.length,
          ),
      details,
    );
    if (picked === details) {
      await this.#parts.showDetails(first);
    }
  }

  async #among(ids: readonly string[]): Promise<readonly ImageSummary[]> {
    const { session, images, publishers, moreRegions } = this.#parts;
    const { state, identity } = session;
    // Without the account's number, one's own public images could not be told from a stranger's.
    if (state.kind !== 'open' || !identity || ids.length === 0) {
      return [];
    }
    const { connection } = state;
    const regions = [...new Set([...session.regions(connection), ...moreRegions()])];
    const refs = ids.flatMap((id) => regions.map((region) => ({ region, id })));
    const known = await images.of(connection).getWithoutCall(refs);
    return known
      .filter((image) => image !== undefined)
      .filter((image) => standingOf(image, identity.account, publishers.publishers) === 'unverified');
  }
}
