import * as vscode from 'vscode';
import { touch } from '../../../code/textSpan.ts';
import { commands } from '../../../contributions/commands.ts';
import type { ImageSummary } from '../../../core/image.ts';
import type { Finding, Fix } from '../../../hints/finding.ts';
import { fixText } from '../../../hints/findingText.ts';
import { editorL10n } from '../../shared/editorL10n.ts';
import { nameAndId, plainMessage } from '../../shared/plainText.ts';
import { showsInCode } from '../../shared/settings.ts';
import { rangeOf, spanOf, workspaceEdit } from '../documentSpans.ts';
import type { OpenReferences } from '../openReferences.ts';
import { fixArgument } from './applyFix.ts';
import { ruleOf } from './diagnostics.ts';
import type { FindingFixes } from './findingFixes.ts';
import { askedFixText } from './lensText.ts';
import type { OpenFindings } from './openFindings.ts';

export interface QuickFixesParts {
  readonly references: OpenReferences;
  readonly findings: OpenFindings;
  readonly fixes: FindingFixes;
}

/** Offers what can be done about the findings at the cursor. */
export class QuickFixes implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #parts: QuickFixesParts;
  readonly #registration: vscode.Disposable;

  constructor(parts: QuickFixesParts) {
    this.#parts = parts;
    this.#registration = vscode.languages.registerCodeActionsProvider('*', this, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    });
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only, diagnostics, triggerKind }: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    if (only && !only.contains(vscode.CodeActionKind.QuickFix)) return [];
    if (!showsInCode('diagnostics', document)) return [];
    const { references, findings, fixes } = this.#parts;
    // The editor asks at each move of the cursor, too: what takes time, EC2 above all, is asked when the user does.
    const isAsked = triggerKind === vscode.CodeActionTriggerKind.Invoke;
    const found = await (isAsked ? references.current(document, token) : references.settled(document, token));
    const asked = spanOf(document, range);
    const here = found ? findings.at(found, asked).filter(({ span }) => touch(span, asked)) : [];
    if (!found || here.length === 0) return [];
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => abort.abort());
    const fixesHere = await Promise.all(
      here.map((finding) => (isAsked ? fixes.of(finding, abort.signal) : finding.fixes)),
    );
    listening.dispose();
    // Nothing of an older text is put into the present one.
    if (token.isCancellationRequested || document.version !== found.version) return [];
    const actions = here.flatMap((finding, index) => {
      const known = fixesHere[index] ?? [];
      return known.length === 0 && !isAsked && fixes.mayHave(finding)
        ? [askingAction(document, finding, diagnostics)]
        : known.map((fix) => fixAction(document, finding, fix, diagnostics));
    });
    if (actions[0] && actions.length === 1) actions[0].isPreferred = true;
    const replacements = fixesHere.flat().flatMap(({ label }) => (label.kind === 'replaceId' ? [label.by] : []));
    const all = replacements.length > 0 ? replaceAll(document, await findings.of(found)) : [];
    return [...actions, ...all, ...detailsActions(here, replacements)];
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function fixAction(
  document: vscode.TextDocument,
  finding: Finding,
  fix: Fix,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(plainMessage(fixText(fix, editorL10n)), vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEdit(document, fix.edits);
  action.diagnostics = diagnosticsOf(document, finding, diagnostics);
  return action;
}

/** Asks for the fix, and does what it does. */
function askingAction(
  document: vscode.TextDocument,
  finding: Finding,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  const title = askedFixText(finding);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command: commands.applyFix, arguments: [fixArgument(document, finding)] };
  action.diagnostics = diagnosticsOf(document, finding, diagnostics);
  return action;
}

function diagnosticsOf(
  document: vscode.TextDocument,
  finding: Finding,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.Diagnostic[] {
  const range = rangeOf(document, finding.span);
  return diagnostics.filter((diagnostic) => ruleOf(diagnostic) === finding.rule && diagnostic.range.isEqual(range));
}

/** One edit for all ids of the file that have a newer image. Not a `source.fixAll`, which some run at every save. */
function replaceAll(document: vscode.TextDocument, findings: readonly Finding[]): readonly vscode.CodeAction[] {
  const fixes = findings.flatMap((finding) => finding.fixes).filter(({ label }) => label.kind === 'replaceId');
  if (fixes.length < 2) return [];
  const title = vscode.l10n.t('Replace all {0} AMI IDs in this file that have newer images', fixes.length);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEdit(
    document,
    fixes.flatMap(({ edits }) => edits),
  );
  return [action];
}

/** What can be looked at: the image that can take the place of the one that is meant, or else that one. */
function detailsActions(
  findings: readonly Finding[],
  replacements: readonly ImageSummary[],
): readonly vscode.CodeAction[] {
  const [image] = [...replacements, ...findings.flatMap((finding) => ('image' in finding ? finding.image : []))];
  if (!image) return [];
  const title = vscode.l10n.t('Show details of {0}', nameAndId(image));
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command: commands.showImage, arguments: [image.id, image.region] };
  return [action];
}
