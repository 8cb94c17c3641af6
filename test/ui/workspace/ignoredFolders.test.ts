import { describe, expect, it } from 'vitest';
import { ignoredFolders } from '../../../src/ui/workspace/ignoredFolders.ts';
import { IgnoreRules } from '../../../src/ui/workspace/ignoreRules.ts';

const root = (text: string) => ({ folder: '', text });

/** Without an order. */
const globs = (...files: Parameters<typeof ignoredFolders>[0]) => new Set(ignoredFolders(files));

describe('the folders that nobody looks into', () => {
  it('are those of plain names and paths, below the folder of the file that says so', () => {
    const found = globs(root('.venv/\n/target\na/b/\n*.log\nc?\n'), { folder: 'live/{x}', text: 'cdk.out\r\n' });
    expect(found).toEqual(new Set(['**/.venv/**', 'target/**', 'a/b/**', 'live/?x?/**/cdk.out/**']));
  });

  it.each([
    ['by name, in the same folder', root('dist\nout\n!dist/\n'), root('')],
    ['by name, in a folder within', root('dist\nout\n'), { folder: 'a', text: '!dist/\n' }],
    ['by a path', root('dist\nout\n!/a/dist\n'), root('')],
    ['by a wildcard that has its name', root('dist\nout\n'), { folder: 'a', text: '!di*\n' }],
  ])('are none that may be taken in again %s', (_, ...files) => {
    expect(globs(...files)).toEqual(new Set(['**/out/**']));
  });

  it.each([
    ['whatever is in a folder', '!keep/**\n'],
    ['any name', '!*\n'],
    ['what is not worth a closer look', '![do][iu]*[t]\n'],
    ['an escaped name', '!\\dist\n!o\\ut\n'],
  ])('are none where %s is taken in again', (_, text) => {
    expect(globs(root('dist\nout\n'), { folder: 'a', text })).toEqual(new Set());
  });

  it('are none that lead elsewhere', () => {
    expect(globs(root('..\n.\na/../b\n.x\n..y\n!*.css\n'))).toEqual(new Set(['**/.x/**', '**/..y/**']));
  });

  it('are kept where what is taken in again is another name, or elsewhere', () => {
    const theme = { folder: 'docs/theme', text: '!vendor*.css\n!*\n' };
    expect(globs({ folder: 'web', text: 'node_out\n' }, theme)).toEqual(new Set(['web/**/node_out/**']));
    expect(globs(root('dist\n!*.tf\n'))).toEqual(new Set(['**/dist/**']));
    // A closer file has the last word.
    const files = [root('!dist\n'), { folder: 'web', text: 'dist\n' }, { folder: 'web2', text: '!dist\n' }];
    expect(globs(...files)).toEqual(new Set(['web/**/dist/**']));
    expect(new IgnoreRules(files).ignores('web/a/dist/x.tf')).toBe(true);
  });

  it('are named once, and no more of them than the editor takes, the shortest first', () => {
    const files = Array.from({ length: 400 }, (_, index) => ({
      folder: `packages/package-with-a-long-name-${index}`,
      text: 'node_modules\ndist\ncoverage\n.turbo\nnode_modules/\n',
    }));
    const found = ignoredFolders([...files, root('/a\n')]);
    expect(found[0]).toBe('a/**');
    expect(new Set(found).size).toBe(found.length);
    const { length } = found.join(',');
    expect(length).toBeLessThanOrEqual(8_000);
    expect(length).toBeGreaterThan(7_900);
  });
});
