import { displayText } from '../../src/core/visibleText.ts';

/** Makes invisible characters visible in a text that others wrote, at any length: the style sheet cuts it. */
export function visible(text: string): string {
  return displayText(text, Number.POSITIVE_INFINITY);
}
