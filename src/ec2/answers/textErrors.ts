import { replacementCharacter } from './referenceRepair.ts';

/** The errors of saxes for `]]>` and unknown references in text. It leaves the text as it is and goes on parsing. */
const textErrors = /disallowed in char data\.$|^(?:undefined|malformed character) entity\.$|in entity name\.$/;

/** Characters that a UTF-8 decoder can return but XML does not allow. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for control characters.
const disallowed = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;

export function isTextError(error: Error): boolean {
  return textErrors.test(error.message);
}

export function withoutControls(text: string): string {
  return text.replace(disallowed, replacementCharacter);
}
