import { describe, expect, it } from 'vitest';
import { IgnoreRules } from '../../../src/ui/workspace/ignoreRules.ts';

const root = (text: string) => ({ folder: '', text });

describe('what .gitignore leaves out', () => {
  it('is by name, by path and by folder, with what is in it', () => {
    const rules = new IgnoreRules([root('dist/\n*.tfvars\n/top.tf\ndocs/api\n# comment\n\n')]);
    const ignored = ['dist/a/b.tf', 'live/dist/c.tf', 'live/x.tfvars', 'top.tf', 'docs/api/y.md'];
    expect(ignored.filter((path) => rules.ignores(path))).toEqual(ignored);
    expect(
      ['main.tf', 'dist', 'live/top.tf', 'live/docs/api', 'X.TFVARS'].filter((path) => rules.ignores(path)),
    ).toEqual([]);
  });

  it('has exceptions, and none for what is in a folder that is left out', () => {
    const rules = new IgnoreRules([root('*.tfvars\n!prod.tfvars\nout/\n!out/keep.tf\n')]);
    expect(rules.ignores('live/dev.tfvars')).toBe(true);
    expect(rules.ignores('live/prod.tfvars')).toBe(false);
    expect(rules.ignores('out/keep.tf')).toBe(true);
  });

  it('is told by the closest file, which may take a folder in again', () => {
    const rules = new IgnoreRules([root('build\n*.txt\n'), { folder: 'a', text: '!build/\nown.tf\n' }]);
    expect(rules.ignores('build/x.tf')).toBe(true);
    expect(rules.ignores('a/build/x.tf')).toBe(false);
    expect(rules.ignores('a/build/x.txt')).toBe(true);
    expect(['a/own.tf', 'a/b/own.tf', 'own.tf'].map((path) => rules.ignores(path))).toEqual([true, true, false]);
  });

  it('counts less than .ignore in the same folder', () => {
    const rules = new IgnoreRules([root('*.tfvars\n'), root('!*.tfvars\nsecret.tf\n')]);
    expect(['x.tfvars', 'secret.tf'].map((path) => rules.ignores(path))).toEqual([false, true]);
  });

  it('leaves nothing out where there is none', () => {
    expect(new IgnoreRules([]).ignores('a/b')).toBe(false);
  });
});

describe('rules that would take long', () => {
  const deep = (depth: number) => `${'a/'.repeat(depth)}b`;

  it('are none: those with more than two parts for any folders', () => {
    const slow = Array.from({ length: 50 }, (_, index) => `${'**/a/'.repeat(20)}c${index}`);
    const rules = new IgnoreRules([root(['**/a/**/b', ...slow, 'own.tf'].join('\n'))]);
    expect([deep(40), `${deep(40)}c`, 'a/own.tf'].map((path) => rules.ignores(path))).toEqual([true, false, true]);
    expect(new IgnoreRules([root('**/a/**/a/**\n')]).ignores('a/a/b')).toBe(false);
  });

  it('are none: too many in one file, and those that are too long', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `/x${index}`);
    const rules = new IgnoreRules([root([...many, '/late'].join('\n'))]);
    expect(['x0', 'x1999', 'late'].map((path) => rules.ignores(path))).toEqual([true, true, false]);
    expect(new IgnoreRules([root('a'.repeat(1_001))]).ignores('a'.repeat(1_001))).toBe(false);
  });

  it('say nothing of files in more folders than anybody has', () => {
    const rules = new IgnoreRules([root('*.tf')]);
    expect([`${'a/'.repeat(49)}b.tf`, `${'a/'.repeat(400)}b.tf`].map((path) => rules.ignores(path))).toEqual([
      true,
      false,
    ]);
  });
});
