import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ReferencedImages } from '../src/hints/referencedImages.ts';
import { ImagesById } from '../src/images/imagesById.ts';
import { ThreadScanner } from '../src/scan/threadScanner.ts';
import { localEndpoint, openSample } from '../test/ec2/openSample.ts';
import { idReference } from '../test/hints/references.ts';
import { root } from '../test/vscode/install.ts';
import { mixedFiles } from './code/mixedFiles.ts';
import { median, type Table } from './table.ts';

const count = 10_000;
const runs = 3;

const workspaceRegions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];

/** In ms. */
const latency = 100;

/** Scans a workspace of mixed infrastructure code as the extension does, beside a search for ids alone. */
export async function referencesInCode(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'ami-explorer-code-'));
  try {
    const files = mixedFiles(count).map(({ path, text }) => ({ path, text, file: join(folder, path) }));
    for (const { file, text } of files) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const scans = [];
    const greps = [];
    for (let run = 0; run < runs; run += 1) {
      scans.push(await scanned(files));
      greps.push(await grepped(folder));
    }
    const [first] = scans;
    return {
      title: `References in ${count.toLocaleString('en')} files of mixed infrastructure code (median of ${runs})`,
      columns: ['', 'files with references', 'references', 'wall, ms', 'longest block of the host, ms', 'to reach'],
      rows: [
        [
          'AMI Explorer, from a cold thread',
          String(first?.files),
          String(first?.references),
          median(scans.map(({ wall }) => wall)).toFixed(0),
          median(scans.map(({ block }) => block)).toFixed(0),
          '≤ 2,000 ms, ≤ 50 ms',
        ],
        [
          'peer: grep -rE for ids',
          '',
          '',
          greps.includes(undefined) ? 'not installed' : median(greps.flatMap((time) => time ?? [])).toFixed(0),
          '',
          '',
        ],
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function scanned(files: readonly { readonly file: string; readonly path: string }[]) {
  const scanner = new ThreadScanner({ thread: join(root, 'dist', 'scan.cjs') });
  let last = performance.now();
  let block = 0;
  const ticking = setInterval(() => {
    const now = performance.now();
    block = Math.max(block, now - last - 1);
    last = now;
  }, 1);
  const start = performance.now();
  let found = 0;
  let references = 0;
  try {
    for await (const part of scanner.scan(files, new AbortController().signal)) {
      found += part.length;
      references += part.reduce((sum, file) => sum + file.references.length, 0);
    }
    return { files: found, references, wall: performance.now() - start, block };
  } finally {
    clearInterval(ticking);
    await scanner.dispose();
  }
}

/** Resolves the ids of a workspace on an endpoint with the latency of a far region. */
export async function imagesBehindIds(): Promise<Table> {
  const sample = await openSample(localEndpoint, { images: 600, latency });
  try {
    const connection = await sample.open();
    const signal = AbortSignal.timeout(120_000);
    const ids = new Map<string, readonly string[]>();
    for (const region of workspaceRegions) {
      const found: string[] = [];
      for await (const page of connection.ec2.listImages(region, { executableUsers: ['all'] }, signal)) {
        found.push(...page.map(({ id }) => id));
      }
      ids.set(region, found.slice(0, 167));
    }
    const measured = async (isTold: boolean): Promise<readonly string[]> => {
      const references = Array.from(ids, ([region, found]) =>
        found.map((id) => idReference(id, isTold ? [region] : [])),
      ).flat();
      sample.server.requests.length = 0;
      const byId = new ImagesById(connection.ec2, { byIds: async () => [] });
      const start = performance.now();
      await new ReferencedImages({ byId, regions: workspaceRegions }).resolve(references, signal);
      return [
        isTold ? 'each in the region that its file tells' : 'in unknown regions',
        String(references.length),
        String(sample.server.requests.length),
        (performance.now() - start).toFixed(0),
        '≤ 10 requests',
      ];
    };
    return {
      title: `Images behind the ids of a workspace in ${workspaceRegions.length} regions, ${latency} ms a request`,
      columns: ['', 'ids', 'requests', 'ms', 'to reach'],
      rows: [await measured(true), await measured(false)],
    };
  } finally {
    await sample.close();
  }
}

/** In ms; undefined where there is no grep. */
async function grepped(folder: string): Promise<number | undefined> {
  const start = performance.now();
  try {
    await promisify(execFile)('grep', ['-rnoE', 'ami-[0-9a-f]{8,17}', folder], { maxBuffer: 100_000_000 });
    return performance.now() - start;
  } catch {
    return undefined;
  }
}
