import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { bundleText, englishBundle, textsOfSources } from '../../scripts/l10n.ts';
import { messageOf, type Texts, translationProblems } from './translationProblems.ts';

/** What has to be there; any other language that has a file is held to the same. */
const required: readonly string[] = ['de', 'es', 'ja', 'zh-cn'];

/** English texts of several words that a language has as they are: names, for the most part. */
const same: Readonly<Record<string, readonly string[]>> = {
  de: ['Availability Zone', 'IAM Identity Center (SSO)', 'SR-IOV'],
  ja: ['AMI ID', 'IAM Identity Center (SSO)', 'Instance store-backed', 'SR-IOV', 'instance store-backed'],
  'zh-cn': ['AMI ID', 'IAM Identity Center (SSO)', 'SR-IOV'],
  es: ['IAM Identity Center (SSO)', 'SR-IOV'],
};

async function textsIn(file: string): Promise<Texts> {
  return JSON.parse(await readFile(file, 'utf8'));
}

const english = { bundle: await textsIn(englishBundle), manifest: await textsIn('package.nls.json') };
const files = [...globSync('l10n/bundle.l10n.*.json'), ...globSync('package.nls.*.json')];
const present = files.map((file) => /\.([\w-]+)\.json$/.exec(file)?.[1] ?? file);
const languages = [...new Set([...required, ...present])];

it('the English bundle has the texts of the sources, and no other', async () => {
  expect(await readFile(englishBundle, 'utf8'), 'npm run build writes it anew').toBe(
    bundleText(await textsOfSources()),
  );
});

it('the languages are named as VS Code names them', () => {
  const known = ['cs', 'de', 'es', 'fr', 'it', 'ja', 'ko', 'pl', 'pt-br', 'ru', 'tr', 'zh-cn', 'zh-tw'];
  expect(present.filter((language) => !known.includes(language))).toEqual([]);
});

it('VS Code is told where they are', async () => {
  expect(JSON.parse(await readFile('package.json', 'utf8')).l10n).toBe('./l10n');
});

describe.each(languages)('%s', (language) => {
  it('has every text, with all that the English has beside its words', async () => {
    const bundle = await textsIn(`l10n/bundle.l10n.${language}.json`);
    const manifest = await textsIn(`package.nls.${language}.json`);
    const titles = new Map(
      Object.entries(english.manifest)
        .filter(([key]) => key.startsWith('command.'))
        .map(([key, title]) => [messageOf(title), messageOf(manifest[key] ?? title)]),
    );
    expect([
      ...translationProblems(english.bundle, bundle, titles, same[language]),
      ...translationProblems(english.manifest, manifest, titles, same[language]),
    ]).toEqual([]);
  });
});
