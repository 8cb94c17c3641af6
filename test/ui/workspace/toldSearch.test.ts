import { expect, it } from 'vitest';
import { FoundFiles } from '../../../src/ui/workspace/foundFiles.ts';
import { type SearchState, ToldSearch } from '../../../src/ui/workspace/toldSearch.ts';
import type { WorkspaceFile } from '../../../src/ui/workspace/workspacePlaces.ts';
import { idReference } from '../../hints/references.ts';

const [web, db] = ['ami-0a1b2c3d4e5f60718', 'ami-0b1c2d3e4f5061728'];

function file(path: string, id: string, realPath = `/w/${path}`): WorkspaceFile {
  const start = { line: 0, character: 0 };
  const references = [{ reference: idReference(id), start, end: start, line: '' }];
  return { uri: `file:///w/${path}`, file: `/w/${path}`, realPath, path, references };
}

it('tells that a search is done together with what it has found, never before', async () => {
  let progress: { state: SearchState; files: readonly WorkspaceFile[] } = {
    state: { kind: 'done', isPartial: false },
    files: [file('a.tf', web)],
  };
  const told = new ToldSearch(() => progress);
  const heard: string[] = [];
  const changes: (() => void)[] = [];
  told.onDidChange(() => {
    heard.push(`${told.state.kind}: ${[...told.places.images.keys()]}`);
    changes.shift()?.();
  });
  const changed = () => new Promise<void>((resolve) => changes.push(resolve));
  const first = changed();
  told.update();
  expect([told.state.kind, told.places.images.size]).toEqual(['searching', 0]);
  await first;
  // What comes later is told later, and as one.
  progress = { state: { kind: 'searching' }, files: [file('a.tf', db)] };
  told.update();
  const second = changed();
  progress = { state: { kind: 'done', isPartial: true }, files: [file('a.tf', db)] };
  told.update();
  await second;
  expect(heard).toEqual([`done: ${web}`, `done: ${db}`]);
  expect(told.state).toEqual({ kind: 'done', isPartial: true });
  told.dispose();
});

it('has each file once, in the order of their paths, a link only where it leads to nothing found', () => {
  const found = new FoundFiles();
  for (const each of [file('b.tf', web), file('a.tf', web, '/w/b.tf'), file('c.tf', db, '/elsewhere')]) found.set(each);
  expect(found.inOrder.map(({ path }) => path)).toEqual(['b.tf', 'c.tf']);
  expect(found.inOrder).toBe(found.inOrder);
  expect(found.all).toHaveLength(3);
});

it('loses the files that are not found again, and those of a folder that is gone', () => {
  const found = new FoundFiles();
  for (const path of ['a.tf', 'x/b.tf', 'x/y/c.tf', 'xy.tf']) found.set(file(path, web));
  found.removeMissing(new Set(), ['file:///w/x']);
  expect(found.inOrder.map(({ path }) => path)).toEqual(['a.tf', 'xy.tf']);
  found.removeMissing(new Set(['file:///w/xy.tf']), 'all');
  expect(found.inOrder.map(({ path }) => path)).toEqual(['xy.tf']);
});
