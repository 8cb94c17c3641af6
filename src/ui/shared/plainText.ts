import { displayText, visibleSentence } from '../../core/visibleText.ts';

/**
 * The one way of strangers' text (names, tags, descriptions, an endpoint's words, profiles, settings) to the editor's
 * surfaces: labels, notifications, prompts, titles, dialogs. To be applied once, to the text alone.
 */
export function plain(text: string): string {
  return withoutMarkup(displayText(text));
}

/** A whole sentence that holds such texts, which may have been through `plain`; line breaks are meant. */
export function plainMessage(text: string): string {
  return withoutMarkup(visibleSentence(text));
}

/**
 * Such a text for a Markdown string. `MarkdownString.appendText` leaves entities and GFM's autolinks as they are; every
 * character that means anything to Markdown is written by its number here, which Markdown takes for text.
 */
export function plainMarkdown(text: string): string {
  return displayText(text).replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** `i-0123… · running · t3.micro`: several such texts beside each other, those that there are. */
export function plainFacts(...facts: readonly (string | false | undefined)[]): string {
  return facts
    .map((fact) => (fact ? plain(fact) : ''))
    .filter((fact) => fact !== '')
    .join(' · ');
}

/** `web-1 (i-0123…)`, or the id alone. */
export function nameAndId({ id, name = '' }: { readonly id: string; readonly name?: string }): string {
  const shown = plain(name);
  return shown ? `${shown} (${plain(id)})` : plain(id);
}

/**
 * The editor draws icons (`$(…)`) in quick picks, prompts and the status bar, and links (`[…](…)`, `command:` ones among them)
 * in notifications, prompts and validation messages. A hair space in between keeps both from being read.
 */
function withoutMarkup(text: string): string {
  return text.replaceAll('$(', '$\u200a(').replaceAll('](', ']\u200a(');
}
