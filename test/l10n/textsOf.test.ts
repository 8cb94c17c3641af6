import { expect, it } from 'vitest';
import { textsOf } from '../../scripts/l10n.ts';

it.each([
  ['of the editor', `vscode.l10n.t('No image.')`, { 'No image.': 'No image.' }],
  ['of a page', `l10n.t("It's {0}.", name)`, { "It's {0}.": "It's {0}." }],
  ['of whatever has a bundle', `this.words.l10n.t('Tags')`, { Tags: 'Tags' }],
  ['on a line of its own', `vscode.l10n\n  .t(\n    // why\n    'Tags',\n  )`, { Tags: 'Tags' }],
  ['with quotes in it', `l10n.t('Say "yes" or \\'no\\'')`, { [`Say "yes" or 'no'`]: `Say "yes" or 'no'` }],
  ['with escapes', `l10n.t('a\\nb\\\\c \\u2026')`, { 'a\nb\\c …': 'a\nb\\c …' }],
  ['in another', `l10n.t('{0} of {1}', l10n.t('All'), n)`, { '{0} of {1}': '{0} of {1}', All: 'All' }],
  [
    'with a comment',
    `vscode.l10n.t({ message: 'Later', args: [x], comment: ['A day to be chosen'] })`,
    { 'Later/A day to be chosen': { message: 'Later', comment: ['A day to be chosen'] } },
  ],
  [
    'with a comment of one text',
    `l10n.t({ message: 'Later', comment: 'A day to be chosen' })`,
    { 'Later/A day to be chosen': { message: 'Later', comment: ['A day to be chosen'] } },
  ],
  ['of no one', `t('x'); other.t('y'); l10n.config({})`, {}],
])('finds a text %s', (_, source, texts) => {
  expect(textsOf(source, 'src/some.ts')).toEqual(texts);
});

it.each([
  'l10n.t(text)',
  "l10n.t('a' + 'b')",
  'l10n.t(`a`)',
  "l10n.t(a ? 'b' : 'c')",
  'vscode.l10n.t({ message })',
  "vscode.l10n.t({ message: 'a', comment: why })",
])('refuses %s, which has no text of its own', (source) => {
  expect(() => textsOf(`\n${source}`, 'src/some.ts')).toThrow('src/some.ts:2: the text is to stand');
});
