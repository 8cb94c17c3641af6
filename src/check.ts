import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { awsFindings } from './check/awsFindings.ts';
import { allFindings, type CheckedFile, FilePlaces } from './check/checkedFiles.ts';
import { errorText } from './check/errorText.ts';
import { type FoundFile, findFiles, repositoryOf } from './check/findFiles.ts';
import { jsonReport } from './check/jsonReport.ts';
import { namedPublishers } from './check/namedPublishers.ts';
import { type CheckOptions, type FailOn, readOptions, usage } from './check/options.ts';
import { callProblems, type Problem, problem } from './check/problems.ts';
import { sarifReport } from './check/sarifReport.ts';
import { summaryText, textReport } from './check/textReport.ts';
import { readerLoader } from './code/loadReaders.ts';
import type { Reference } from './code/reference.ts';
import type { Publisher } from './core/publishers.ts';
import { visibleText } from './core/visibleText.ts';
import { Connections } from './ec2/connection.ts';
import { type Finding, severities } from './hints/finding.ts';
import { offlineFindings } from './hints/offlineFindings.ts';
import { toldFindings } from './hints/toldFindings.ts';
import { FileScans } from './scan/fileScans.ts';
import type { ScannedFile } from './scan/port.ts';

/** The exit code where something could not be checked. */
const failed = 2;

/** The exit code where something is wrong. */
const foundWrong = 1;

interface Asked {
  readonly findingsOf: (reference: Reference) => readonly Finding[];
  readonly problems: readonly Problem[];
}

const offline: Asked = { findingsOf: (reference) => offlineFindings([reference]), problems: [] };

process.stdout.on('error', () => process.exit(failed));
void main(process.argv.slice(2), process.cwd())
  .catch((error: unknown) => {
    tell(errorText(error));
    return failed;
  })
  .then((code) => {
    process.exitCode = code;
  });

/** Returns the exit code. */
async function main(args: readonly string[], cwd: string): Promise<number> {
  let options: CheckOptions;
  let publishers: readonly Publisher[];
  try {
    options = readOptions(args);
    publishers = namedPublishers(options.publishers, options.settings && resolve(cwd, options.settings));
  } catch (error) {
    tell(errorText(error));
    tell('--help shows all options.');
    return failed;
  }
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const { files, problems: unread } = findFiles(options.paths, cwd, options.exclude);
  const { scanned, problems: halfRead } = await scan(files);
  const references = scanned.flatMap((file) => file.references.map(({ reference }) => reference));
  const asked = options.aws ? await askAws(references, options, publishers) : offline;
  const findingsOf = (reference: Reference) => toldFindings(asked.findingsOf(reference), options.ignore);
  const checked: readonly CheckedFile[] = scanned.map(({ found, references: placed }) => ({
    found,
    references: placed.map((each) => ({ ...each, findings: findingsOf(each.reference) })),
  }));
  const problems = [...unread, ...halfRead, ...asked.problems];
  for (const { text } of problems) tell(text);
  try {
    const report = reportOf(options, checked, problems, cwd);
    await write(report, options.output === undefined ? undefined : resolve(cwd, options.output));
  } catch (error) {
    tell(`The report could not be written. ${errorText(error)}`);
    return failed;
  }
  const isWhole = problems.every(({ level }) => level !== 'error');
  tell(isWhole ? summaryText(checked) : `${summaryText(checked)} Not everything could be checked.`);
  if (!isWhole) return failed;
  return fails(checked, options.failOn) ? foundWrong : 0;
}

async function scan(files: readonly FoundFile[]) {
  const halfRead = new Set<string>();
  let shown = '';
  const scans = new FileScans(readerLoader(() => halfRead.add(shown)));
  const scanned: (Pick<ScannedFile, 'references'> & { readonly found: FoundFile })[] = [];
  for (const found of files) {
    shown = found.shown;
    const { references } = (await scans.scan(found)) ?? {};
    if (references) scanned.push({ found, references });
  }
  const problems = Array.from(halfRead, (file) =>
    problem(`${file}: only its AMI IDs were read, since its code was not understood.`),
  );
  return { scanned, problems };
}

function reportOf(
  { format }: CheckOptions,
  files: readonly CheckedFile[],
  problems: readonly Problem[],
  cwd: string,
): string {
  const places = new FilePlaces(cwd);
  switch (format) {
    case 'text':
      return textReport(files, places);
    case 'json':
      return jsonReport(files, places);
    case 'sarif':
      return sarifReport(files, places, problems, repositoryOf(cwd) ?? cwd);
  }
}

async function write(report: string, file: string | undefined): Promise<void> {
  if (file === undefined) process.stdout.write(report);
  else await writeFile(file, report);
}

/** Asks with the credentials and endpoints of the environment and its profile. */
async function askAws(
  references: readonly Reference[],
  { regions, format }: CheckOptions,
  publishers: readonly Publisher[],
): Promise<Asked> {
  try {
    const connection = await connections().open({ kind: 'aws', profile: undefined, endpointUrl: undefined }, regions);
    try {
      await connection.checkCredentials();
      const needsFixes = format === 'sarif';
      const question = { connection, regions, publishers, needsFixes, signal: neverAborted() };
      const { of, errors } = await awsFindings(references, question);
      const chosen = regions.length > 0 ? regions : [connection.defaultRegion];
      return { findingsOf: of, problems: callProblems(errors, chosen) };
    } finally {
      connection.close();
    }
  } catch (error) {
    return { ...offline, problems: [problem(`AWS could not be asked. ${errorText(error)}`)] };
  }
}

function connections(): Connections {
  return new Connections({
    env: process.env,
    mfaCodeProvider: async () => {
      throw new Error('The profile needs a code of an MFA device, which a check does not ask for.');
    },
    network: () => ({
      proxySupport: 'on',
      proxy: undefined,
      noProxy: [],
      proxyAuthorization: undefined,
      proxyStrictSSL: true,
      systemCertificates: true,
      proxyOf: async () => undefined,
    }),
    sampleRequestHandler: () => Promise.reject(new Error('The sample account is for the editor.')),
    onCall: () => {},
  });
}

/** Ctrl+C ends the process; each call has its own timeout. */
function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

function fails(files: readonly CheckedFile[], failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  const least = severities.indexOf(failOn);
  return allFindings(files).some(({ finding }) => severities.indexOf(finding.severity) <= least);
}

function tell(text: string): void {
  process.stderr.write(`${visibleText(text)}\n`);
}
