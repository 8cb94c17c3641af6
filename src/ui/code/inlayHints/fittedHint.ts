import { plain, plainMessage } from '../../shared/plainText.ts';

/** In characters. The editor cuts a longer hint at its end, unless set otherwise, where the state stands. */
const maxLength = 43;

/** In characters: less says nothing. */
const minFamilyLength = 12;

/** Other words for an architecture in names. */
const architectureNames: Readonly<Record<string, RegExp>> = {
  x86_64: /\b(?:x86_64|amd64|x64)\b/i,
  arm64: /\b(?:arm64|aarch64)\b/i,
  i386: /\b(?:i386|i686|x86)\b/i,
  x86_64_mac: /\bx86_64(?:_mac)?\b/i,
  arm64_mac: /\barm64(?:_mac)?\b/i,
};

export interface HintParts {
  readonly family: string;
  /** In EC2's words. */
  readonly architecture: string | undefined;
  readonly age: string | undefined;
  /** In our words or in EC2's. */
  readonly state: string | undefined;
}

/**
 * What an image is, for which architecture, how old, and its state, as far as there is room: a state counts more than an
 * age, and both more than the end of a family's name. Texts from outside become plain here.
 */
export function fittedHint(parts: HintParts): string {
  const family = plain(parts.family);
  const architecture = parts.architecture && plain(parts.architecture);
  const state = parts.state && plainMessage(parts.state);
  const { age } = parts;
  const whole = joined(family, architecture, [age, state]);
  if (lengthOf(whole) <= maxLength) return whole;
  const behind = [state ?? age];
  const isFitting = lengthOf(joined(family, architecture, behind)) <= maxLength;
  if (isFitting) return joined(family, architecture, behind);
  // The name that is left after the cut may no longer tell the architecture.
  const room = maxLength - lengthOf(joined('…', architecture, behind)) + 1;
  const characters = [...family];
  const length = Math.max(minFamilyLength, room);
  const shown =
    characters.length > length
      ? `${characters
          .slice(0, length - 1)
          .join('')
          .trimEnd()}…`
      : family;
  return joined(shown, architecture, behind);
}

function joined(family: string, architecture: string | undefined, behind: readonly (string | undefined)[]): string {
  const name = architecture && !isTold(family, architecture) ? `${family} ${architecture}` : family;
  return [name, ...behind].filter(Boolean).join(' · ');
}

function lengthOf(text: string): number {
  return [...text].length;
}

function isTold(family: string, architecture: string): boolean {
  return architectureNames[architecture]?.test(family) ?? family.includes(architecture);
}
