import type { Reference } from '../code/reference.ts';
import { plainL10n } from '../core/l10n.ts';
import type { Finding, Rule, Severity } from '../hints/finding.ts';
import { findingText } from '../hints/findingText.ts';
import type { CheckedFile, FilePlaces } from './checkedFiles.ts';

/** One reference, with `rule` where something is wrong with it. */
interface JsonRow extends Partial<JsonFinding> {
  readonly file: string;
  /** From 1, in UTF-16 code units. Of a lookup, the whole construct. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly kind: Reference['kind'];
  readonly value: string;
  readonly region: readonly string[];
  readonly regionFrom: string | null;
  /** What else is wrong with it. */
  readonly more?: readonly JsonFinding[];
}

interface JsonFinding {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
}

/** An array of all references. */
export function jsonReport(files: readonly CheckedFile[], places: FilePlaces): string {
  return `${JSON.stringify(
    files.flatMap((file) => rowsOf(file, places)),
    undefined,
    1,
  )}\n`;
}

function rowsOf({ found, references }: CheckedFile, places: FilePlaces): readonly JsonRow[] {
  return references.map(({ reference, start, end, findings }): JsonRow => {
    const [first, ...more] = findings.map(jsonFinding);
    return {
      file: found.shown,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      kind: reference.kind,
      value: reference.value,
      region: reference.region.regions,
      regionFrom: places.regionSource(reference, found) ?? null,
      ...first,
      ...(more.length > 0 ? { more } : {}),
    };
  });
}

function jsonFinding(finding: Finding): JsonFinding {
  const { rule, severity } = finding;
  return { rule, severity, message: findingText(finding, plainL10n) };
}
