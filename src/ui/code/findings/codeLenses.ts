import * as vscode from 'vscode';
import { commands } from '../../../contributions/commands.ts';
import { settings } from '../../../contributions/settings.ts';
import type { Finding } from '../../../hints/finding.ts';
import { findingText, fixText } from '../../../hints/findingText.ts';
import { atMostEvery } from '../../shared/atMostEvery.ts';
import { settingsEvent, showsInCode } from '../../shared/settings.ts';
import { rangeOf } from '../documentSpans.ts';
import type { OpenReferences } from '../openReferences.ts';
import { fixArgument } from './applyFix.ts';
import type { FindingFixes } from './findingFixes.ts';
import { askedFixText, lensFixText, lensText } from './lensText.ts';
import { nearestFindings } from './nearestFindings.ts';
import type { OpenFindings } from './openFindings.ts';

/** So many are shown at a time, the closest to what is seen: the editor takes them all anew at each change. */
const maxFindings = 500;

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
      settingsEvent([settings.codeLens])(() => this.#changed.fire()),
      vscode.languages.registerCodeLensProvider('*', this),
    );
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[] | undefined> {
    if (!showsInCode('codeLens')) return [];
    const { references, findings, fixes } = this.#parts;
    const found = await references.settled(document, token);
    if (!found) return undefined;
    const worthALine = (await findings.of(found)).filter(isWorthALine);
    // Those of one reference stand side by side.
    const first = worthALine.filter(({ reference }, index) => worthALine[index - 1]?.reference !== reference);
    if (document.version !== found.version) return undefined;
    if (first.length > maxFindings) this.#large.add(document);
    else this.#large.delete(document);
    return nearestFindings(document, first, maxFindings).flatMap((finding) => {
      const range = rangeOf(document, finding.reference.span);
      const commands = fixes.mayHave(finding)
        ? [findingCommand(finding), fixCommand(document, finding)]
        : [findingCommand(finding)];
      // All at once: a text costs less than the editor's question for it.
      return commands.map((command) => new vscode.CodeLens(range, command));
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function isWorthALine({ rule, severity }: Finding): boolean {
  return severity !== 'information' || rule === 'newer-image';
}

/** Opens the image's details; mere text where there is no image. */
function findingCommand(finding: Finding): vscode.Command {
  const title = lensText(finding);
  const tooltip = findingText(finding, vscode.l10n);
  const image = finding.rule === 'newer-image' ? finding.newer : 'image' in finding ? finding.image : undefined;
  return image
    ? { title, tooltip, command: commands.showImage, arguments: [image.id, image.region] }
    : { title, tooltip, command: '' };
}

function fixCommand(document: vscode.TextDocument, finding: Finding): vscode.Command {
  const [fix] = finding.fixes;
  const text = fix ? { title: lensFixText(fix), tooltip: fixText(fix, vscode.l10n) } : { title: askedFixText(finding) };
  return { ...text, command: commands.applyFix, arguments: [fixArgument(document, finding)] };
}
