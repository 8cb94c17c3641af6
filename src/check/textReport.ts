import { plainL10n } from '../core/l10n.ts';
import { visibleText } from '../core/visibleText.ts';
import { type Severity, severities } from '../hints/finding.ts';
import { findingText } from '../hints/findingText.ts';
import { allFindings, type CheckedFile, type FilePlaces } from './checkedFiles.ts';

/** A line for each finding, as compilers write it: `main.tf:3:10: warning: … [unsafe-lookup]`. */
export function textReport(files: readonly CheckedFile[], places: FilePlaces): string {
  return allFindings(files)
    .map(({ file: { found }, finding }) => {
      const { line, character } = places.startOf(found.file, finding.span);
      const text = findingText(finding, plainL10n);
      return `${visibleText(found.shown)}:${line + 1}:${character + 1}: ${finding.severity}: ${text} [${finding.rule}]\n`;
    })
    .join('');
}

/** `1 error, 2 warnings in 30 references of 4 files` */
export function summaryText(files: readonly CheckedFile[]): string {
  const findings = allFindings(files);
  const count = (severity: Severity) => findings.filter(({ finding }) => finding.severity === severity).length;
  const counts = severities
    .map((severity) => counted(count(severity), severity, severity === 'information' ? severity : undefined))
    .filter((text) => !text.startsWith('0 '));
  const references = files.reduce((sum, file) => sum + file.references.length, 0);
  const what = counts.length > 0 ? counts.join(', ') : 'Nothing is wrong';
  return `${what} in ${counted(references, 'reference')} of ${counted(files.length, 'file')}.`;
}

function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
