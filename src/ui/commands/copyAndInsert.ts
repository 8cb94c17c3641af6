import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { Image } from '../../core/image.ts';
import { type SnippetKind, snippetKinds } from '../../core/snippets.ts';
import type { ImageCode } from '../editor/imageCode.ts';
import type { TextInserter } from '../editor/insertText.ts';
import { codeFor, idsFor } from '../editor/placedInDocument.ts';
import { plain } from '../shared/plainText.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';
import type { ImageTargets } from './imageTargets.ts';

export interface SnippetDeps {
  readonly code: ImageCode;
  readonly inserter: TextInserter;
}

export interface CopyAndInsertDeps extends SnippetDeps {
  readonly targets: ImageTargets;
}

export function copyAndInsertCommands(deps: CopyAndInsertDeps) {
  const { targets, inserter } = deps;
  return {
    [commands.copyImageId]: async (...args) => copyIds(await targets.ids(args)),
    [commands.insertImageId]: async (...args) => insertIds(inserter, await targets.ids(args)),
    [commands.copyImageAs]: async (...args) => copyAs(deps, await targets.images(args)),
    [commands.insertImageAs]: async (...args) => insertAs(deps, await targets.images(args)),
  } satisfies Partial<CommandHandlers>;
}

/** Copies the ids, one on each line. */
export async function copyIds(ids: readonly string[]): Promise<void> {
  const [first] = ids;
  if (first === undefined) {
    return;
  }
  await vscode.env.clipboard.writeText(ids.join('\n'));
  vscode.window.setStatusBarMessage(
    ids.length === 1 ? vscode.l10n.t('Copied {0}', plain(first)) : vscode.l10n.t('Copied {0} AMI IDs', ids.length),
    3_000,
  );
}

export async function insertIds(inserter: TextInserter, ids: readonly string[]): Promise<void> {
  if (ids.length > 0 && !(await inserter.insert(idsFor(ids)))) {
    await copyIds(ids);
    void vscode.window.showInformationMessage(
      ids.length === 1
        ? vscode.l10n.t('No editor is open: the AMI ID was copied to the clipboard instead.')
        : vscode.l10n.t('No editor is open: the AMI IDs were copied to the clipboard instead.'),
    );
  }
}

interface KindItem extends vscode.QuickPickItem {
  readonly snippet: SnippetKind;
}

export function copyAs(deps: SnippetDeps, images: readonly Image[]): Promise<void> {
  return chooseSnippet(deps, images, copySnippet);
}

export function insertAs(deps: SnippetDeps, images: readonly Image[]): Promise<void> {
  return chooseSnippet(deps, images, (text, kind) => insertSnippet(deps.inserter, text, kind));
}

async function chooseSnippet(
  deps: SnippetDeps,
  images: readonly Image[],
  use: (text: string, kind: SnippetKind) => Promise<void>,
): Promise<void> {
  if (images.length === 0) {
    return;
  }
  // Asked for while the user chooses.
  const code = deps.code(images);
  const item = (snippet: SnippetKind): KindItem => ({ snippet, label: snippet.tool, description: snippet.form });
  const picked = await vscode.window.showQuickPick<KindItem | vscode.QuickPickItem>(
    [
      { label: vscode.l10n.t('Lookups of the newest image'), kind: vscode.QuickPickItemKind.Separator },
      ...snippetKinds.filter((kind) => kind.keeps === 'lookup').map(item),
      { label: vscode.l10n.t('Fixed AMI IDs'), kind: vscode.QuickPickItemKind.Separator },
      ...snippetKinds.filter((kind) => kind.keeps === 'id').map(item),
    ],
    {
      title: vscode.l10n.t('As what?'),
      placeHolder: images.map((image) => plain(image.name) || plain(image.id)).join(', '),
    },
  );
  if (!picked || !('snippet' in picked)) {
    return;
  }
  if (picked.snippet.keeps === 'lookup') {
    await code.checked;
  }
  await use(code.render(picked.snippet), picked.snippet);
}

async function copySnippet(text: string, kind: SnippetKind): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', `${kind.tool} ${kind.form}`), 3_000);
}

async function insertSnippet(inserter: TextInserter, text: string, kind: SnippetKind): Promise<void> {
  if (!(await inserter.insert(codeFor(text)))) {
    await copySnippet(text, kind);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No editor is open: the code was copied to the clipboard instead.'),
    );
  }
}
