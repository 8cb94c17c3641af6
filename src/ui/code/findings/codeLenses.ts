import * as vscode from 'vscode';
import { commands } from '../../../contributions/commands.ts';
import { settings } from '../../../contributions/settings.ts';
import type { Finding } from '../../../hints/finding.ts';
import { findingText, fixText } from '../../../hints/findingText.ts';
import { atMostEvery } from '../../shared/atMostEvery.ts';
import { editorL10n } from '../../shared/editorL10n.ts';
import { settingsEvent, showsInCode } from '../../shared/settings.ts';
import { rangeOf } from '../documentSpans.ts';
import type { OpenReferences } from '../openReferences.ts';
import { fixArgument } from './applyFix.ts';
import type { FindingFixes } from './findingFixes.ts';
import { type LensGroup, lensGroups } from './lensGroups.ts';
import { askedFixText, groupFixText, groupText, lensFixText, lensText } from './lensText.ts';
import { nearestFindings } from './nearestFindings.ts';
import type { OpenFindings } from './openFindings.ts';

/** So many are shown at a time, the closest to what is seen: the editor takes them all anew at each change. */
const maxFindings = 200;

/** The editor's own command. */
const showProblems = 'workbench.actions.view.problems';

/** Interval (ms) in which a text with more of them is looked at again while it is scrolled. */
const scrollInterval = 250;

export interface CodeLensesParts {
  readonly references: OpenReferences;
  readonly findings: OpenFindings;
  readonly fixes: FindingFixes;
}

/** Says above a reference what is wrong with it, and does something about it. Nothing above what is fine. */
export class CodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #parts: CodeLensesParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** Documents with more findings than are shown. */
  readonly #large = new WeakSet<vscode.TextDocument>();

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(parts: CodeLensesParts) {
    this.#parts = parts;
    const scrolled = atMostEvery(scrollInterval, () => this.#changed.fire());
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      parts.references.onDidChange(() => this.#changed.fire()),
      parts.findings.onDidChange(() => this.#changed.fire()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (this.#large.has(textEditor.document)) scrolled();
      }),
      settingsEvent([settings.codeLens, settings.diagnostics])(() => this.#changed.fire()),
      vscode.languages.registerCodeLensProvider('*', this),
    );
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[] | undefined> {
    if (!showsInCode('codeLens', document)) return [];
    const { references, findings } = this.#parts;
    const found = await references.settled(document, token);
    if (!found) return undefined;
    const all = await findings.of(found);
    if (document.version !== found.version) return undefined;
    const groups = lensGroups(all, ({ span }) => document.positionAt(span.start).line);
    if (groups.length > maxFindings) this.#large.add(document);
    else this.#large.delete(document);
    const near = new Set(
      nearestFindings(
        document,
        groups.map(([head]) => head),
        maxFindings,
      ),
    );
    return groups.flatMap((group) => {
      const [finding, ...others] = group;
      if (!near.has(finding)) return [];
      const range = rangeOf(document, finding.reference.span);
      const commands = others.length > 0 ? groupCommands(document, group) : this.#commandsOf(document, finding);
      // All at once: a text costs less than the editor's question for it.
      return commands.map((command) => new vscode.CodeLens(range, command));
    });
  }

  #commandsOf(document: vscode.TextDocument, finding: Finding): readonly vscode.Command[] {
    return this.#parts.fixes.mayHave(finding)
      ? [findingCommand(finding), fixCommand(document, finding)]
      : [findingCommand(finding)];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** Opens the image's details; mere text where there is no image. */
function findingCommand(finding: Finding): vscode.Command {
  const title = lensText(finding);
  const tooltip = findingText(finding, editorL10n);
  const image = finding.rule === 'newer-image' ? finding.newer : 'image' in finding ? finding.image : undefined;
  return image
    ? { title, tooltip, command: commands.showImage, arguments: [image.id, image.region] }
    : { title, tooltip, command: '' };
}

/** What is wrong with several references, and what replaces those that can be replaced. */
function groupCommands(document: vscode.TextDocument, group: LensGroup): readonly vscode.Command[] {
  const count = group.filter(({ fixes }) => fixes.length > 0).length;
  const title = groupText(group);
  const problems = showsInCode('diagnostics', document)
    ? { title, tooltip: vscode.l10n.t('Show problems'), command: showProblems }
    : { title, command: '' };
  const argument = { ...fixArgument(document, group[0]), isGroup: true };
  const replace = { title: groupFixText(count), command: commands.applyFix, arguments: [argument] };
  return count > 0 ? [problems, replace] : [problems];
}

function fixCommand(document: vscode.TextDocument, finding: Finding): vscode.Command {
  const [fix] = finding.fixes;
  const text = fix ? { title: lensFixText(fix), tooltip: fixText(fix, editorL10n) } : { title: askedFixText(finding) };
  return { ...text, command: commands.applyFix, arguments: [fixArgument(document, finding)] };
}
