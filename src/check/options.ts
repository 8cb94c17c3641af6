import { parseArgs } from 'node:util';
import { isRegionName } from '../core/regions.ts';
import { type Rule, type Severity, severities } from '../hints/finding.ts';
import { ruleTexts } from './ruleTexts.ts';

export const usage = `Reports problems with AMI IDs, image lookups and public parameters in code.

Usage: npm run --silent check -- [PATHS] [OPTIONS]
       node dist/check.cjs [PATHS] [OPTIONS]

  PATHS           files and folders to check; by default, the current folder
  --format F      text (the default, as compilers write it), json (all references) or sarif (2.1.0)
  --output FILE   writes the report to a file instead of standard output
  --exclude G     leaves out files and folders, such as docs or **/fixtures/**; can be repeated
  --ignore R,R    ignores these rules
  --fail-on S     the lowest severity for which the exit code is 1: error, warning (the default),
                  information or never
  --aws           also asks AWS whether images exist, are deprecated, disabled, outdated …,
                  with the credentials and endpoints that the AWS CLI would use
  --regions R,R   the regions to ask if the code specifies none; by default, the default region
                  and those that the code names
  --publisher ID  the ID of an account whose public images you trust; can be repeated
  --settings FILE reads such accounts from amiExplorer.publishers in a VS Code settings file
  --help          shows this help

Rules: ${Object.keys(ruleTexts).join(', ')}.

Exit code: 0 if there is no problem, or none as severe as --fail-on; 1 if there is one; 2 if something
could not be checked.
`;

export type ReportFormat = 'text' | 'json' | 'sarif';

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: ReportFormat;
  readonly output: string | undefined;
  readonly exclude: readonly string[];
  readonly ignore: readonly Rule[];
  readonly failOn: FailOn;
  readonly aws: boolean;
  readonly regions: readonly string[];
  /** Account ids. */
  readonly publishers: readonly string[];
  /** The path of a settings file of VS Code. */
  readonly settings: string | undefined;
  readonly help: boolean;
}

/** The least severity that fails the check. */
export type FailOn = Severity | 'never';

const formats: readonly ReportFormat[] = ['text', 'json', 'sarif'];
const failOns: readonly FailOn[] = [...severities, 'never'];
const rules = Object.keys(ruleTexts) as readonly Rule[];

/** @throws Error that names the wrong option and its valid values */
export function readOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      output: { type: 'string' },
      exclude: { type: 'string', multiple: true, default: [] },
      ignore: { type: 'string', multiple: true, default: [] },
      'fail-on': { type: 'string', default: 'warning' },
      aws: { type: 'boolean', default: false },
      regions: { type: 'string', multiple: true, default: [] },
      publisher: { type: 'string', multiple: true, default: [] },
      settings: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { output, exclude, aws, help, settings } = values;
  if (positionals.includes('')) throw new Error('A path is empty. Is a variable not set?');
  const regions = listed(values.regions);
  const wrong = regions.find((region) => !isRegionName(region));
  if (wrong !== undefined) throw new Error(`--regions: '${wrong}' is not the name of a region.`);
  if (values.regions.length > 0 && !aws) throw new Error('--regions requires --aws.');
  const publishers = listed(values.publisher);
  const malformed = publishers.find((id) => !/^\d{12}$/.test(id));
  if (malformed !== undefined) throw new Error(`--publisher: '${malformed}' is not a 12-digit AWS account ID.`);
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    format: oneOf(formats, '--format', values.format),
    output,
    exclude,
    ignore: listed(values.ignore).map((rule) => oneOf(rules, '--ignore', rule)),
    failOn: oneOf(failOns, '--fail-on', values['fail-on']),
    aws,
    regions,
    publishers,
    settings,
    help,
  };
}

function oneOf<T extends string>(known: readonly T[], option: string, value: string): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Error(`${option} takes ${known.join(', ')}, not '${value}'.`);
  return found;
}

/** The values of an option that takes lists, and may be given several times. */
function listed(values: readonly string[]): readonly string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter(Boolean);
}
