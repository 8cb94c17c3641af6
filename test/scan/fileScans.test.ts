import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readerLoader } from '../../src/code/loadReaders.ts';
import { FileScans } from '../../src/scan/fileScans.ts';

let folder: string;
const id = 'ami-0a1b2c3d4e5f60718';
const files = {
  'live/web/main.tf': `resource "aws_instance" "web" {\n  ami = "${id}"\n}\n`,
  'live/web/variables.tf': `variable "region" {\n  default = "eu-west-1"\n}\n\nvariable "old" {\n  default = "${id}"\n}\n`,
  'live/web/providers.tf': 'provider "aws" {\n  region = var.region\n}\n',
  'other/main.tf': `resource "aws_instance" "web" {\n  ami = "${id}"\n}\n`,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scans-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
});

afterAll(() => rm(folder, { recursive: true }));

async function regionsIn(scans: FileScans, path: string) {
  const scanned = await scans.scan({ file: join(folder, path), path });
  return scanned?.references.map(({ reference }) => reference.region);
}

const told = expect.objectContaining({
  regions: ['eu-west-1'],
  at: expect.objectContaining({ path: 'live/web/variables.tf' }),
});

it.each([[['live/web/main.tf', 'live/web/variables.tf']], [['live/web/variables.tf', 'live/web/main.tf']]])(
  'takes the region from the files of the folder, in the order %s',
  async (order) => {
    const scans = new FileScans(readerLoader());
    const found = new Map<string, unknown>();
    for (const path of order) {
      found.set(path, await regionsIn(scans, path));
    }
    expect(found.get('live/web/main.tf')).toEqual([told]);
    expect(found.get('live/web/variables.tf')).toMatchObject([{ regions: ['eu-west-1'], at: { path: undefined } }]);
  },
);

it('takes no region from another folder', async () => {
  const scans = new FileScans(readerLoader());
  await regionsIn(scans, 'live/web/main.tf');
  expect(await regionsIn(scans, 'other/main.tf')).toMatchObject([{ regions: [] }]);
});
