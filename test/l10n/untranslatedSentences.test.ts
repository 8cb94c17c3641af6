import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { untranslatedSentences } from '../../scripts/l10n.ts';

/** Where sentences stay English, and why. */
const english: readonly (readonly [files: RegExp, why: string])[] = [
  [/^src\/(?:check|sample)[/.]/, 'the check and the sample account speak English'],
  [/^src\/contributions\//, 'comes from package.nls.json'],
  [/^src\/(?:catalog|threads|scan)\//, 'errors of threads, which the editor quotes in a sentence of its own, or logs'],
  [/^src\/core\/snippets\/remarks\.ts$/, 'comments in the code that is inserted'],
  [/^src\/ec2\/answers\/wholeAnswer\.ts$/, 'the cause of a timeout, for the log'],
  [/^src\/ec2\/imagePages\.ts$/, 'the cause of a retry, which nobody sees'],
  [/^src\/ui\/session\/session\.ts$/, 'the cause of a missing MFA code, for the log'],
];

it.each([
  ['in a string', `fail('There is no such file.')`, ['There is no such file.']],
  ['with a value in it', `fail(\`there is no file $\{a.b}.\`)`, ['there is no file {}.']],
  ['in a list', `const said = { a: ['Not at all here.'] }`, ['Not at all here.']],
  ['that is translated', `vscode.l10n.t('There is no file {0}.', name)`, []],
  ['in one that is translated', `l10n.t('No file. {0}', a ?? 'It was lost.')`, ['It was lost.']],
  ['with a comment', `l10n.t({ message: 'It is so.', comment: ['What it is.'] })`, []],
  ['for the log', `this.#log.warn('There is no such file.')`, []],
  ['that is none', `a('aws ec2 describe-images'); b('Not. One')`, []],
])('a sentence %s', (_, source, sentences) => {
  expect(untranslatedSentences(source)).toEqual(sentences);
});

it('every sentence of the sources is translated', async () => {
  const files = globSync('{src,media}/**/*.ts').map((file) => file.replaceAll('\\', '/'));
  const untranslated = await Promise.all(
    files.map(async (file) => ({ file, sentences: untranslatedSentences(await readFile(file, 'utf8')) })),
  );
  const found = untranslated.filter(({ sentences }) => sentences.length > 0);
  expect(found.filter(({ file }) => !english.some(([files]) => files.test(file)))).toEqual([]);
  const needless = english.filter(
    ([files, why]) => !why.includes('package.nls') && !found.some(({ file }) => files.test(file)),
  );
  expect(needless, 'exceptions that nothing needs').toEqual([]);
});
