import * as v from 'valibot';
import * as vscode from 'vscode';
import { read } from '../../../core/schemas.ts';
import type { Finding, Fix } from '../../../hints/finding.ts';
import { fixText } from '../../../hints/findingText.ts';
import type { Session } from '../../session/session.ts';
import { editorL10n } from '../../shared/editorL10n.ts';
import { plainMessage } from '../../shared/plainText.ts';
import { isTrustedOrTold } from '../../shared/trust.ts';
import { workspaceEdit } from '../documentSpans.ts';
import type { OpenReferences } from '../openReferences.ts';
import type { FindingFixes } from './findingFixes.ts';
import { lensGroups } from './lensGroups.ts';
import type { OpenFindings } from './openFindings.ts';

/** The argument of the command `applyFix`: a finding, by where it stood when it was shown, and whether its whole group is meant. */
const argumentSchema = v.object({
  uri: v.string(),
  rule: v.string(),
  value: v.string(),
  start: v.number(),
  isGroup: v.optional(v.boolean()),
});

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
  readonly session: Pick<Session, 'connection'>;
}

/** Does what the fix of a finding does, in the text as it is now; asks which, where there are several. */
export async function applyFix(parts: ApplyFixParts, argument: unknown): Promise<void> {
  const wanted = read(argumentSchema, argument);
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === wanted?.uri);
  if (!wanted || !document) return;
  const token = new vscode.CancellationTokenSource().token;
  const find = async () => {
    const found = await parts.references.current(document, token);
    const all = found ? await parts.findings.of(found) : [];
    const same = all.filter(({ rule, reference }) => rule === wanted.rule && reference.value === wanted.value);
    const distance = ({ reference }: Finding) => Math.abs(reference.span.start - wanted.start);
    const [finding] = same.toSorted((a, b) => distance(a) - distance(b));
    return { version: found?.version, finding, all };
  };
  const fixesOf = async (finding: Finding | undefined) =>
    finding ? parts.fixes.of(finding, new AbortController().signal) : [];
  const first = await find();
  if (wanted.isGroup) {
    const line = ({ span }: Finding) => document.positionAt(span.start).line;
    const group = lensGroups(first.all, line).find((members) => members.some((member) => member === first.finding));
    const edits = (group ?? []).flatMap(({ fixes: [fix] }) => fix?.edits ?? []);
    if (edits.length > 0 && document.version === first.version) {
      await vscode.workspace.applyEdit(workspaceEdit(document, edits));
    } else {
      tellOfChange();
    }
    return;
  }
  if (!first.finding) {
    tellOfChange();
    return;
  }
  if (first.finding.fixes.length === 0) {
    if (!(await isTrustedOrTold())) return;
    // Asks the user for what the connection needs.
    await parts.session.connection();
  }
  const title = vscode.l10n.t('Looking for a matching image…');
  const options = { location: vscode.ProgressLocation.Window, title };
  const chosen = await choose(await vscode.window.withProgress(options, () => fixesOf(first.finding)));
  if (!chosen) {
    return;
  }
  // What was asked for is in memory by now: the edit is the one for the present text.
  const { version, finding } = await find();
  const fixes = await fixesOf(finding);
  const fix = fixes.find((other) => fixText(other, editorL10n) === fixText(chosen, editorL10n));
  if (fix && document.version === version) await vscode.workspace.applyEdit(workspaceEdit(document, fix.edits));
  else tellOfChange();
}

function tellOfChange(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('The file has changed. Nothing was replaced.'));
}

/** The only one, or the one that the user chooses. */
async function choose(fixes: readonly Fix[]): Promise<Fix | undefined> {
  const [fix, ...others] = fixes;
  if (!fix) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No matching image or owner was found.'));
    return undefined;
  }
  if (others.length === 0) return fix;
  const items = fixes.map((each) => ({ label: plainMessage(fixText(each, editorL10n)), fix: each }));
  return (await vscode.window.showQuickPick(items))?.fix;
}
