import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { withContributions } from '../../scripts/contributions.ts';
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
