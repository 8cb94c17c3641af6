import { join } from 'node:path';
import { root } from '../test/vscode/install.ts';
import { runInVsCode } from '../test/vscode/runInVsCode.ts';
import type { HostReport } from './host/measure.ts';
import { median, type Table } from './table.ts';

const activations = 3;

/** Public images in the catalog that the listings meet. */
const images = 20_000;

export async function insideVsCode(plainSdk: string): Promise<readonly Table[]> {
  const reports: HostReport[] = [];
  for (let run = 0; run < activations; run += 1) {
    const report = await runInVsCode({
      version: 'newest',
      entry: join(root, 'bench', 'host', 'measure.ts'),
      env: { AMI_EXPLORER_PLAIN_SDK: plainSdk },
      sample: { images },
    });
    reports.push(report as HostReport);
  }
  const measured = reports.flatMap(({ activation }) => activation ?? []);
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
