import { replacementCharacter } from './mendedReferences.ts';

/** What saxes says of `]]>` and of references that XML does not know, and goes on after: it leaves them as they are. */
const faults = /disallowed in char data\.$|^(?:undefined|malformed character) entity\.$|in entity name\.$/;

/** The characters that XML does not allow, of those that a decoder of UTF-8 answers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
const disallowed = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;

export function isFaultOfText(error: Error): boolean {
  return faults.test(error.message);
}

export function withoutControls(text: string): string {
  return text.replace(disallowed, replacementCharacter);
}
