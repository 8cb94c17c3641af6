import type { Reference } from '../code/reference.ts';
import { offlineFindings } from '../hints/offlineFindings.ts';
import type { ScannedFile } from '../scan/port.ts';

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

export function jsonRows({ path, references }: ScannedFile): readonly JsonRow[] {
  const found = offlineFindings(references.map(({ reference }) => reference));
  const findings = new Map(found.map((finding) => [finding.reference, finding]));
  return references.map(({ reference, start, end }) => {
    const { regions, isGuess, from } = reference.region;
    const finding = findings.get(reference);
    return {
      file: path,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      kind: reference.kind,
      value: reference.value,
      region: regions,
      regionFrom: from === undefined ? null : isGuess ? `guess: ${from}` : from,
      ...(finding && { rule: finding.rule, severity: finding.severity }),
    };
  });
}
