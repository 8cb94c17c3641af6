import { parseArgs } from 'node:util';
import { isRegionName } from '../core/regions.ts';

export const usage = `Finds AMI ids, lookups of images and public parameters in code, and what is wrong with them.

Usage: npm run --silent check -- [PATHS] [--format text|json|sarif] [--output FILE]
         [--exclude GLOB] [--aws] [--regions R,R]

  PATHS          files and folders to check; this folder unless given
  --format F     text (as compilers write it), json (all references) or sarif (2.1.0)
  --output FILE  writes into a file instead of to standard output
  --exclude G    leaves out files and folders, docs or **/fixtures/**; may be given several times
  --aws          asks AWS too: images that do not exist, are deprecated, disabled, outdated …,
                 with the credentials and endpoints that the AWS CLI would use here
  --regions R,R  asks in these regions for what does not say its region; unless given, in the
                 default region and those that the code names
  --help         shows this

Exit code: 0 where nothing is wrong, or for information only; 1 for warnings and errors;
2 where something could not be checked at all.
`;

export type ReportFormat = 'text' | 'json' | 'sarif';

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: ReportFormat;
  readonly output: string | undefined;
  readonly exclude: readonly string[];
  readonly aws: boolean;
  readonly regions: readonly string[];
  readonly help: boolean;
}

const formats: readonly ReportFormat[] = ['text', 'json', 'sarif'];

/** @throws Error that names the wrong option and its valid values */
export function readOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      output: { type: 'string' },
      exclude: { type: 'string', multiple: true, default: [] },
      aws: { type: 'boolean', default: false },
      regions: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const format = formats.find((known) => known === values.format);
  if (!format) throw new Error(`--format takes ${formats.join(', ')}, not '${values.format}'.`);
  const regions = (values.regions ?? '')
    .split(',')
    .map((region) => region.trim())
    .filter(Boolean);
  const wrong = regions.find((region) => !isRegionName(region));
  if (wrong !== undefined) throw new Error(`--regions: '${wrong}' is not the name of a region.`);
  if (values.regions !== undefined && !values.aws) throw new Error('--regions is for --aws.');
  const { output, exclude, aws, help } = values;
  return { paths: positionals.length > 0 ? positionals : ['.'], format, output, exclude, aws, regions, help };
}
