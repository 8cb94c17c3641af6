import * as vscode from 'vscode';
import { plainMarkdown } from './plainText.ts';
import { ageText, dateText } from './wording.ts';

/** The most devices or tags that a card lists, to fit the screen. */
export const listed = 8;

/**
 * The Markdown of a tooltip: a title, and a row for each value. All texts are from AWS, and are appended as plain text.
 */
export class Card {
  readonly markdown = new vscode.MarkdownString();

  constructor(title: string) {
    this.markdown.appendMarkdown('**');
    this.#text(title);
    this.markdown.appendMarkdown('**\n\n');
  }

  paragraph(text: string | undefined): void {
    if (text && text.trim() !== '') {
      this.#text(text);
      this.markdown.appendMarkdown('\n\n');
    }
  }

  row(label: string, value: string | undefined): void {
    if (value) {
      this.#text(label);
      this.markdown.appendMarkdown(': ');
      this.#text(value);
      this.markdown.appendMarkdown('  \n');
    }
  }

  rest(count: number): void {
    if (count > 0) {
      this.#text(vscode.l10n.t('… and {0} more', count));
      this.markdown.appendMarkdown('  \n');
    }
  }

  #text(text: string): void {
    this.markdown.appendMarkdown(plainMarkdown(text));
  }
}

export function datesText(date: string | undefined, now: number): string | undefined {
  return date && [dateText(date), ageText(date, now)].filter(Boolean).join(' · ');
}
