import * as vscode from 'vscode';
import { fittingFirst, toolOf } from '../../code/insertion/toolOf.ts';
import type { Image } from '../../core/image.ts';
import {
  type ParameterSnippetKind,
  parameterSnippetKinds,
  renderParameterSnippet,
} from '../../core/parameterSnippets.ts';
import { type SnippetKind, snippetKinds } from '../../core/snippets.ts';
import { unlessAborted } from '../../core/unlessAborted.ts';
import { draggedImagesType } from '../../protocol/draggedImages.ts';
import { documentPath } from '../code/documentPath.ts';
import type { NamedImage } from '../commands/imageArguments.ts';
import { showError } from '../shared/presentError.ts';
import { type Dropped, droppedImages } from './draggedImages.ts';
import type { ImageCode } from './imageCode.ts';
import type { PlaceText } from './insertText.ts';
import { codeFor, idsFor, languageOfDocument } from './placedInDocument.ts';

/** How long (ms) the editor waits for code after a drop: for the images, and then for what their lookups find. */
const timeout = 15_000;

/** What the kinds of edits begin with, for the setting `editor.dropIntoEditor.preferences`. */
const kinds = vscode.DocumentDropOrPasteEditKind.Empty.append('amiExplorer');
const idsKind = kinds.append('imageId');

/** An edit whose text is made when it is chosen. */
class CodeEdit extends vscode.DocumentDropEdit {
  readonly code: () => Promise<string>;
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;

  constructor(
    { tool, form, id }: Pick<SnippetKind, 'tool' | 'form'> & { readonly id: string },
    place: Pick<CodeEdit, 'document' | 'position'>,
    code: () => Promise<string>,
  ) {
    super('', `${tool}: ${form}`, kinds.append('code', id));
    this.document = place.document;
    this.position = place.position;
    this.code = code;
  }
}

export interface DroppedImagesParts {
  readonly code: ImageCode;
  /** The images as EC2 describes them; what is gone is left out. */
  readonly describe: (images: readonly NamedImage[]) => Promise<readonly Image[]>;
}

/** Offers what was dragged as ids and, beside that, as code: first as that of the file's tool. */
export class DroppedImages implements vscode.DocumentDropEditProvider {
  readonly #parts: DroppedImagesParts;

  constructor(parts: DroppedImagesParts) {
    this.#parts = parts;
  }

  async provideDocumentDropEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    transfer: vscode.DataTransfer,
  ): Promise<vscode.DocumentDropEdit[] | undefined> {
    const dropped = await droppedImages(transfer);
    if (!dropped) {
      return undefined;
    }
    const ids = new vscode.DocumentDropEdit('', idsTitle(dropped), idsKind);
    ids.additionalEdit = editAt({ document, position }, idsFor(dropped.images.map(({ id }) => id)));
    const tool = toolOf(documentPath(document.uri), document.getText(), languageOfDocument(document));
    const place = { document, position };
    return [
      ids,
      ...fittingFirst<ParameterSnippetKind>(dropped.parameters.length > 0 ? parameterSnippetKinds : [], tool).map(
        (kind) => new CodeEdit(kind, place, async () => renderParameterSnippet(kind.id, dropped.parameters)),
      ),
      ...fittingFirst(snippetKinds, tool).map(
        (kind) => new CodeEdit(kind, place, () => this.#code(kind, dropped.images)),
      ),
    ];
  }

  /** What the editor takes of this is the additional edit alone. */
  async resolveDocumentDropEdit(
    edit: vscode.DocumentDropEdit,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentDropEdit> {
    if (edit instanceof CodeEdit) {
      const abort = new AbortController();
      const cancelling = token.onCancellationRequested(() => abort.abort());
      try {
        const inTime = AbortSignal.any([abort.signal, AbortSignal.timeout(timeout)]);
        const code = await unlessAborted(edit.code(), inTime);
        edit.additionalEdit = code === '' ? new vscode.WorkspaceEdit() : editAt(edit, codeFor(code));
      } catch (error) {
        if (!token.isCancellationRequested) {
          void showError(error);
        }
      } finally {
        cancelling.dispose();
      }
    }
    return edit;
  }

  async #code(kind: SnippetKind, named: readonly NamedImage[]): Promise<string> {
    return this.#parts.code.of(await this.#parts.describe(named))(kind);
  }
}

/** For all documents, by a selector that is closer than the editor's own for plain text: the id comes before that. */
export function registerDroppedImages(parts: DroppedImagesParts): vscode.Disposable {
  return vscode.languages.registerDocumentDropEditProvider({ pattern: '**' }, new DroppedImages(parts), {
    dropMimeTypes: [draggedImagesType],
    providedDropEditKinds: [kinds],
  });
}

function idsTitle({ images }: Dropped): string {
  return images.length === 1 ? vscode.l10n.t('AMI ID') : vscode.l10n.t('{0} AMI IDs', images.length);
}

function editAt(
  { document, position }: Pick<CodeEdit, 'document' | 'position'>,
  placeText: PlaceText,
): vscode.WorkspaceEdit {
  const { range, text } = placeText(document, new vscode.Range(position, position));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, text);
  return edit;
}
