/**
 * What strangers have written (names, descriptions, tags, an endpoint's errors), fit to be shown. A text may hold characters
 * that nobody sees and that reorder, hide or forge what stands around them: those are shown as `‹U+202E›`. What a script or
 * an emoji needs of them stays. What a surface takes for markup is that surface's business.
 */

/**
 * Controls, format characters, line and paragraph separators, halves of surrogate pairs, what Unicode has not assigned or
 * leaves to fonts, and what is drawn as nothing (Unicode, `Default_Ignorable_Code_Point`; U+2800 is a blank Braille cell).
 */
export const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What most texts are, of which there are many: ASCII that is drawn, and lines; on one line, single spaces between. */
const ordinary = /^[\n\r\t\x20-\x7e]*$/;
const ordinaryLine = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** Format characters that are drawn, before or below a number (Unicode, `Prepended_Concatenation_Mark`). */
const drawnFormat = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;

/** Scripts that write words with joiners and non-joiners in them (Unicode, UAX #31, "Layout and Format Control Characters"). */
const joiningScript =
  /[\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u;

/** The three flags that are spelled with tag characters: England, Scotland, Wales (Unicode, `RGI_Emoji_Tag_Sequence`). */
const blackFlag = '\u{1f3f4}';
const tagFlags = ['gbeng', 'gbsct', 'gbwls'].map((region) => [
  blackFlag,
  ...[...region].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))),
  '\u{e007f}',
]);

/** More marks than these on one letter reach into the lines above and below. */
const marksOnALetter = 4;

/** How many different characters of a run are named one by one. */
const namedInARun = 12;

/** Letters and digits that are written from right to left, by their blocks. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Longer texts are cut where they stand among others: EC2 allows names of 128 characters and descriptions of 255. */
const labelLength = 300;

const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/**
 * The text on one line with all that nobody sees made visible; white space is a space. A text that itself holds `‹U+` has the
 * `‹` shown by its number, so that no text can pretend what it does not hold. To be applied once.
 */
export function visibleText(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  return text.length <= maxLength && ordinaryLine.test(text) ? text : onOneLine(makeVisible(text, false), maxLength);
}

/**
 * `visibleText` for a label or the gap of a sentence: cut where it is overlong, and isolated where it is written from right to
 * left, so that it does not reorder what stands beside it.
 */
export function displayText(text: string, maxLength = labelLength): string {
  const shown = visibleText(text, maxLength);
  return rightToLeft.test(shown) ? `${firstStrongIsolate}${shown}${popIsolate}` : shown;
}

/**
 * A sentence with texts in it that have been through `displayText`: what has not is made visible all the same. May be applied
 * again and again; isolates stay where each has its end, line breaks too.
 */
export function visibleSentence(sentence: string): string {
  return ordinary.test(sentence) ? sentence : makeVisible(sentence, true).join('');
}

/** JSON in which whatever nobody sees is written by its number: the same value to whoever reads it. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(new RegExp(`(?!\\n)${unseen.source}`, 'gu'), (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at))}`).join(''),
  );
}

/** The characters as they are to be shown: single ones, and a piece for each run of those that nobody sees. */
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
    const kept =
      isSpace(character) ||
      (keepIsolates && (character === firstStrongIsolate || character === popIsolate)) ||
      (unseen.test(character) && !drawnFormat.test(character)
        ? isNeeded(character, before, characters[at + 1])
        : isMark
          ? before !== undefined && !isSpace(before) && marks <= marksOnALetter
          : isSentence || character !== '‹' || characters[at + 1] !== 'U' || characters[at + 2] !== '+');
    if (kept) {
      endRun();
      shown.push(character);
    } else {
      run.push(character);
    }
  }
  endRun();
  return shown;
}

/** Whether a character that nobody sees has a meaning between its neighbours, and only such a one. */
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
      // A digit is an emoji only as the cap of a key.
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

/** White space as one space, none at the ends, and an ellipsis where pieces beyond the length are left out. */
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
