import * as vscode from 'vscode';
import { familyOf } from '../../../core/family.ts';
import type { ImageSummary } from '../../../core/image.ts';
import type { ResolvedReference } from '../../../hints/referencedImages.ts';
import { plain } from '../../shared/plainText.ts';
import { listText, statusText, timeSpanText } from '../../shared/wording.ts';
import { fittedHint } from './fittedHint.ts';

export interface ImageHint {
  readonly text: string;
  /** Undefined where there is none to show. */
  readonly image: ImageSummary | undefined;
}

/** What a hint says of an id: `Ubuntu 24.04 arm64 · 3 months · deprecated`. Undefined while it is not known. */
export function imageHint(resolved: ResolvedReference, now: number): ImageHint | undefined {
  const { images, elsewhere, was } = resolved;
  const image = images.flatMap((answer) => answer.image ?? [])[0];
  if (image) return { text: hintText(image, now, statusText(image, now)), image };
  if (images.length === 0 || images.some(({ error }) => error !== undefined)) return undefined;
  const missing =
    images.length <= 2
      ? vscode.l10n.t('not in {0}', listText(images.map(({ region }) => plain(region))))
      : vscode.l10n.t('not found');
  const [other] = elsewhere;
  // Where it is takes more room than there is: the card says it.
  if (other) return { text: hintText(other, undefined, missing), image: other };
  const gone = vscode.l10n.t('no longer in {0}', plain(was?.region ?? ''));
  return was ? { text: hintText(was, now, gone), image: was } : { text: missing, image: undefined };
}

/** @param now undefined where its age does not matter */
function hintText(image: ImageSummary, now: number | undefined, state: string | undefined): string {
  const age = now === undefined ? undefined : timeSpanText(image.creationDate, now);
  const family = familyOf(image).label || image.name || image.id;
  return fittedHint({ family, architecture: image.architecture, age, state });
}
