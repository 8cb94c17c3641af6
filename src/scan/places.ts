import type { TextPlace } from './port.ts';

/** Where lines begin behind `\n`, `\r\n` and, as long ago, `\r`. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  let lone = text.indexOf('\r');
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
    for (; lone !== -1 && lone < end - 1; lone = text.indexOf('\r', lone + 1)) starts.push(lone + 1);
    if (lone === end - 1) lone = text.indexOf('\r', end);
    starts.push(end + 1);
  }
  for (; lone !== -1; lone = text.indexOf('\r', lone + 1)) starts.push(lone + 1);
  return starts;
}

/** Finds line and column of offsets in a text. */
export class Places {
  readonly #text: string;
  /** Where the lines begin. */
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = lineStarts(text);
  }

  of(offset: number): TextPlace {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (this.#starts[low] ?? 0) };
  }

  /** The line of an offset without its end, or the part of a long line around the offset. */
  lineAround(offset: number, maxLength: number): string {
    const { line, character } = this.of(offset);
    const start = this.#starts[line] ?? 0;
    const end = this.#starts[line + 1] ?? this.#text.length;
    const from = start + Math.max(0, character - Math.floor(maxLength / 2));
    return this.#text.slice(from, Math.min(end, from + maxLength)).trim();
  }
}
