import * as vscode from 'vscode';
import { plainMarkdown } from './plainText.ts';
import { ageText, dateText } from './wording.ts';

/** How many devices or tags a card lists: it is to fit a screen. */
export const listed = 8;

/**
 * A Markdown string whose only markup is its own: a title, and a row a fact. Names, descriptions and tags are strangers'
 * text: appended as text, never as Markdown.
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
