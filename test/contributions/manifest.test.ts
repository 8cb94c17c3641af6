import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { itemMenuEntries, withContributions } from '../../scripts/contributions.ts';
import { commandTable } from '../../src/contributions/commands.ts';

const manifest = await readFile('package.json', 'utf8');

it('package.json contributes what the tables say', () => {
  expect(manifest, 'npm run build writes it anew').toBe(withContributions(manifest));
});

it('package.nls.json has every text that package.json asks for, and no other', async () => {
  const texts: Record<string, string> = JSON.parse(await readFile('package.nls.json', 'utf8'));
  const asked = [...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
  expect(Object.keys(texts).sort()).toEqual([...new Set(asked)].sort());
  expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([]);
});

it('every icon is one of the editor’s', async () => {
  const path = createRequire(import.meta.url).resolve('@vscode/codicons/dist/codicon.css');
  const drawn = new Set(
    [...(await readFile(path, 'utf8')).matchAll(/\.codicon-([\w-]+):before/g)].map(([, name]) => name),
  );
  const icons = Object.values(commandTable).flatMap((row) => ('icon' in row ? [row.icon] : []));
  expect(icons.filter((icon) => !drawn.has(icon))).toEqual([]);
});

it('entries of an item’s menu go into the submenu that they name, on the views that have such entries', () => {
  const group = '1_some@1';
  const written = itemMenuEntries<'copies' | 'others'>(
    {
      images: [
        { command: 'showImage', when: 'a', group },
        { command: 'copyImageId', when: 'b', inline: 1, group: '1_some@2', submenu: 'copies' },
        { command: 'copyImageAs', when: 'c', group, submenu: 'copies' },
      ],
      workspace: [],
      instances: [{ command: 'refresh', when: 'd', inline: 9 }],
    },
    { copies: { group: '2_copies@1' }, others: { group } },
  );
  const [images, instances] = ['view == amiExplorer.images', 'view == amiExplorer.instances'];
  expect(written).toEqual({
    'view/item/context': [
      { submenu: 'amiExplorer.copies', when: images, group: '2_copies@1' },
      { command: 'amiExplorer.showImage', when: `${images} && a`, group },
      { command: 'amiExplorer.copyImageId', when: `${images} && b`, group: 'inline@1' },
      { command: 'amiExplorer.refresh', when: `${instances} && d`, group: 'inline@9' },
    ],
    'amiExplorer.copies': [
      { command: 'amiExplorer.copyImageId', when: `${images} && b`, group: '1_some@2' },
      { command: 'amiExplorer.copyImageAs', when: `${images} && c`, group },
    ],
  });
});
