import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TextSpan } from '../code/textSpan.ts';
import type { Finding, Fix, Rule, Severity } from '../hints/finding.ts';
import { findingText, fixText, plainL10n } from '../hints/findingText.ts';
import { ruleAddress } from '../hints/ruleAddress.ts';
import { allFindings, type CheckedFile, type FilePlaces } from './checkedFiles.ts';
import type { FoundFile } from './findFiles.ts';
import { ruleTexts } from './ruleTexts.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

const rules = Object.keys(ruleTexts) as readonly Rule[];

/**
 * SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), as code scanning services read it.
 *
 * @param problems what could not be checked, each a sentence
 */
export function sarifReport(files: readonly CheckedFile[], places: FilePlaces, problems: readonly string[]): string {
  const run = {
    tool: { driver: { name: 'AMI Explorer', rules: rules.map(ruleDescriptor) } },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: problems.length === 0,
        ...(problems.length > 0
          ? { toolExecutionNotifications: problems.map((text) => ({ level: 'error', message: { text } })) }
          : {}),
      },
    ],
    results: allFindings(files).map(({ file: { found }, finding }) => resultOf(found, finding, places)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 1)}\n`;
}

function ruleDescriptor(rule: Rule) {
  const { name, short, help, severity, risk } = ruleTexts[rule];
  return {
    id: rule,
    name,
    shortDescription: { text: short },
    fullDescription: { text: help },
    help: { text: help },
    helpUri: ruleAddress(rule),
    defaultConfiguration: { level: levels[severity] },
    ...(risk === undefined ? {} : { properties: { tags: ['security'], 'security-severity': risk } }),
  };
}

function resultOf(found: FoundFile, finding: Finding, places: FilePlaces) {
  const artifactLocation = { uri: uriOf(found) };
  const region = (span: TextSpan) => {
    const [start, end] = [places.startOf(found.file, span), places.endOf(found.file, span)];
    return {
      startLine: start.line + 1,
      startColumn: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  };
  const fixOf = (fix: Fix) => ({
    description: { text: fixText(fix, plainL10n) },
    artifactChanges: [
      {
        artifactLocation,
        replacements: fix.edits.map(({ span, newText }) => ({
          deletedRegion: region(span),
          insertedContent: { text: newText },
        })),
      },
    ],
  });
  return {
    ruleId: finding.rule,
    ruleIndex: rules.indexOf(finding.rule),
    level: levels[finding.severity],
    message: { text: findingText(finding, plainL10n) },
    locations: [{ physicalLocation: { artifactLocation, region: region(finding.span) } }],
    ...(finding.fixes.length > 0 ? { fixes: finding.fixes.map(fixOf) } : {}),
  };
}

/** Relative to where the check was started, which is the repository's root as a rule; absolute on another drive. */
function uriOf({ shown, file }: FoundFile): string {
  if (isAbsolute(shown)) return pathToFileURL(file).href;
  return shown
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/[\uD800-\uDFFF]/gu, '\uFFFD')))
    .join('/');
}
