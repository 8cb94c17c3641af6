import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bytesIn, installedPackages, withProgress } from '../../scripts/progress.mjs';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ami-explorer-progress-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function output(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, columns: 40, write: (text: string) => written.push(text) };
}

/** With N in the place of the seconds. */
const untimed = (written: readonly string[]) => written.map((text) => text.replace(/\d+ s\b/, 'N s'));

describe('progress', () => {
  it('is one line of a terminal, which says in the end that it is done', async () => {
    const terminal = output(true);
    let looks = 0;
    const howFar = () => {
      looks += 1;
      return `${looks} of 3 packages (a-package-with-a-long-name)`;
    };
    const seen = () =>
      new Promise<number>((resolve) => setTimeout(() => (looks > 1 ? resolve(7) : resolve(seen())), 20));
    expect(await withProgress('Installing', howFar, seen, terminal)).toBe(7);
    expect(terminal.written[0]).toBe('\r\u001b[KInstalling …');
    expect(untimed(terminal.written)[1]).toBe('\r\u001b[KInstalling: 1 of 3 packages (a-package-');
    expect(untimed(terminal.written).at(-1)).toBe('\r\u001b[KInstalling: done (N s)\n');
  });

  it('is a few whole lines of a log', async () => {
    const log = output(false);
    await withProgress(
      'Installing',
      () => 'half',
      () => new Promise<void>((resolve) => setTimeout(resolve, 50)),
      log,
    );
    expect(untimed(log.written)).toEqual(['Installing …\n', 'Installing: done (N s)\n']);
  });

  it('ends with the error of the work, and does not call it done', async () => {
    const log = output(false);
    const broken = () => Promise.reject(new Error('no network'));
    await expect(withProgress('Installing', () => '', broken, log)).rejects.toThrow('no network');
    expect(log.written).toEqual(['Installing …\n']);
  });

  it('that cannot be measured does not end the work', async () => {
    const unmeasured = () => Promise.reject(new Error('not there'));
    expect(await withProgress('Installing', unmeasured, async () => 1, output(false))).toBe(1);
  });

  it('counts the packages that every platform has, and names the last', async () => {
    const root = await temporaryFolder();
    const packages = {
      '': {},
      'node_modules/a': {},
      'node_modules/a/node_modules/@b/c': {},
      'node_modules/other-platform': { optional: true },
      'node_modules/linked': { link: true },
    };
    const howFar = installedPackages(root, { packages });
    expect(howFar()).toBe('0 of 2 packages');
    const install = async (name: string) => {
      await mkdir(join(root, name), { recursive: true });
      await writeFile(join(root, name, 'package.json'), '{}');
    };
    await install('node_modules/a');
    expect(howFar()).toBe('1 of 2 packages (a)');
    await install('node_modules/a/node_modules/@b/c');
    expect(howFar()).toBe('2 of 2 packages (@b/c)');
  });

  it('adds up the bytes of a folder, and of none', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'x', 'y'), { recursive: true });
    await writeFile(join(folder, 'x', 'y', 'z'), '12345');
    await writeFile(join(folder, 'w'), '123');
    expect(await bytesIn(folder)).toBe(8);
    expect(await bytesIn(join(folder, 'none'))).toBe(0);
  });
});
