import * as vscode from 'vscode';
import { familyOf } from '../../../core/family.ts';
import type { ImageSummary } from '../../../core/image.ts';
import type { ResolvedReference } from '../../../hints/referencedImages.ts';
import { plain } from '../../shared/plainText.ts';
import { statusText, timeSpanText } from '../../shared/wording.ts';

/** In characters. The editor cuts a longer hint at its end, unless set otherwise, where the state stands. */
const maxLength = 43;

/** In characters: less says nothing. */
const minFamilyLength = 12;

/** Other words for an architecture in names. */
const architectureNames: Readonly<Record<string, RegExp>> = {
  x86_64: /\b(?:x86_64|amd64|x64)\b/i,
  arm64: /\b(?:arm64|aarch64)\b/i,
  i386: /\b(?:i386|i686|x86)\b/i,
  x86_64_mac: /\bx86_64(?:_mac)?\b/i,
  arm64_mac: /\barm64(?:_mac)?\b/i,
};

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
      ? vscode.l10n.t('not in {0}', images.map(({ region }) => plain(region)).join(', '))
      : vscode.l10n.t('not found');
  const [other] = elsewhere;
  // Where it is takes more room than there is: the card says it.
  if (other) return { text: hintText(other, undefined, missing), image: other };
  const gone = vscode.l10n.t('no longer in {0}', plain(was?.region ?? ''));
  return was ? { text: hintText(was, now, gone), image: was } : { text: missing, image: undefined };
}

/**
 * What it is, for which architecture, how old, and its state. A long family is cut, so that the rest is seen.
 *
 * @param now undefined where its age does not matter
 */
function hintText(image: ImageSummary, now: number | undefined, state: string | undefined): string {
  const family = [...(familyOf(image).label || image.name || image.id)];
  const architecture = architectureBeside(family.join(''), image);
  const age = now === undefined ? undefined : timeSpanText(image.creationDate, now);
  const behind = [age, state].filter(Boolean).map((text) => ` · ${text}`);
  const rest = (architecture ? ` ${plain(architecture)}` : '') + behind.join('');
  const room = Math.max(minFamilyLength, maxLength - rest.length);
  const shown =
    family.length > room
      ? `${family
          .slice(0, room - 1)
          .join('')
          .trimEnd()}…`
      : family.join('');
  return plain(shown) + rest;
}

/** The architecture, where the family's name does not tell it. */
function architectureBeside(family: string, { architecture }: ImageSummary): string | undefined {
  const names = architecture === undefined ? undefined : architectureNames[architecture];
  const isTold = !architecture || (names ? names.test(family) : family.includes(architecture));
  return isTold ? undefined : architecture;
}
