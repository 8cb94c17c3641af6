/** A decoded text, with the place of each of its characters in the original. */
export interface DecodedText {
  readonly text: string;
  /** Character `i` stands for the original's characters from `starts[i]` up to, but not including, `ends[i]`. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** JSON in a query string in markup has three layers. */
const mostLayers = 4;

/**
 * Escapes of URLs, of markup (the entities that occur in and around credentials), and of strings in JSON and code. URL
 * and markup escapes are also undone where they were escaped repeatedly.
 */
const escapes =
  /%(?:25)*([0-9a-f]{2})|&(?:amp;)*#x([0-9a-f]{1,6});?|&(?:amp;)*#(\d{1,7});?|&(?:amp;)*(amp|lt|gt|quot|apos|plus|sol|equals|colon|comma);|\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|\\([nrt"'/\\])/gi;

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  plus: '+',
  sol: '/',
  equals: '=',
  colon: ':',
  comma: ',',
};

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The text as it is, then with one more layer of escapes undone each time. */
export function decodingsOf(text: string): readonly DecodedText[] {
  const places = Array.from({ length: text.length + 1 }, (_, place) => place);
  let reading: DecodedText = { text, starts: places.slice(0, -1), ends: places.slice(1) };
  const readings = [reading];
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const next = decoded(reading);
    if (!next) {
      break;
    }
    readings.push(next);
    reading = next;
  }
  return readings;
}

const gap = /[\s\p{Cc}\p{Cf}]/u;

/** The reading without white space and invisible characters, which joins a value that is wrapped over lines. */
export function withoutGaps({ text, starts, ends }: DecodedText): DecodedText {
  const remaining = Array.from({ length: text.length }, (_, at) => at).filter((at) => !gap.test(text.charAt(at)));
  return {
    text: remaining.map((at) => text.charAt(at)).join(''),
    starts: remaining.map((at) => starts[at] ?? 0),
    ends: remaining.map((at) => ends[at] ?? 0),
  };
}

/** Undefined where nothing is encoded. */
function decoded({ text, starts, ends }: DecodedText): DecodedText | undefined {
  const next = { text: '', starts: [] as number[], ends: [] as number[] };
  let done = 0;
  const copyUpTo = (end: number) => {
    for (; done < end; done += 1) {
      next.text += text.charAt(done);
      next.starts.push(starts[done] ?? 0);
      next.ends.push(ends[done] ?? 0);
    }
  };
  for (const match of text.matchAll(escapes)) {
    copyUpTo(match.index);
    const after = match.index + match[0].length;
    for (const unit of meaningOf(match).split('')) {
      next.text += unit;
      next.starts.push(starts[match.index] ?? 0);
      next.ends.push(ends[after - 1] ?? 0);
    }
    done = after;
  }
  if (done === 0) {
    return undefined;
  }
  copyUpTo(text.length);
  return next;
}

function meaningOf([whole, percent, hex, decimal, name, unit, point, byte, sign]: RegExpExecArray): string {
  if (name !== undefined) {
    return named[name.toLowerCase()] ?? whole;
  }
  if (sign !== undefined) {
    return controls[sign] ?? sign;
  }
  const code =
    decimal === undefined ? Number.parseInt(percent ?? hex ?? unit ?? point ?? byte ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** Replaces each run of characters at the given places with `replacement`. */
export function replacePlaces(text: string, places: ReadonlySet<number>, replacement: string): string {
  if (places.size === 0) {
    return text;
  }
  let result = '';
  for (let place = 0; place < text.length; place += 1) {
    if (!places.has(place)) {
      result += text.charAt(place);
    } else if (!places.has(place - 1)) {
      result += replacement;
    }
  }
  return result;
}

/** Adds the original's places for the characters of a reading from `start` up to, but not including, `end`. */
export function addPlaces(places: Set<number>, { starts, ends }: DecodedText, start: number, end: number): void {
  for (let at = start; at < end; at += 1) {
    for (let place = starts[at] ?? 0; place < (ends[at] ?? 0); place += 1) {
      places.add(place);
    }
  }
}
