import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TextSpan } from '../code/textSpan.ts';
import { plainL10n } from '../core/l10n.ts';
import type { Finding, Fix, Rule, Severity } from '../hints/finding.ts';
import { findingText, fixText } from '../hints/findingText.ts';
import { ruleAddress } from '../hints/ruleAddress.ts';
import { allFindings, type CheckedFile, type FilePlaces } from './checkedFiles.ts';
import type { FoundFile } from './findFiles.ts';
import { lineHashes } from './lineHashes.ts';
import type { Problem } from './problems.ts';
import { ruleTexts } from './ruleTexts.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

const rules = Object.keys(ruleTexts) as readonly Rule[];

/** The name by which code scanning services know the root of a repository. */
const sourceRoot = '%SRCROOT%';

/**
 * SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), as code scanning services read it.
 *
 * @param base the folder that places are relative to: the root of the repository, as a rule
 */
export function sarifReport(
  files: readonly CheckedFile[],
  places: FilePlaces,
  problems: readonly Problem[],
  base: string,
): string {
  const run = {
    tool: { driver: { name: 'AMI Explorer', rules: rules.map(ruleDescriptor) } },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: problems.every(({ level }) => level !== 'error'),
        ...(problems.length > 0
          ? { toolExecutionNotifications: problems.map(({ level, text }) => ({ level, message: { text } })) }
          : {}),
      },
    ],
    originalUriBaseIds: { [sourceRoot]: { description: { text: 'The root of the repository.' } } },
    results: files.flatMap((file) => resultsOf(file, places, base)),
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

function resultsOf(file: CheckedFile, places: FilePlaces, base: string) {
  const { found } = file;
  const findings = allFindings([file]).map(({ finding }) => finding);
  if (findings.length === 0) return [];
  const lineOf = ({ span }: Finding) => places.startOf(found.file, span).line + 1;
  const hashes = lineHashes(places.textOf(found.file), new Set(findings.map(lineOf)));
  return findings.map((finding) => {
    const primaryLocationLineHash = hashes.get(lineOf(finding));
    return { ...resultOf(found, finding, places, base), partialFingerprints: { primaryLocationLineHash } };
  });
}

function resultOf(found: FoundFile, finding: Finding, places: FilePlaces, base: string) {
  const artifactLocation = locationOf(found, base);
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

/** Absolute outside of the base. */
function locationOf({ file }: FoundFile, base: string) {
  const path = relative(base, file);
  if (isAbsolute(path) || path.split(sep)[0] === '..') return { uri: pathToFileURL(file).href };
  const parts = path.split(sep).map((part) => encodeURIComponent(part.replace(/[\uD800-\uDFFF]/gu, '\uFFFD')));
  return { uri: parts.join('/'), uriBaseId: sourceRoot };
}
