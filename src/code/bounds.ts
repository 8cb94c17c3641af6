/**
 * How much of a text is read, and how closely. All bounds count characters (UTF-16 code units), steps or references, and
 * none goes by the clock: a text says the same on each machine. One that keeps a thread for 20 s all the same is given up
 * (`src/scan`).
 *
 * They are set so that 10 MB of the shapes that `npm run bench` tries take some 1.5 s of the thread and 250 MB, and up to
 * 2.5 s and 400 MB where each line has an id. Texts that people write stay far below. Behind a bound nothing is lost: ids
 * are found in all of a text by their form, and what stands in their line tells their regions.
 */

/** Larger texts are left out: nobody writes them by hand. */
export const maxTextLength = 20_000_000;

/** How much of a text is read as a tree, by what reads it: what is behind is read by its lines. */
export const maxParsed = {
  /** 0.1 s for each MB with what is looked for in its tree: a whole state of Terraform. See also `maxJsonTokens`. */
  json: 10_000_000,
  /** 0.3 s for each MB. */
  yaml: 2_000_000,
  ini: 2_000_000,
  /** 0.3 s for each MB. */
  hcl: 2_000_000,
  /** 0.7 s for each MB, with JavaScript and Python as far as `maxParserSteps` goes. */
  program: 750_000,
  /** 0.5 s for each MB. */
  shell: 750_000,
  /** 0.7 s for each MB: longer texts are logs. */
  prose: 500_000,
} as const;

/** Brackets, commas, colons and values, each of which takes 100 bytes of memory. 10 MB of a state have a million. */
export const maxJsonTokens = 1_100_000;

/**
 * Steps of a parser of JavaScript or Python: a token or what it completes. 1 MB of a program takes some 400,000, each of
 * 2.5 µs, which is ten times as much in a text that is no program at all. What is behind is read by brackets and quotes.
 */
export const maxParserSteps = 200_000;

/** References of a text whose surroundings are looked at: what is behind them is read by its lines. 10 µs each. */
export const maxPlaced = 20_000;

/** The lines of a text that are within a bound; of a line that is longer, its beginning. */
export function withinBound(text: string, most: number): string {
  if (text.length <= most) return text;
  const lineEnd = text.lastIndexOf('\n', most - 1);
  return text.slice(0, lineEnd > most / 2 ? lineEnd + 1 : most);
}
