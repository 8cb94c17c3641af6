import type { Reference } from '../code/reference.ts';
import { offlineFindings } from '../hints/offlineFindings.ts';
import type { ScannedFile } from '../scan/scanFiles.ts';

/** One line of the report: each reference, with `rule` where something is wrong with it. */
export interface JsonRow {
  readonly file: string;
  /** From 1, in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly kind: Reference['kind'];
  readonly value: string;
  readonly region: readonly string[];
  readonly regionFrom: string | null;
  readonly rule?: string;
  readonly severity?: string;
  readonly message?: string;
}

export function jsonRows({ path, text, references }: ScannedFile): readonly JsonRow[] {
  const place = placesIn(text);
  const findings = new Map(offlineFindings(references).map((finding) => [finding.reference, finding]));
  return references.map((reference) => {
    const span = reference.kind === 'lookup' ? reference.whole : reference.span;
    const [start, end] = [place(span.start), place(span.end)];
    const { regions, isGuess, from } = reference.region;
    const finding = findings.get(reference);
    return {
      file: path,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      kind: reference.kind,
      value: reference.value,
      region: regions,
      regionFrom: from === undefined ? null : isGuess ? `guess: ${from}` : from,
      ...(finding && { rule: finding.rule, severity: finding.severity }),
    };
  });
}

/** Line and column of an offset, both from 1. */
function placesIn(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ index, 0: end }) => index + end.length)];
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
