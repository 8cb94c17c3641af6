import { expect, it } from 'vitest';
import { excludingGlob, isNeverSearched } from '../../../src/ui/workspace/searchGlobs.ts';

function patternsOf(glob: string): readonly string[] {
  return glob.slice(1, -1).split(',');
}

it('has no braces within braces, whatever the settings have', () => {
  const glob = excludingGlob(['**/{dist,build}', '**/a{b,c{d,e}}/*.{js,ts}', 'left{open', '**/x,y', '**/$&']);
  expect(glob.startsWith('{') && glob.endsWith('}')).toBe(true);
  expect(glob.slice(1, -1)).not.toMatch(/[{}]/);
  expect(patternsOf(glob)).toEqual(
    expect.arrayContaining([
      ...['**/dist', '**/build', '**/ab/*.js', '**/ab/*.ts', '**/acd/*.js', '**/ace/*.ts'],
      ...['left?open', '**/x?y', '**/$&', '**/.git', '**/node_modules', '**/*.png'],
    ]),
  );
});

it('bounds what a pattern with many choices is taken apart into', () => {
  const pattern = '{a,b,c,d,e,f,g,h,i,j}'.repeat(6);
  expect(patternsOf(excludingGlob([pattern])).length).toBeLessThan(2_000);
});

it('says of a changed file by its path alone that it is never searched', () => {
  const never = ['/w/.git/index.lock', '/w/a/node_modules/x/y.tf', '/w/.terraform/modules/m.tf', '/w/logo.png'];
  expect(never.filter(isNeverSearched)).toEqual(never);
  expect(['/w/main.tf', '/w/.github/ci.yml', '/w/png', '/w/node_modules.tf'].filter(isNeverSearched)).toEqual([]);
});
