import * as vscode from 'vscode';
import { familyFlags } from '../../core/familyState.ts';
import type { ImageSummary } from '../../core/image.ts';
import { datesOf, newestOfEach } from '../../core/newestImages.ts';
import { Card, listed } from '../shared/card.ts';
import { ageText, dayText, numberText } from '../shared/wording.ts';
import { familyLabel, flagText } from './familyText.ts';
import type { FamilyNode, PublicFamilyNode } from './nodes.ts';

export interface FamilyCardState {
  /** Those of the family that are listed. */
  readonly images: readonly ImageSummary[];
  /** Whether these are all. */
  readonly isWhole: boolean;
  readonly owned: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The tooltip of a family: how many images there are, which is the newest, and from when to when they are. */
export function familyCard(
  node: FamilyNode | PublicFamilyNode,
  { images, isWhole, owned, now }: FamilyCardState,
): vscode.MarkdownString {
  const card = new Card(familyLabel(node));
  const newest = newestOfEach(images);
  const [only, second] = newest;
  if (only && !second) {
    card.imageLinks(only);
  }
  card.row(
    vscode.l10n.t({ message: 'Images', comment: ['How many images a family has'] }),
    isWhole ? numberText(images.length) : vscode.l10n.t('{0} and maybe more', numberText(images.length)),
  );
  for (const image of newest.slice(0, listed)) {
    const facts = [image.name, image.id, second && image.architecture, ageText(image.creationDate, now)];
    card.row(
      isWhole
        ? vscode.l10n.t({ message: 'Newest', comment: ['The newest image of a family'] })
        : vscode.l10n.t('Newest of those found'),
      facts.filter(Boolean).join(' · '),
    );
  }
  card.rest(newest.length - listed);
  const [oldest, latest] = datesOf(images) ?? [];
  if (oldest !== undefined && latest !== undefined) {
    card.row(
      vscode.l10n.t({ message: 'Created', comment: ['From when to when the images of a family were created'] }),
      vscode.l10n.t({
        message: '{0} to {1}',
        args: [dayText(oldest), dayText(latest)],
        comment: ['A span of time, from a day to a day'],
      }),
    );
  }
  card.row(vscode.l10n.t('State'), familyFlags(images, owned, now).map(flagText).join(', '));
  return card.markdown;
}
