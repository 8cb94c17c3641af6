/**
 * Makes texts from outside (names, descriptions, tags, errors of an endpoint) fit to be shown. Invisible characters can
 * reorder, hide or forge the text around them, so they are shown as `‹U+202E›`, except where a script or an emoji needs
 * them. Markup is left to the surface that would interpret it.
 */

/**
 * Controls, format characters, line and paragraph separators, unpaired surrogates, unassigned and private characters,
 * and characters without a glyph (Unicode, `Default_Ignorable_Code_Point`; U+2800 is a blank Braille cell).
 */
export const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** The fast path for most texts: printable ASCII with line breaks, or one line with single spaces. */
const ordinary = /^[\n\r\t\x20-\x7e]*$/;
const ordinaryLine = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** Format characters that are visible, before or below a number (Unicode, `Prepended_Concatenation_Mark`). */
const drawnFormat = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;

/** Scripts that use joiners and non-joiners inside words (Unicode, UAX #31, "Layout and Format Control Characters"). */
const joiningScript =
  /[\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u;

/** The three flags spelled with tag characters: England, Scotland, Wales (Unicode, `RGI_Emoji_Tag_Sequence`). */
const blackFlag = '\u{1f3f4}';
const tagFlags = ['gbeng', 'gbsct', 'gbwls'].map((region) => [
  blackFlag,
  ...[...region].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))),
  '\u{e007f}',
]);

/** More marks on one letter would reach into the lines above and below. */
const marksOnALetter = 4;

/** How many different characters of a run are listed. */
const namedInARun = 12;

/** Blocks of letters and digits that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Longer texts are cut in labels: EC2 allows names of 128 characters and descriptions of 255. */
const labelLength = 300;

const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/**
 * The text on one line, with invisible characters made visible and white space as single spaces. A literal `‹U+` has
 * its `‹` escaped too, so no text can imitate an escape; hence apply this once only.
 */
export function visibleText(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  return text.length <= maxLength && ordinaryLine.test(text) ? text : onOneLine(makeVisible(text, false), maxLength);
}

/**
 * `visibleText` for a label or a placeholder in a sentence: overlong text is cut, and right-to-left text is isolated,
 * so that it does not reorder its neighbours.
 */
export function displayText(text: string, maxLength = labelLength): string {
  const shown = visibleText(text, maxLength);
  return rightToLeft.test(shown) ? `${firstStrongIsolate}${shown}${popIsolate}` : shown;
}

/**
 * For a sentence whose placeholders went through `displayText`; other invisible characters are escaped too. Keeps line
 * breaks and balanced isolates, and may be applied repeatedly.
 */
export function visibleSentence(sentence: string): string {
  return ordinary.test(sentence) ? sentence : makeVisible(sentence, true).join('');
}

/** JSON with invisible characters escaped; it parses to the same value. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(new RegExp(`(?!\\n)${unseen.source}`, 'gu'), (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at))}`).join(''),
  );
}

/** The characters as shown: single ones, and one piece for each run of invisible characters. */
function makeVisible(text: string, isSentence: boolean): string[] {
  const characters = [...text];
  const keepIsolates = isSentence && isolatesAreBalanced(text);
  const shown: string[] = [];
  let run: string[] = [];
  let marks = 0;
  const endRun = () => {
    if (run.length > 0) {
      shown.push(`‹${runText(run)}›`);
      run = [];
    }
  };
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const flag =
      character === blackFlag &&
      tagFlags.find((sequence) => sequence.every((part, offset) => characters[at + offset] === part));
    if (flag) {
      endRun();
      shown.push(flag.join(''));
      at += flag.length - 1;
      marks = 0;
      continue;
    }
    const before = run.length > 0 ? undefined : characters[at - 1];
    const isMark = /[\p{Mn}\p{Me}]/u.test(character);
    marks = isMark ? marks + 1 : 0;
    const isShown =
      isSpace(character) ||
      (keepIsolates && (character === firstStrongIsolate || character === popIsolate)) ||
      (unseen.test(character) && !drawnFormat.test(character)
        ? isNeeded(character, before, characters[at + 1])
        : isMark
          ? before !== undefined && !isSpace(before) && marks <= marksOnALetter
          : isSentence || character !== '‹' || characters[at + 1] !== 'U' || characters[at + 2] !== '+');
    if (isShown) {
      endRun();
      shown.push(character);
    } else {
      run.push(character);
    }
  }
  endRun();
  return shown;
}

/** Whether an invisible character has a meaning between its neighbours. */
function isNeeded(character: string, before: string | undefined, after: string | undefined): boolean {
  if (before === undefined) {
    return false;
  }
  switch (character) {
    case '\u200d':
      return (
        (joiningScript.test(before) && after !== undefined && joiningScript.test(after)) ||
        (/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/u.test(before) &&
          /\p{Extended_Pictographic}/u.test(after ?? ''))
      );
    case '\u200c':
      return joiningScript.test(before) && after !== undefined && joiningScript.test(after);
    case '\ufe0e':
    case '\ufe0f':
      // A digit is an emoji only as a keycap.
      return /[0-9#*]/.test(before) ? after === '\u20e3' : /\p{Emoji}/u.test(before);
  }
  return (
    (/[\ufe00-\ufe0d\u{e0100}-\u{e01ef}]/u.test(character) && /\p{sc=Han}/u.test(before)) ||
    (/[\u180b-\u180d\u180f]/.test(character) && /\p{sc=Mong}/u.test(before) && !unseen.test(before))
  );
}

function isSpace(character: string): boolean {
  return /^[\t\n\r\p{Zs}]$/u.test(character);
}

function isolatesAreBalanced(text: string): boolean {
  let open = 0;
  for (const character of text) {
    open += character === firstStrongIsolate ? 1 : character === popIsolate ? -1 : 0;
    if (open < 0) {
      return false;
    }
  }
  return open === 0;
}

/** `U+200B×40 U+202E` */
function runText(run: readonly string[]): string {
  const named: { readonly code: string; count: number }[] = [];
  for (const character of run) {
    const code = `U+${hex(character.codePointAt(0) ?? 0)}`;
    const last = named.at(-1);
    if (last?.code === code) {
      last.count += 1;
    } else {
      named.push({ code, count: 1 });
    }
  }
  const texts = named.slice(0, namedInARun).map(({ code, count }) => (count === 1 ? code : `${code}×${count}`));
  return [...texts, ...(named.length > namedInARun ? ['…'] : [])].join(' ');
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

/** White space becomes one space, none at the ends; an ellipsis replaces pieces beyond the length. */
function onOneLine(pieces: readonly string[], maxLength: number): string {
  const line: string[] = [];
  for (const piece of pieces) {
    if (!isSpace(piece)) {
      line.push(piece);
    } else if (line.length > 0 && line.at(-1) !== ' ') {
      line.push(' ');
    }
  }
  if (line.at(-1) === ' ') {
    line.pop();
  }
  return line.length > maxLength ? `${line.slice(0, maxLength).join('').trimEnd()}…` : line.join('');
}
