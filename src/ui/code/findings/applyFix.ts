import * as v from 'valibot';
import * as vscode from 'vscode';
import { read } from '../../../core/schemas.ts';
import type { Finding, Fix } from '../../../hints/finding.ts';
import { fixText } from '../../../hints/findingText.ts';
import { plainMessage } from '../../shared/plainText.ts';
import { workspaceEdit } from '../documentSpans.ts';
import type { OpenReferences } from '../openReferences.ts';
import type { FindingFixes } from './findingFixes.ts';
import type { OpenFindings } from './openFindings.ts';

/** The argument of the command `applyFix`: a finding, by where it stood when it was shown. */
const argumentSchema = v.object({ uri: v.string(), rule: v.string(), value: v.string(), start: v.number() });

export function fixArgument(
  { uri }: vscode.TextDocument,
  { rule, reference }: Finding,
): v.InferOutput<typeof argumentSchema> {
  return { uri: uri.toString(), rule, value: reference.value, start: reference.span.start };
}

export interface ApplyFixParts {
  readonly references: OpenReferences;
  readonly findings: OpenFindings;
  readonly fixes: FindingFixes;
}

/** Does what the fix of a finding does, in the text as it is now; asks which, where there are several. */
export async function applyFix(parts: ApplyFixParts, argument: unknown): Promise<void> {
  const wanted = read(argumentSchema, argument);
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === wanted?.uri);
  if (!wanted || !document) return;
  const title = vscode.l10n.t('Asking AWS for the right image…');
  const options = { location: vscode.ProgressLocation.Window, title };
  const token = new vscode.CancellationTokenSource().token;
  const find = async () => {
    const found = await parts.references.current(document, token);
    const same = (found ? parts.findings.of(found) : []).filter(
      ({ rule, reference }) => rule === wanted.rule && reference.value === wanted.value,
    );
    const distance = ({ reference }: Finding) => Math.abs(reference.span.start - wanted.start);
    const [finding] = same.toSorted((a, b) => distance(a) - distance(b));
    const fixes = finding ? await parts.fixes.of(finding, new AbortController().signal) : [];
    return { version: found?.version, fixes };
  };
  const first = await vscode.window.withProgress(options, find);
  const chosen = await choose(first.fixes);
  if (!chosen) {
    return;
  }
  // What was asked for is in memory by now: the edit is the one for the present text.
  const { version, fixes } = document.version === first.version ? first : await find();
  const fix = fixes.find((other) => fixText(other, vscode.l10n) === fixText(chosen, vscode.l10n));
  if (fix && document.version === version) await vscode.workspace.applyEdit(workspaceEdit(document, fix.edits));
}

/** The only one, or the one that the user chooses. */
async function choose(fixes: readonly Fix[]): Promise<Fix | undefined> {
  const [fix, ...others] = fixes;
  if (!fix) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('AWS has named no image or owner that fits here. Write it by hand.'),
    );
    return undefined;
  }
  if (others.length === 0) return fix;
  const items = fixes.map((each) => ({ label: plainMessage(fixText(each, vscode.l10n)), fix: each }));
  return (await vscode.window.showQuickPick(items))?.fix;
}
