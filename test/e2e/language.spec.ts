import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageOf, type Texts } from '../l10n/translationProblems.ts';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { installedExtensions } from './globalSetup.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;
let extensions: string;
/** The files of the extension's folder and of its translations, as they are packaged. */
let shipped: readonly string[];

const accents: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú' };

/** A translation that can be told from the English, with all that is no word as it is. */
function accented(text: string): string {
  return text
    .split(/(\{\d+\}|`[^`]*`|\]\([^)]*\)|\$\([\w~-]+\))/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[aeiou]/g, (letter) => accents[letter] ?? letter)))
    .join('');
}

async function writeAccented(from: string, to: string): Promise<void> {
  const texts: Texts = JSON.parse(await readFile(from, 'utf8'));
  const translated = Object.entries(texts).map(([key, text]) => [key, accented(messageOf(text))]);
  await writeFile(to, JSON.stringify(Object.fromEntries(translated)));
}

/** Expands a row, with time between the clicks: the second one of two would collapse it. */
async function expand(name: RegExp): Promise<void> {
  const row = editor.workbench.page.getByRole('treeitem', { name }).first();
  await row.waitFor();
  const isExpanded = async () => (await row.getAttribute('aria-expanded')) === 'true';
  const opened = async () => {
    if (!(await isExpanded())) await row.click();
    return editor.workbench.settled(isExpanded, 3_000);
  };
  await expect.poll(opened).toBe(true);
}

beforeAll(async () => {
  extensions = await mkdtemp(join(tmpdir(), 'ami-explorer-language-'));
  await cp(installedExtensions, extensions, { recursive: true });
  const [ours = ''] = (await readdir(extensions)).filter((name) => name.includes('ami-explorer-'));
  const l10n = join(extensions, ours, 'l10n');
  await mkdir(l10n, { recursive: true });
  shipped = [...(await readdir(l10n)), ...(await readdir(join(extensions, ours)))];
  await writeAccented('l10n/bundle.l10n.json', join(l10n, 'bundle.l10n.de.json'));
  await writeAccented('package.nls.json', join(extensions, ours, 'package.nls.de.json'));
  editor = await openEditor({ extensionsFolder: extensions, language: 'de' });
  await editor.workbench.page.getByRole('tab', { name: 'AMI Explorer' }).first().click();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(async () => {
  await editor?.close();
  await rm(extensions, { recursive: true, force: true });
});

it('all translations are in the package, and no glossary', async () => {
  const texts = [...(await readdir('l10n')), ...(await readdir('.'))].filter((name) =>
    /^(?:bundle\.l10n|package\.nls)\..+\.json$/.test(name),
  );
  expect(shipped.filter((name) => /l10n\.|nls\.[\w-]+\.|GLOSSARY/.test(name)).sort()).toEqual(texts.sort());
});

describe('in a language that the extension is translated into', () => {
  it('views, rows and commands are in it', async () => {
    const { page } = editor.workbench;
    await page.locator('.pane-header .title', { hasText: /^Imágés$/ }).waitFor();
    await page.locator('.monaco-list-row', { hasText: 'Ownéd by mé' }).first().waitFor();
    await page.locator('.monaco-list-row .label-description', { hasText: 'rúnníng' }).first().waitFor();
    await page.keyboard.press('F1');
    await editor.workbench.quickInput().fill('>AMI Explorer: Sélé');
    await expectShown(editor.workbench.quickPickRow('Séléct AWS Prófílé…'));
    await editor.workbench.dismissQuickInput();
  });

  it('the page of an image is in it, with numbers as they are written there', async () => {
    const { workbench } = editor;
    await expand(/^Ownéd by mé/);
    await expand(/^web-server-golden\b(?!-)/);
    await workbench.clickRow(workbench.page.getByRole('treeitem', { name: 'web-server-golden-20261114' }).first());
    const view = workbench.webview();
    await view.getByRole('heading', { name: 'Róót Vólúmé' }).first().waitFor();
    await expectShown(view.getByText('3.000', { exact: true }).first());
  });

  it('so are the findings in code', async () => {
    const { workbench } = editor;
    await writeFile(
      join(editor.folder, 'broken.tf'),
      'resource "aws_instance" "a" {\n  ami = "ami-0b1f2e3d4c5b6a7"\n}\n',
    );
    await workbench.openFile('broken.tf');
    await workbench.page.keyboard.press('Control+Shift+M');
    await expectShown(workbench.page.locator('.markers-panel', { hasText: 'ís nót á válíd AMI ID' }).first());
  });
});
