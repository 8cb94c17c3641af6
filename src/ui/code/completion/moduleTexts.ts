import * as vscode from 'vscode';
import { firstWithin } from './firstWithin.ts';

/** Of larger modules some files are not read for a completion: what they have may be written again. */
const maxFiles = 50;
const maxBytes = 1_000_000;

/** A file with its size in bytes, or the text that it has in the editor. */
interface ModuleFile {
  readonly uri: vscode.Uri;
  readonly size: number;
  readonly text: string | undefined;
}

/** The texts of the other files of a document's Terraform module, as they are in the editor or else on disk. */
export async function moduleTexts({ uri }: vscode.TextDocument): Promise<readonly string[]> {
  if (uri.scheme === 'untitled' || uri.path === '') return [];
  const folder = vscode.Uri.joinPath(uri, '..');
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  const uris = entries
    .filter(([name, type]) => type === vscode.FileType.File && /\.(?:tf|tofu)$/i.test(name))
    .map(([name]) => vscode.Uri.joinPath(folder, name))
    .filter((file) => file.toString() !== uri.toString());
  const files = (await Promise.all(uris.slice(0, maxFiles).map(fileOf))).filter((file) => file !== undefined);
  const texts = await Promise.all(firstWithin(files, maxBytes).map(textOf));
  return texts.filter((text) => text !== undefined);
}

async function fileOf(uri: vscode.Uri): Promise<ModuleFile | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const text = open?.getText();
  if (text !== undefined) return { uri, size: text.length, text };
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return { uri, size, text };
  } catch {
    return undefined;
  }
}

async function textOf({ uri, text }: ModuleFile): Promise<string | undefined> {
  if (text !== undefined) return text;
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
