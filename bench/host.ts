import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { root } from '../test/vscode/install.ts';
import { runInVsCode } from '../test/vscode/runInVsCode.ts';
import type { BuiltSdks } from './chunks.ts';
import type { HostReport } from './host/measure.ts';
import type { CodeReport } from './host/measureCode.ts';
import type { TypingReport } from './host/measureTyping.ts';
import { median, type Table } from './table.ts';

const activations = 3;

/** The number of synthetic public images in the endpoint's region. */
const images = 20_000;

export async function insideVsCode({ shipped, plain }: BuiltSdks): Promise<readonly Table[]> {
  const reports: HostReport[] = [];
  for (let run = 0; run < activations; run += 1) {
    const report = await runInVsCode({
      version: 'newest',
      entry: join(root, 'bench', 'host', 'measure.ts'),
      env: { AMI_EXPLORER_PLAIN_SDK: plain, AMI_EXPLORER_ORDER: run % 2 === 0 ? 'ours' : 'plain' },
      sample: { images },
      bundle: { plugins: [shippedSdk(shipped)], supported: { 'dynamic-import': false } },
    });
    reports.push(report as HostReport);
  }
  const measured = reports.flatMap(({ activation }) => activation ?? []);
  const firstCommands = reports.flatMap(({ firstCommand }) => firstCommand ?? []);
  const builtIn = reports.flatMap((report) => report.builtIn ?? []);
  const [first] = reports;
  return [
    {
      title: `Activation in VS Code ${first?.vscode}, Node ${first?.node}`,
      columns: ['', 'ms', 'to reach'],
      rows: [
        [
          `load and activate, median of ${measured.length}`,
          measured.length > 0 ? median(measured).toFixed(0) : 'it was active already',
          '≤ 50 ms',
        ],
        [
          'the first command after it, which loads the rest',
          firstCommands.length > 0 ? median(firstCommands).toFixed(0) : 'it was loaded already',
          '',
        ],
        [
          'peer: VS Code’s own references view',
          builtIn.length > 0 ? median(builtIn).toFixed(0) : 'it was active already',
          '',
        ],
      ],
    },
    {
      title: `Listing inside the extension host, ${images.toLocaleString('en')} public images more (median of ${reports.length})`,
      columns: ['', 'images', 'wall, ms', 'longest block of the thread, ms', 'to reach'],
      rows: (first?.listings ?? []).map(({ name, images: count }, index) => [
        name,
        count.toLocaleString('en'),
        median(reports.map((report) => report.listings[index]?.wall ?? Number.NaN)).toFixed(0),
        median(reports.map((report) => report.listings[index]?.longestBlock ?? Number.NaN)).toFixed(0),
        name.startsWith('AMI Explorer') ? '≤ 80 ms' : '',
      ]),
    },
  ];
}

/** What is shown in code, measured in the extension host. */
export async function codeInVsCode(): Promise<Table> {
  const report = (await runInVsCode({
    version: 'newest',
    entry: join(root, 'bench', 'host', 'measureCode.ts'),
  })) as CodeReport;
  const ms = (value: number) => value.toFixed(1);
  return {
    title: 'Hints in code, in the extension host',
    columns: ['', 'ms', 'to reach'],
    rows: [
      ['hover, of the editor alone', ms(report.emptyHover), ''],
      ['hover on an id, cold, with its connection', ms(report.coldHover), 'one request'],
      ['hover on an id, warm', ms(report.warmHover), '≤ 20 ms'],
      ['1 MB of HCL opened and hovered: longest block', ms(report.openBlock), '≤ 50 ms'],
      ['1 MB of HCL: from an edit to a hover behind it', ms(report.editToHover), ''],
      ['1 MB of HCL: completion where an id belongs', ms(report.completion), ''],
    ],
  };
}

/** What typing costs the extension host, in CPU time: what else the machine does is no part of it. */
export async function typingInVsCode(): Promise<Table> {
  const reports = (await runInVsCode({
    version: 'newest',
    entry: join(root, 'bench', 'host', 'measureTyping.ts'),
    sample: { images: 8_000 },
  })) as readonly TypingReport[];
  return {
    title: 'Typing in code in which everything is shown, in the extension host',
    columns: ['', 'without ids', 'with them', 'to reach'],
    rows: reports.flatMap(typingRows),
  };
}

function typingRows({ text, without, with: shown }: TypingReport): Table['rows'] {
  const both = (name: keyof TypingReport['with']) => [without[name].toFixed(1), shown[name].toFixed(1)];
  return [
    [`${text}: until a key is shown, ms`, ...both('key'), 'as without'],
    ['  CPU time a key, with all that follows, ms', ...both('cpu'), 'as without'],
    ['  longest block while typing, ms of CPU time', ...both('longestBlock'), '≤ 50 ms'],
    ['  longest block from the opening until all is shown', ...both('longestBlockOfOpening'), '≤ 50 ms'],
    ['  problems shown', without.problems.toFixed(0), shown.problems.toFixed(0), ''],
  ];
}

/** Makes the measured code load the SDK from the chunk that ships. */
function shippedSdk(file: string): Plugin {
  return {
    name: 'shipped-sdk',
    setup(build) {
      build.onResolve({ filter: /\/sdk\.ts$/ }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: file, external: true } : undefined,
      );
    },
  };
}
