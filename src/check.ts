import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { awsFindings } from './check/awsFindings.ts';
import { type CheckedFile, FilePlaces } from './check/checkedFiles.ts';
import { errorText } from './check/errorText.ts';
import { type FoundFile, findFiles } from './check/findFiles.ts';
import { jsonReport } from './check/jsonReport.ts';
import { type CheckOptions, readOptions, usage } from './check/options.ts';
import { sarifReport } from './check/sarifReport.ts';
import { summaryText, textReport } from './check/textReport.ts';
import { readerLoader } from './code/loadReaders.ts';
import type { Reference } from './code/reference.ts';
import { visibleText } from './core/visibleText.ts';
import { Connections } from './ec2/connection.ts';
import type { Finding } from './hints/finding.ts';
import { offlineFindings } from './hints/offlineFindings.ts';
import { FileScans } from './scan/fileScans.ts';
import type { ScannedFile } from './scan/port.ts';

/** The exit code where something could not be checked. */
const failed = 2;

/** The exit code where there are warnings or errors. */
const foundWrong = 1;

type FindingsOf = (reference: Reference) => readonly Finding[];

interface Asked {
  readonly findingsOf: FindingsOf;
  readonly problems: readonly string[];
  /** Whether AWS could be asked, where it was to be. */
  readonly isAnswered: boolean;
}

const offline: Asked = {
  findingsOf: (reference) => offlineFindings([reference]),
  problems: [],
  isAnswered: true,
};

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
  try {
    options = readOptions(args);
  } catch (error) {
    tell(errorText(error));
    tell('--help shows all options.');
    return failed;
  }
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const { files, problems } = findFiles(options.paths, cwd, options.exclude);
  const scanned = await scan(files);
  const { findingsOf, ...asked } = options.aws
    ? await askAws(
        scanned.flatMap(({ references }) => references.map(({ reference }) => reference)),
        options.regions,
      )
    : offline;
  const checked: readonly CheckedFile[] = scanned.map(({ found, references }) => ({
    found,
    references: references.map((placed) => ({ ...placed, findings: findingsOf(placed.reference) })),
  }));
  const all = [...problems, ...asked.problems];
  all.forEach(tell);
  try {
    await write(reportOf(options, checked, new FilePlaces(cwd), all), options.output && resolve(cwd, options.output));
  } catch (error) {
    tell(`The report could not be written. ${errorText(error)}`);
    return failed;
  }
  tell(summaryText(checked));
  return problems.length > 0 || !asked.isAnswered ? failed : exitCodeOf(checked);
}

async function scan(files: readonly FoundFile[]) {
  const scans = new FileScans(readerLoader());
  const scanned: (Pick<ScannedFile, 'references'> & { readonly found: FoundFile })[] = [];
  for (const found of files) {
    const { references } = (await scans.scan(found)) ?? {};
    if (references) scanned.push({ found, references });
  }
  return scanned;
}

function reportOf(
  { format }: CheckOptions,
  files: readonly CheckedFile[],
  places: FilePlaces,
  problems: readonly string[],
): string {
  switch (format) {
    case 'text':
      return textReport(files, places);
    case 'json':
      return jsonReport(files, places);
    case 'sarif':
      return sarifReport(files, places, problems);
  }
}

async function write(report: string, file: string | undefined): Promise<void> {
  if (file === undefined) process.stdout.write(report);
  else await writeFile(file, report);
}

/** Asks with the credentials and endpoints of the environment and its profile. */
async function askAws(references: readonly Reference[], regions: readonly string[]): Promise<Asked> {
  try {
    const connection = await connections().open({ kind: 'aws', profile: undefined, endpointUrl: undefined }, regions);
    try {
      await connection.checkCredentials();
      const { of, failures, isUnanswered } = await awsFindings(references, connection, regions, neverAborted());
      const problems = Array.from(failures.values(), errorText);
      return { findingsOf: of, problems: [...new Set(problems)], isAnswered: !isUnanswered };
    } finally {
      connection.close();
    }
  } catch (error) {
    return { ...offline, problems: [`AWS could not be asked. ${errorText(error)}`], isAnswered: false };
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

function exitCodeOf(files: readonly CheckedFile[]): number {
  const isWrong = files.some(({ references }) =>
    references.some(({ findings }) => findings.some(({ severity }) => severity !== 'information')),
  );
  return isWrong ? foundWrong : 0;
}

function tell(text: string): void {
  process.stderr.write(`${visibleText(text)}\n`);
}
