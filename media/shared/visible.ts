import { displayText } from '../../src/core/visibleText.ts';

/** A stranger's text of its own or in the gap of a sentence. What is too long for its place is the style sheet's business. */
export function visible(text: string): string {
  return displayText(text, Number.POSITIVE_INFINITY);
}
