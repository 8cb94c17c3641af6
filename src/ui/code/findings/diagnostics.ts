import * as vscode from 'vscode';
import type { RegionInForce } from '../../../code/reference.ts';
import { settings } from '../../../contributions/settings.ts';
import type { Finding, Rule, Severity } from '../../../hints/finding.ts';
import { findingText } from '../../../hints/findingText.ts';
import { ruleAddress } from '../../../hints/ruleAddress.ts';
import { flatMapInSlices } from '../../../threads/inSlices.ts';
import { plain } from '../../shared/plainText.ts';
import { settingsEvent, showsInCode } from '../../shared/settings.ts';
import { rangeOf } from '../documentSpans.ts';
import type { DocumentReferences, OpenReferences } from '../openReferences.ts';
import { placeOfRegion } from '../regionPlaces.ts';
import type { OpenFindings } from './openFindings.ts';

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
  readonly #collection = vscode.languages.createDiagnosticCollection('amiExplorer');
  readonly #subscriptions: vscode.Disposable;
  /** The last report of each document: what an earlier one finds out late is dropped. */
  readonly #reports = new WeakMap<vscode.TextDocument, symbol>();

  constructor(parts: DiagnosticsParts) {
    this.#parts = parts;
    const { references, findings } = parts;
    this.#subscriptions = vscode.Disposable.from(
      this.#collection,
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
    const findings = showsInCode('diagnostics') ? await this.#parts.findings.of(found) : [];
    // The editor shows the most severe thousand of a file, and says how many more there are.
    const diagnostics = await flatMapInSlices(findings, (finding) => diagnosticOf(document, finding));
    if (!isLast()) return;
    this.#collection.set(document.uri, diagnostics);
    const placeOf = placesOfRegions(document);
    const related = await Promise.all(findings.map((finding) => relatedTo(finding, placeOf)));
    if (related.every((information) => information === undefined) || !isLast()) return;
    diagnostics.forEach((diagnostic, index) => {
      const information = related[index];
      if (information) diagnostic.relatedInformation = [information];
    });
    this.#collection.set(document.uri, diagnostics);
  }

  #forget(document: vscode.TextDocument): void {
    this.#reports.delete(document);
    this.#collection.delete(document.uri);
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

function diagnosticOf(document: vscode.TextDocument, finding: Finding): vscode.Diagnostic {
  const message = findingText(finding, vscode.l10n);
  const diagnostic = new vscode.Diagnostic(rangeOf(document, finding.span), message, severities[finding.severity]);
  diagnostic.source = source;
  diagnostic.code = codeOf(finding.rule);
  if (isOver(finding)) diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
  return diagnostic;
}

function codeOf(rule: Rule): { readonly value: Rule; readonly target: vscode.Uri } {
  return { value: rule, target: vscode.Uri.parse(ruleAddress(rule)) };
}

/** Whether the id is struck through, as what is deprecated in any code. */
function isOver(finding: Finding): boolean {
  return finding.rule === 'deregistered' || (finding.rule === 'deprecated' && finding.days < 0);
}

/** Looks for each place once: most references of a file have theirs from one. */
function placesOfRegions(document: vscode.TextDocument) {
  const places = new Map<RegionInForce['at'], ReturnType<typeof placeOfRegion>>();
  return (at: RegionInForce['at']) => {
    const place = places.get(at) ?? placeOfRegion(document, at);
    places.set(at, place);
    return place;
  };
}

/** Why an image is looked for in the region in which it is not. */
async function relatedTo(
  { rule, reference }: Finding,
  placeOf: ReturnType<typeof placesOfRegions>,
): Promise<vscode.DiagnosticRelatedInformation | undefined> {
  if (rule !== 'not-found' && rule !== 'deregistered') return undefined;
  const { at, regions, isGuess } = reference.region;
  const place = await placeOf(at);
  if (!place) return undefined;
  const listed = regions.map(plain).join(', ');
  return new vscode.DiagnosticRelatedInformation(
    place,
    isGuess ? vscode.l10n.t('The region seems to be {0}.', listed) : vscode.l10n.t('The region is {0}.', listed),
  );
}
