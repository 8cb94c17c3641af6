import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { itemMenuEntries, withContributions } from '../../scripts/contributions.ts';
import { commands, commandTable } from '../../src/contributions/commands.ts';
import { type ContextKey, contextKeyId, contextKeys } from '../../src/contributions/contextKeys.ts';
import { evaluateWhen } from './evaluateWhen.ts';

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

it('every key counts while the rows of its view have the focus, or outside of a terminal, and the README names it', async () => {
  const readme = await readFile('README.md', 'utf8');
  const { keybindings } = JSON.parse(manifest).contributes;
  const context = {
    focusedView: 'amiExplorer.images',
    listFocus: true,
    inputFocus: false,
    terminalFocus: false,
    inKeybindings: false,
  };
  for (const { key, mac, command, when, args } of keybindings) {
    const name = (keys: string) => keys.replace(/\b\w/g, (letter: string) => letter.toUpperCase());
    expect(readme).toContain(`| ${name(key)}, on macOS ${name(mac)} |`);
    expect(Object.values(commands)).toContain(command);
    const focusedView = args ? `amiExplorer.${args.selectedIn}` : 'terminal';
    expect(evaluateWhen(when, { ...context, focusedView })).toBe(true);
    expect(evaluateWhen(when, { ...context, focusedView: 'explorer' })).toBe(args === undefined);
    const typing = { ...context, focusedView, inputFocus: true, terminalFocus: true };
    expect(evaluateWhen(when, typing)).toBe(false);
  }
});

it.each([
  ['0', 1],
  ['1', 0],
  ['2', 0],
])('with %s folders open, In This Workspace has %d texts that offer to open one', (workspaceFolderCount, count) => {
  const welcomes: readonly { readonly view: string; readonly when: string }[] =
    JSON.parse(manifest).contributes.viewsWelcome;
  const shown = welcomes.filter(
    ({ view, when }) => view === 'amiExplorer.workspace' && evaluateWhen(when, { workspaceFolderCount }),
  );
  expect(shown).toHaveLength(count);
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

describe('links in texts', () => {
  const texts: Readonly<Record<string, string>> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
  const links = Object.entries(texts).flatMap(([name, text]) =>
    [...text.matchAll(/\]\(command:([^)?]+)/g)].map(([, command = '']) => ({ name, command })),
  );

  it('run commands that there are', () => {
    const views: readonly { readonly id: string }[] = JSON.parse(manifest).contributes.views.amiExplorer;
    const known = [
      ...Object.values(commands),
      ...views.map(({ id }) => `${id}.focus`),
      'workbench.action.openSettings',
      'workbench.action.files.openFolder',
    ];
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter(({ command }) => !known.includes(command))).toEqual([]);
  });

  it('of every welcome text of the Images view lead to the sample account', () => {
    const welcomes = Object.keys(texts).filter((name) => /^welcome\.(?!instances|workspace)/.test(name));
    const leading = links.filter(({ command }) => command === commands.useSampleAccount).map(({ name }) => name);
    expect(welcomes.filter((name) => !leading.includes(name))).toEqual([]);
  });
});

describe('the walkthrough', () => {
  const { walkthroughs, commands: contributed } = JSON.parse(manifest).contributes;
  const steps: readonly Step[] = walkthroughs[0].steps;

  it.each(steps.map((step) => [step.id, step] as const))('%s has a picture in the theme’s colours', (_, { media }) => {
    const picture = readFileSync(media.svg, 'utf8');
    expect(Buffer.byteLength(picture)).toBeLessThan(6_000);
    const colors = [...picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color);
    expect(colors.filter((color) => color !== 'none' && !/^var\(--vscode-[\w-]+, [^)]+\)$/.test(color ?? ''))).toEqual(
      [],
    );
    // Themes define it as transparent, for highlights over text.
    expect(picture).not.toContain('--vscode-charts-orange');
  });

  it('has no text in its pictures that would need a translation', () => {
    const words = steps.flatMap(({ media }) =>
      [...readFileSync(media.svg, 'utf8').matchAll(/>([^<\n]+)</g)].map(([, text = '']) => text.trim()),
    );
    expect(words.filter((word) => /^[A-Z][a-z]+ [a-z]/.test(word))).toEqual([]);
  });

  it('completes each step by a context key of the extension', () => {
    for (const { completionEvents } of steps) {
      const [, clause = ''] = /^onContext:(.*)$/.exec(completionEvents.join()) ?? [];
      const [key = ''] = clause.split(' ');
      const values = Object.entries(contextKeys).find(([name]) => contextKeyId(name as ContextKey) === key)?.[1] ?? [];
      const [done, other] = [values.find((value) => evaluateWhen(clause, { [key]: value })), ''];
      expect(done, clause).toBeDefined();
      expect(evaluateWhen(clause, { [key]: other })).toBe(false);
    }
  });

  it('is opened by a command', () => {
    expect(contributed.map(({ command }: { command: string }) => command)).toContain(commands.getStarted);
  });
});

interface Step {
  readonly id: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}
