import { describe, expect, it } from 'vitest';
import type { Tag } from '../../src/core/image.ts';
import { commonTags, formatTags, parseTags } from '../../src/core/tagText.ts';

function tags(...pairs: readonly (readonly [string, string])[]): readonly Tag[] {
  return pairs.map(([key, value]) => ({ key, value }));
}

describe('tags as typed', () => {
  it.each([
    ['', []],
    [' ; ;', []],
    ['Team=web', [['Team', 'web']]],
    [
      ' Team = web ;Env=prod; ',
      [
        ['Team', 'web'],
        ['Env', 'prod'],
      ],
    ],
    ['Empty=', [['Empty', '']]],
    ['Cost center=a b', [['Cost center', 'a b']]],
    ['expr=a=b==c', [['expr', 'a=b==c']]],
    [
      'a="1; 2";b=3',
      [
        ['a', '1; 2'],
        ['b', '3'],
      ],
    ],
    ['"k=1;"="say \\"hi\\" \\\\ "', [['k=1;', 'say "hi" \\ ']]],
    ['path=C:\\dir', [['path', 'C:\\dir']]],
    [
      '名前=値; 🙂=💥;x=1',
      [
        ['名前', '値'],
        ['🙂', '💥'],
        ['x', '1'],
      ],
    ],
    ['=value', [['', 'value']]],
    ['quoted=it is "so"', [['quoted', 'it is "so"']]],
  ] as [string, [string, string][]][])('%j are read', (text, pairs) => {
    expect(parseTags(text)).toEqual({ ok: true, tags: tags(...pairs) });
  });

  it.each([
    ['Team', 'no-value', 'Team'],
    ['a=1; b', 'no-value', 'b'],
    ['a="1; b=2', 'unclosed-quote', '"1; b=2'],
    ['"a', 'unclosed-quote', '"a'],
    ['a="1" 2; b=3', 'after-quote', '"1" 2; b=3'],
  ])('%j are not', (text, kind, part) => {
    expect(parseTags(text)).toEqual({ ok: false, problem: { kind, part } });
  });

  it.each([
    [tags(['a', '1'], ['b', ''])],
    [tags(['k;', 'v;'], ['"', '\\'], [' lead', 'trail '], ['=', '='])],
    [tags(['$(alert)', '[x](command:y)'], ['új', '\u202e'])],
  ])('written are read as they were: %j', (list) => {
    expect(parseTags(formatTags(list))).toEqual({ ok: true, tags: list });
  });
});

describe('the tags that all instances have', () => {
  it('are those with the same value everywhere, without AWS\u2019s own', () => {
    const one = { tags: tags(['Team', 'web'], ['Env', 'prod'], ['aws:cloudformation:stack-name', 's']) };
    const other = { tags: tags(['Env', 'prod'], ['Team', 'data'], ['aws:cloudformation:stack-name', 's']) };
    expect(commonTags([one])).toEqual(tags(['Team', 'web'], ['Env', 'prod']));
    expect(commonTags([one, other])).toEqual(tags(['Env', 'prod']));
    expect(commonTags([])).toEqual([]);
  });
});
