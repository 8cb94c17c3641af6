import type { CommentedText } from '../../scripts/l10n.ts';

/** A bundle or a package.nls.json: texts by what is asked for. */
export type Texts = Readonly<Record<string, string | CommentedText>>;

/**
 * What is wrong with the texts of a language, one line each.
 * @param titles the titles of commands, in English and as they are translated: texts name commands by them
 * @param same English texts that the language has as they are
 */
export function translationProblems(
  english: Texts,
  translated: Texts,
  titles: ReadonlyMap<string, string> = new Map(),
  same: readonly string[] = [],
): readonly string[] {
  return [
    ...Object.keys(translated)
      .filter((key) => !Object.hasOwn(english, key))
      .map((key) => `“${key}” is no text any more`),
    ...Object.entries(english).flatMap(([key, text]) => {
      const said = translated[key];
      if (said === undefined) return [`“${key}” is missing`];
      // VS Code hands what stands here to the extension as it is.
      if (typeof said !== 'string') return [`“${key}” is to be a string`];
      return problemsOf(messageOf(text), said, titles, same).map((problem) => `“${key}” ${problem}: “${said}”`);
    }),
  ];
}

export function messageOf(text: string | CommentedText): string {
  return typeof text === 'string' ? text : text.message;
}

/** What a translation has as often as the English: by what is looked for in both. */
const kept: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['placeholders', /\{\d+\}/g],
  ['braces', /[{}｛｝]/g],
  ['links', /\]\([^)]*\)/g],
  ['icons', /\$\([\w~-]+\)/g],
  ['code', /`[^`]*`/g],
  ['bold words', /\*\*/g],
  ['emphasis', /(?<!\*)\*(?!\*)/g],
  ['line breaks', /\n/g],
  ['tabs', /\t/g],
  ['backslashes', /\\/g],
  ['spaces at its ends', /^\s+|\s+$/g],
  ['“…” at its end', /…$/g],
  [
    'names of settings and operations',
    /\b(?:amiExplorer\.\w+|AWS_\w+|(?:Describe|Create|Get|Modify)[A-Z]\w+|ec2:\w+)/g,
  ],
];

function problemsOf(
  english: string,
  said: string,
  titles: ReadonlyMap<string, string>,
  same: readonly string[],
): readonly string[] {
  const changed = kept.filter(([, pattern]) => foundIn(english, pattern) !== foundIn(said, pattern));
  const misnamed = [...titles].filter(
    ([title, own]) => english !== title && isSentence(title) && english.includes(title) && !said.includes(own),
  );
  return [
    ...(said.trim() === '' && english.trim() !== '' ? ['is empty'] : []),
    ...(said === english && isSentence(english) && !same.includes(english) ? ['is still English'] : []),
    ...changed.map(([what]) => `has other ${what}`),
    ...misnamed.map(([, own]) => `does not name the command “${own}”`),
  ];
}

function foundIn(text: string, pattern: RegExp): string {
  return (text.match(pattern) ?? []).sort().join('\n');
}

/** Whether a text has several words of its own; a single one may be the same in another language. */
function isSentence(text: string): boolean {
  const own = text.replace(/\{\d+\}|`[^`]*`|\]\([^)]*\)|\$\([\w~-]+\)/g, ' ');
  return (own.match(/\p{L}{2,}/gu) ?? []).length > 1;
}
