import { displayText, visibleSentence } from '../../core/visibleText.ts';

/**
 * Text from outside (names, tags, errors of an endpoint, profiles, settings) for the editor's labels, notifications,
 * prompts, titles and dialogs. To be applied once, to that text alone.
 */
export function plain(text: string): string {
  return withoutMarkup(displayText(text));
}

/** A message that holds such texts, `plain` or not. Its line breaks stay. */
export function plainMessage(text: string): string {
  return withoutMarkup(visibleSentence(text));
}

/**
 * Text from outside for a Markdown string, with all punctuation as character references. `MarkdownString.appendText`
 * leaves entities and GFM's autolinks as they are.
 */
export function plainMarkdown(text: string): string {
  return displayText(text).replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** `i-0123… · running · t3.micro`: several such texts in a line, without the empty ones. */
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
 * Breaks up icons (`$(…)`) and links (`[…](…)`, also to `command:`) by a hair space. The editor draws both in prompts,
 * icons in quick picks and the status bar, links in notifications and validation messages.
 */
function withoutMarkup(text: string): string {
  return text.replaceAll('$(', '$\u200a(').replaceAll('](', ']\u200a(');
}
