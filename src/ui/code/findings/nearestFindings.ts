import * as vscode from 'vscode';
import type { Finding } from '../../../hints/finding.ts';

/** The `count` findings that are the closest to what is shown of a document, in their order; the first ones of a hidden one. */
export function nearestFindings(
  document: vscode.TextDocument,
  findings: readonly Finding[],
  count: number,
): readonly Finding[] {
  if (findings.length <= count) return findings;
  const shown = vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges);
  const starts = shown.length > 0 ? shown.map(({ start }) => document.offsetAt(start)) : [0];
  const each = Math.floor(count / starts.length);
  const near = starts.flatMap((start) => {
    const next = findings.findIndex(({ span }) => span.start >= start);
    const first = (next < 0 ? findings.length : next) - Math.floor(each / 2);
    const from = Math.min(Math.max(0, first), findings.length - each);
    return findings.slice(from, from + each);
  });
  const kept = new Set(near);
  return findings.filter((finding) => kept.has(finding));
}
