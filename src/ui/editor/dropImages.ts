import * as vscode from 'vscode';
import type { ToolCode } from '../../code/insertion/codePlace.ts';
import { fittingFirst, toolOf } from '../../code/insertion/toolOf.ts';
import { type ParameterSnippetKind, parameterSnippetKinds } from '../../core/parameterSnippets.ts';
import { type SnippetKind, snippetKinds } from '../../core/snippets.ts';
import { draggedImagesType } from '../../protocol/draggedImages.ts';
import { documentPath } from '../code/documentPath.ts';
import { setContextKey } from '../shared/setContextKey.ts';
import { showsInCode } from '../shared/settings.ts';
import { type Dropped, droppedImages } from './draggedImages.ts';
import type { DroppedCode } from './droppedCode.ts';
import type { CodeOfImages } from './imageCode.ts';
import { apart, type PlaceTexts } from './insertText.ts';
import { parameterCode } from './parameterCode.ts';
import { idsForEach, languageOfDocument, loadPlaceCode, type PlaceCode } from './placedInDocument.ts';

/** How long (ms) the editor waits for code after a drop. */
const timeout = 2_500;

/** Of more images there is code for the file's tool alone. */
const maxForAllTools = 10;

/** What the kinds of edits begin with, for the setting `editor.dropIntoEditor.preferences`. */
const kinds = vscode.DocumentDropOrPasteEditKind.Empty.append('amiExplorer');
const idsKind = kinds.append('imageId');

interface Place {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  readonly placeCode: PlaceCode;
}

/**
 * Offers what was dragged as ids and, beside that, as code: first as that of the file's tool. All texts are whole at once:
 * the editor does not resolve edits of drops.
 */
export class DroppedImages implements vscode.DocumentDropEditProvider {
  readonly #code: Pick<DroppedCode, 'of'>;
  readonly #dropped: (ids: readonly string[]) => void;

  /** @param dropped called with the ids of images that were dropped */
  constructor(code: Pick<DroppedCode, 'of'>, dropped: (ids: readonly string[]) => void = () => {}) {
    this.#code = code;
    this.#dropped = dropped;
  }

  async provideDocumentDropEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    transfer: vscode.DataTransfer,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentDropEdit[] | undefined> {
    const dropped = showsInCode('drop', document) ? await droppedImages(transfer) : undefined;
    if (!dropped) {
      return undefined;
    }
    const { version } = document;
    const [code, placeCode] = await Promise.all([this.#codeInTime(dropped), loadPlaceCode()]);
    // The position is one of the text as it was.
    if (token.isCancellationRequested || document.version !== version) {
      return undefined;
    }
    setContextKey('imageInserted', true);
    this.#dropped(dropped.images.map(({ id }) => id));
    const place = { document, position, placeCode };
    const tool = toolOf(documentPath(document.uri), document.getText(), languageOfDocument(document));
    return [
      editAt(place, idsTitle(dropped), idsKind, idsForEach(dropped.images.map(({ id }) => id))),
      ...parameterEdits(dropped, tool, place),
      ...imageEdits(dropped, tool, place, code),
    ];
  }

  async #codeInTime({ images }: Dropped): Promise<CodeOfImages | undefined> {
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, timeout, undefined));
    const code = await Promise.race([this.#code.of(images), late]);
    await Promise.race([code?.checked, late]);
    return code;
  }
}

/** By a selector that is closer than that of the editor's own edit, the plain text, so that the ids come before it. */
export function registerDroppedImages(code: DroppedCode, dropped: (ids: readonly string[]) => void): vscode.Disposable {
  return vscode.languages.registerDocumentDropEditProvider({ pattern: '**' }, new DroppedImages(code, dropped), {
    dropMimeTypes: [draggedImagesType],
    providedDropEditKinds: [kinds],
  });
}

function parameterEdits(
  { parameters }: Dropped,
  tool: string | undefined,
  place: Place,
): readonly vscode.DocumentDropEdit[] {
  const offered = parameters.length > 0 ? parameterSnippetKinds : [];
  return fittingFirst<ParameterSnippetKind>(offered, tool).map((kind) =>
    codeEdit(place, kind, parameterCode(kind, parameters)),
  );
}

function imageEdits(
  { images }: Dropped,
  tool: string | undefined,
  place: Place,
  code: CodeOfImages | undefined,
): readonly vscode.DocumentDropEdit[] {
  const all = fittingFirst<SnippetKind>(snippetKinds, tool);
  const offered = images.length > maxForAllTools ? all.filter((kind) => kind.tool === tool) : all;
  return code ? offered.map((kind) => codeEdit(place, kind, code.render(kind))) : [];
}

function codeEdit(
  place: Place,
  { tool, form, id }: Pick<SnippetKind, 'tool' | 'form'> & { readonly id: string },
  code: ToolCode,
): vscode.DocumentDropEdit {
  return editAt(place, `${tool}: ${form}`, kinds.append('code', id), place.placeCode(code));
}

/** An edit may take the place of more than the position: of the blanks before it. */
function editAt(
  { document, position }: Place,
  title: string,
  kind: vscode.DocumentDropOrPasteEditKind,
  placeTexts: PlaceTexts,
): vscode.DocumentDropEdit {
  const edit = new vscode.DocumentDropEdit('', title, kind);
  edit.additionalEdit = new vscode.WorkspaceEdit();
  for (const { range, text } of apart(placeTexts(document, [new vscode.Range(position, position)]))) {
    edit.additionalEdit.replace(document.uri, range, text);
  }
  return edit;
}

function idsTitle({ images }: Dropped): string {
  return images.length === 1 ? vscode.l10n.t('AMI ID') : vscode.l10n.t('{0} AMI IDs', images.length);
}
