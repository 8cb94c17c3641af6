import { replacementCharacter } from './mendedReferences.ts';

/** What saxes says of characters that XML does not allow, and goes on after. */
const faults = /disallowed character\.$|is disallowed in char data\.$/;

/** The characters that XML does not allow, of those that a decoder of UTF-8 answers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
const disallowed = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;

/** Whoever makes an image writes its texts: what is wrong in one of them must not cost all others. */
export function isFaultOfText(error: Error): boolean {
  return faults.test(error.message);
}

export function withoutControls(text: string): string {
  return text.replace(disallowed, replacementCharacter);
}
