import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ignoreFileText } from '../../../src/ui/workspace/ignoreFileText.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ignore-file-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const file = join(folder, '.gitignore');
  writeFileSync(file, text);
  return file;
}

it('reads a file, up to 500 kB', async () => {
  expect(await ignoreFileText(written('dist\nŁódź\n'))).toBe('dist\nŁódź\n');
  expect(await ignoreFileText(written('a'.repeat(500_000)))).toHaveLength(500_000);
  expect(await ignoreFileText(written('a'.repeat(500_001)))).toBe('');
});

it('reads neither a folder nor what is not there', async () => {
  expect(await ignoreFileText(folder)).toBe('');
  expect(await ignoreFileText(join(folder, 'none'))).toBe('');
});

it.skipIf(process.platform === 'win32')('waits for no pipe, and reads no device to its end', async () => {
  const pipe = join(folder, 'exclude');
  execFileSync('mkfifo', [pipe]);
  expect(await ignoreFileText(pipe)).toBe('');
  const device = join(folder, '.ignore');
  symlinkSync('/dev/zero', device);
  expect(await ignoreFileText(device)).toBe('');
});
