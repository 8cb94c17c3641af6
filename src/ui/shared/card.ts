import * as vscode from 'vscode';
import { type CommandId, commands } from '../../contributions/commands.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { plainMarkdown } from './plainText.ts';
import { ageText, dateText } from './wording.ts';

/** The most devices or tags that a card lists, to fit the screen. */
export const listed = 8;

/** A text that leads somewhere. */
export interface CardLink {
  readonly text: string;
  /** A URI, as a text without brackets. */
  readonly target: string;
}

/** A link that runs a command. Links of cards whose commands are not enabled do nothing. */
export function commandLink(text: string, command: CommandId, ...args: readonly string[]): CardLink {
  const given = args.length === 0 ? '' : `?${inTarget(encodeURIComponent(JSON.stringify(args)))}`;
  return { text, target: `command:${command}${given}` };
}

export function placeLink(text: string, uri: vscode.Uri): CardLink {
  return { text, target: inTarget(uri.toString()) };
}

/** What ends a target in Markdown, and is left as it is in URIs. */
function inTarget(uri: string): string {
  return uri.replace(/[()<>'"\\\s]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/**
 * The Markdown of a tooltip: a title, and a row for each value. All texts are from AWS or from code, and are appended as
 * plain text.
 */
export class Card {
  readonly markdown = new vscode.MarkdownString();

  constructor(title: string) {
    this.markdown.appendMarkdown('**');
    this.#text(title);
    this.markdown.appendMarkdown('**\n\n');
  }

  /** A title of the rows below it. */
  heading(text: string): void {
    this.markdown.appendMarkdown('\n**');
    this.#text(text);
    this.markdown.appendMarkdown('**\n\n');
  }

  paragraph(text: string | undefined): void {
    if (text && text.trim() !== '') {
      this.#text(text);
      this.markdown.appendMarkdown('\n\n');
    }
  }

  row(label: string, value: string | undefined, ...more: readonly (string | CardLink)[]): void {
    if (value) {
      this.#text(label);
      this.markdown.appendMarkdown(': ');
      this.line(value, ...more);
    }
  }

  /** A row without a label: texts, and links between them. */
  line(...parts: readonly (string | CardLink)[]): void {
    this.#parts(parts);
    this.markdown.appendMarkdown('  \n');
  }

  /** An item of a list. */
  item(...parts: readonly (string | CardLink)[]): void {
    this.markdown.appendMarkdown('- ');
    this.#parts(parts);
    this.markdown.appendMarkdown('\n');
  }

  /** Ends a group of rows or items. */
  gap(): void {
    this.markdown.appendMarkdown('\n');
  }

  /** What can be done with an image. To be followed by a paragraph. */
  imageLinks({ id, region }: ImageRef): void {
    this.links([
      commandLink(vscode.l10n.t('Copy ID'), commands.copyImageId, id, region),
      commandLink(vscode.l10n.t('Details'), commands.showImage, id, region),
      commandLink(vscode.l10n.t('Insert'), commands.insertImageId, id, region),
    ]);
    this.gap();
    this.markdown.isTrusted = {
      enabledCommands: [commands.copyImageId, commands.showImage, commands.insertImageId],
    };
  }

  /** Links side by side, in a row of their own. */
  links(links: readonly CardLink[]): void {
    if (links.length > 0) {
      this.line(...links.flatMap((link, index) => (index === 0 ? [link] : [' · ', link])));
    }
  }

  rest(count: number): void {
    if (count > 0) {
      this.#text(vscode.l10n.t('… and {0} more', count));
      this.markdown.appendMarkdown('  \n');
    }
  }

  #parts(parts: readonly (string | CardLink)[]): void {
    for (const part of parts) {
      if (typeof part === 'string') {
        // Between parts, spaces count.
        this.markdown.appendMarkdown(part.startsWith(' ') ? ' ' : '');
        this.#text(part);
        this.markdown.appendMarkdown(part.endsWith(' ') ? ' ' : '');
      } else {
        this.markdown.appendMarkdown('[');
        this.#text(part.text);
        this.markdown.appendMarkdown(`](${part.target})`);
      }
    }
  }

  #text(text: string): void {
    this.markdown.appendMarkdown(plainMarkdown(text));
  }
}

export function datesText(date: string | undefined, now: number): string | undefined {
  return date && [dateText(date), ageText(date, now)].filter(Boolean).join(' · ');
}
