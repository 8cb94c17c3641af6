import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { Image } from '../../core/image.ts';
import { type SnippetKind, snippetKinds } from '../../core/snippets.ts';
import type { ImageCode } from '../editor/imageCode.ts';
import type { TextInserter } from '../editor/insertText.ts';
import { idsForEach } from '../editor/placedInDocument.ts';
import { plain } from '../shared/plainText.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';
import { chooseAndCopy, chooseAndInsert, type OfferedCode } from './chooseAndInsert.ts';
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
    [commands.copyNewestId]: async (...args) => copyIds(await targets.ids(args)),
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
  if (ids.length > 0 && !(await inserter.insert(idsForEach(ids)))) {
    await copyIds(ids);
    void vscode.window.showInformationMessage(
      ids.length === 1
        ? vscode.l10n.t('No editor is open. The AMI ID was copied to the clipboard instead.')
        : vscode.l10n.t('No editor is open. The AMI IDs were copied to the clipboard instead.'),
    );
  }
}

export async function copyAs(deps: SnippetDeps, images: readonly Image[]): Promise<void> {
  if (images.length > 0) {
    await chooseAndCopy(deps.inserter, offered(deps, images));
  }
}

export async function insertAs(deps: SnippetDeps, images: readonly Image[]): Promise<void> {
  if (images.length > 0) {
    await chooseAndInsert(deps.inserter, offered(deps, images));
  }
}

function offered({ code: codeOf }: SnippetDeps, images: readonly Image[]): OfferedCode<SnippetKind> {
  // Asked for while the user chooses.
  const code = codeOf(images);
  return {
    placeHolder: images.map((image) => plain(image.name) || plain(image.id)).join(', '),
    groups: [
      {
        title: vscode.l10n.t('Lookups of the newest image'),
        kinds: snippetKinds.filter(({ keeps }) => keeps === 'lookup'),
      },
      { title: vscode.l10n.t('Fixed AMI IDs'), kinds: snippetKinds.filter(({ keeps }) => keeps === 'id') },
    ],
    render: (kind) => code.render(kind),
    checked: (kind) => (kind.keeps === 'lookup' ? code.checked : Promise.resolve()),
  };
}
