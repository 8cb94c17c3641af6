import * as vscode from 'vscode';
import type { RegionInForce } from '../../../code/reference.ts';
import { settings } from '../../../contributions/settings.ts';
import type { Finding, Rule, Severity } from '../../../hints/finding.ts';
import { findingText } from '../../../hints/findingText.ts';
import { ruleAddress } from '../../../hints/ruleAddress.ts';
import { flatMapInSlices } from '../../../threads/inSlices.ts';
import { editorL10n } from '../../shared/editorL10n.ts';
import { plain } from '../../shared/plainText.ts';
import { settingsEvent, showsInCode } from '../../shared/settings.ts';
import { listText } from '../../shared/wording.ts';
import { rangeOf } from '../documentSpans.ts';
import type { DocumentReferences, OpenReferences } from '../openReferences.ts';
import { placeOfRegion } from '../regionPlaces.ts';
import type { OpenFindings } from './openFindings.ts';
import { ShownDiagnostics } from './shownDiagnostics.ts';

const source = 'AMI Explorer';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

export interface DiagnosticsParts {
  readonly references: OpenReferences;
  readonly findings: OpenFindings;
}

/** Reports what is wrong in open documents to the editor. */
export class Diagnostics implements vscode.Disposable {
  readonly #parts: DiagnosticsParts;
  readonly #shown = new ShownDiagnostics();
  readonly #subscriptions: vscode.Disposable;
  readonly #codes = new Map<Rule, RuleCode>();
  readonly #texts = new WeakMap<Finding, string>();
  /** The last report of each document: what an earlier one finds out late is dropped. */
  readonly #reports = new WeakMap<vscode.TextDocument, symbol>();

  constructor(parts: DiagnosticsParts) {
    this.#parts = parts;
    const { references, findings } = parts;
    this.#subscriptions = vscode.Disposable.from(
      this.#shown,
      references.onDidChange((found) => void this.#report(found)),
      references.onDidClose((document) => this.#forget(document)),
      findings.onDidChange(() => this.#reportAll()),
      settingsEvent([settings.diagnostics])(() => this.#reportAll()),
    );
    this.#reportAll();
  }

  #reportAll(): void {
    for (const found of this.#parts.references.all) void this.#report(found);
  }

  async #report(found: DocumentReferences): Promise<void> {
    const { document, version } = found;
    // What stands in an older text moves with it in the editor, until the present one is read.
    if (document.isClosed || document.version !== version) return;
    const report = Symbol();
    this.#reports.set(document, report);
    const isLast = () => this.#reports.get(document) === report && !document.isClosed && document.version === version;
    const findings = showsInCode('diagnostics', document) ? await this.#parts.findings.of(found) : [];
    if (!isLast()) return;
    const placeOf = await placesOfRegions(document, findings);
    // The editor shows the most severe thousand of a file, and says how many more there are.
    const diagnostics = await flatMapInSlices(findings, (finding) => this.#diagnosticOf(document, finding, placeOf));
    if (isLast()) this.#shown.set(document, diagnostics);
  }

  #diagnosticOf(document: vscode.TextDocument, finding: Finding, placeOf: PlaceOfRegion): vscode.Diagnostic {
    const message = this.#texts.get(finding) ?? findingText(finding, editorL10n);
    this.#texts.set(finding, message);
    const diagnostic = new vscode.Diagnostic(rangeOf(document, finding.span), message, severities[finding.severity]);
    diagnostic.source = source;
    diagnostic.code = this.#codeOf(finding.rule);
    if (isOver(finding)) diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
    const related = relatedTo(finding, placeOf);
    if (related) diagnostic.relatedInformation = [related];
    return diagnostic;
  }

  #codeOf(rule: Rule): RuleCode {
    const code = this.#codes.get(rule) ?? { value: rule, target: vscode.Uri.parse(ruleAddress(rule)) };
    this.#codes.set(rule, code);
    return code;
  }

  #forget(document: vscode.TextDocument): void {
    this.#reports.delete(document);
    this.#shown.delete(document);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** The rule of one of our diagnostics; undefined for those of others. */
export function ruleOf(diagnostic: vscode.Diagnostic): string | undefined {
  const { code } = diagnostic;
  return diagnostic.source === source && typeof code === 'object' ? String(code.value) : undefined;
}

interface RuleCode {
  readonly value: Rule;
  readonly target: vscode.Uri;
}

type PlaceOfRegion = (at: RegionInForce['at']) => vscode.Location | undefined;

/** Whether the id is struck through, as what is deprecated in any code. */
function isOver(finding: Finding): boolean {
  return finding.rule === 'deregistered' || (finding.rule === 'deprecated' && finding.days < 0);
}

/** Looks for each place once: most references of a file have theirs from one. */
async function placesOfRegions(document: vscode.TextDocument, findings: readonly Finding[]): Promise<PlaceOfRegion> {
  const stated = new Set(findings.filter(isOfRegion).map(({ reference }) => reference.region.at));
  const places = new Map(
    await Promise.all(Array.from(stated, async (at) => [at, await placeOfRegion(document, at)] as const)),
  );
  return (at) => places.get(at);
}

/** Why an image is looked for in the region in which it is not. */
function relatedTo(finding: Finding, placeOf: PlaceOfRegion): vscode.DiagnosticRelatedInformation | undefined {
  if (!isOfRegion(finding)) return undefined;
  const { at, regions, isGuess } = finding.reference.region;
  const place = placeOf(at);
  if (!place) return undefined;
  const listed = listText(regions.map(plain));
  return new vscode.DiagnosticRelatedInformation(
    place,
    isGuess ? vscode.l10n.t('The region is probably {0}.', listed) : vscode.l10n.t('The region is {0}.', listed),
  );
}

function isOfRegion({ rule }: Finding): boolean {
  return rule === 'not-found' || rule === 'deregistered';
}
