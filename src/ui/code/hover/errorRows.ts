import * as vscode from 'vscode';
import { commands } from '../../../contributions/commands.ts';
import { type Card, type CardLink, commandLink } from '../../shared/card.ts';
import { describeError, type ErrorButton } from '../../shared/presentError.ts';
import type { NoCodeConnection } from '../openImages.ts';
import { stillWaiting } from './hoverQuestion.ts';

/** Says why AWS is not asked. */
export function noConnectionRows(card: Card, state: NoCodeConnection): void {
  card.gap();
  switch (state.kind) {
    case 'untrusted':
      card.paragraph(vscode.l10n.t('AWS is not queried because this workspace is not trusted.'));
      return;
    case 'opening':
      card.paragraph(stillWaiting());
      return;
    case 'signedOut':
      card.paragraph(vscode.l10n.t('Sign in to AWS to see details.'));
      break;
    case 'noCredentials':
      card.paragraph(vscode.l10n.t('Connect an AWS account to see details.'));
      break;
    case 'failed':
      card.paragraph(vscode.l10n.t('Not connected to AWS.'));
  }
  errorRows(card, state.error);
}

/** An error, with its buttons as links. */
export function errorRows(card: Card, error: unknown): void {
  const { message, buttons } = describeError(error);
  card.gap();
  card.paragraph(message);
  card.links(buttons.flatMap(linkOf));
}

function linkOf({ title, command }: ErrorButton): readonly CardLink[] {
  const own = Object.values(commands).find((id) => id === command);
  return own ? [commandLink(title, own)] : [];
}
