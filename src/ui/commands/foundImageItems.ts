import * as vscode from 'vscode';
import type { ImageSummary } from '../../core/image.ts';
import type { Standing } from '../../core/imageStanding.ts';
import { type Publisher, publisherOf } from '../../core/publishers.ts';
import type { FoundImages } from '../../images/foundImages.ts';
import type { OfferedImages } from '../../images/offeredImages.ts';
import type { NamedRef } from '../../images/recentImages.ts';
import { UnaskedSearch } from '../../images/searchedImages.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import { problemText, unaskedText } from '../shared/queryText.ts';
import { ageText, statusText } from '../shared/wording.ts';

/** A row of Find Image…; those without an image are separators and notes. */
export interface ImageItem extends vscode.QuickPickItem {
  readonly image?: NamedRef;
}

export interface ItemParts {
  readonly standingOf: (image: ImageSummary) => Standing;
  /** The publishers of the user's settings. */
  readonly publishers: readonly Publisher[];
  readonly buttons: readonly vscode.QuickInputButton[];
}

/** The images by standing, those of unverified owners last, below what has failed. */
export function foundItems(found: FoundImages, parts: ItemParts): readonly ImageItem[] {
  const now = Date.now();
  const { inRegions } = found;
  const rows = [
    ...inRegions.flatMap(({ error }) =>
      error === undefined || isUnasked({ error }) ? [] : [note('error', describeError(error).message)],
    ),
    ...found.groups.flatMap(({ standing, images }) => [
      separator(standingLabel(standing)),
      ...images.map((image) => imageItem(image, standing, parts, now)),
    ]),
    ...inRegions.flatMap(({ region, hidden }) =>
      hidden > 0
        ? [note('ellipsis', vscode.l10n.t('{0} more in {1}. Type more words to find them.', hidden, plain(region)))]
        : [],
    ),
  ];
  return rows.length > 0 && inRegions.some(isUnasked) ? [...rows, note('info', unaskedText())] : rows;
}

function isUnasked({ error }: { readonly error: unknown }): boolean {
  return error instanceof UnaskedSearch;
}

/** What is there before anything is typed. */
export function offeredItems(offered: OfferedImages, parts: ItemParts): readonly ImageItem[] {
  const now = Date.now();
  const group = (label: string, refs: readonly NamedRef[]) =>
    refs.length === 0
      ? []
      : [
          separator(label),
          ...refs.map((ref) => {
            const image = offered.known(ref);
            return image ? imageItem(image, parts.standingOf(image), parts, now) : unknownItem(ref, parts);
          }),
        ];
  return [
    ...group(vscode.l10n.t('Pinned'), offered.pinned),
    ...group(vscode.l10n.t('Recently opened'), offered.recent),
  ];
}

/** The row where nothing is found, or not yet. */
export function nothingItem({ canAsk, inRegions, problems }: FoundImages, isAsking: boolean): ImageItem {
  const [problem] = problems;
  if (problem) {
    return note('warning', problemText(problem));
  }
  if (!canAsk) {
    return note('info', vscode.l10n.t('Type at least two characters to search'));
  }
  if (isAsking) {
    return note('loading~spin', vscode.l10n.t('Searching…'));
  }
  return note('info', inRegions.some(isUnasked) ? unaskedText() : vscode.l10n.t('No image found'));
}

/** Before anything is known. */
export function loadingItem(): ImageItem {
  return note('loading~spin', vscode.l10n.t('Loading…'));
}

function imageItem(
  image: ImageSummary,
  standing: Standing,
  { publishers, buttons }: ItemParts,
  now: number,
): ImageItem {
  return {
    image,
    label: `$(${standingIcon[standing]}) ${plain(image.name) || plain(image.id)}`,
    description: plainFacts(image.id, image.architecture),
    detail: `${ownerText(image, standing, publishers)} · ${plainFacts(
      ageText(image.creationDate, now),
      statusText(image, now),
      image.region,
    )}`,
    alwaysShow: true,
    buttons,
  };
}

/** Of an image of which EC2 has not told yet. */
function unknownItem(image: NamedRef, { buttons }: ItemParts): ImageItem {
  return {
    image,
    label: `$(package) ${plain(image.name) || plain(image.id)}`,
    description: plainFacts(image.id),
    detail: plainFacts(image.region),
    alwaysShow: true,
    buttons,
  };
}

function ownerText(image: ImageSummary, standing: Standing, publishers: readonly Publisher[]): string {
  switch (standing) {
    case 'own':
      return vscode.l10n.t('owned by me');
    case 'shared':
      return vscode.l10n.t('shared by {0}', plain(image.ownerId));
    case 'verified':
    case 'fromSettings':
      return plain(publisherOf(image, publishers)?.name ?? image.ownerId);
    case 'unverified':
      return vscode.l10n.t('unverified owner {0}', plain(image.ownerId));
  }
}

function standingLabel(standing: Standing): string {
  switch (standing) {
    case 'own':
      return vscode.l10n.t('Owned by me');
    case 'shared':
      return vscode.l10n.t('Shared with me');
    case 'verified':
      return vscode.l10n.t('Verified publishers');
    case 'fromSettings':
      return vscode.l10n.t('Publishers from your settings');
    case 'unverified':
      return vscode.l10n.t('Unverified owners');
  }
}

const standingIcon: Readonly<Record<Standing, string>> = {
  own: 'package',
  shared: 'organization',
  verified: 'verified',
  fromSettings: 'account',
  unverified: 'question',
};

function separator(label: string): ImageItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function note(icon: string, text: string): ImageItem {
  return { label: `$(${icon}) ${text}`, alwaysShow: true };
}
