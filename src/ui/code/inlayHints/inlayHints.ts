import * as vscode from 'vscode';
import type { IdReference } from '../../../code/reference.ts';
import { touch } from '../../../code/textSpan.ts';
import { settings } from '../../../contributions/settings.ts';
import type { ImageSummary } from '../../../core/image.ts';
import { publisherOf } from '../../../core/publishers.ts';
import { imageCard } from '../../shared/imageCard.ts';
import { settingsEvent, showsInCode } from '../../shared/settings.ts';
import { rangeOf, spanOf } from '../documentSpans.ts';
import type { OpenFindings } from '../findings/openFindings.ts';
import type { OpenImages } from '../openImages.ts';
import type { OpenReferences } from '../openReferences.ts';
import type { UnfinishedIds } from '../unfinishedIds.ts';
import { imageHint } from './hintText.ts';

export interface InlayHintsParts {
  readonly references: OpenReferences;
  readonly images: OpenImages;
  readonly unfinished: UnfinishedIds;
  readonly findings: Pick<OpenFindings, 'onDidChange'>;
}

class Hint extends vscode.InlayHint {
  readonly image: ImageSummary | undefined;

  constructor(position: vscode.Position, text: string, image: ImageSummary | undefined) {
    super(position, text);
    this.image = image;
    this.paddingLeft = true;
  }
}

/** Says behind each id what image it is. The card of the image is drawn when somebody looks at it. */
export class InlayHints implements vscode.InlayHintsProvider<Hint>, vscode.Disposable {
  readonly #parts: InlayHintsParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(parts: InlayHintsParts) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      parts.findings.onDidChange(() => this.#changed.fire()),
      parts.references.onDidChange(() => this.#changed.fire()),
      settingsEvent([settings.inlayHints])(() => this.#changed.fire()),
      vscode.languages.registerInlayHintsProvider('*', this),
    );
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<Hint[] | undefined> {
    if (!showsInCode('inlayHints', document)) return [];
    const found = await this.#parts.references.settled(document, token);
    if (!found) return undefined;
    const shown = spanOf(document, range);
    const now = Date.now();
    const isUnfinished = this.#parts.unfinished.testIn(document);
    return found.references
      .filter((reference) => reference.kind === 'id')
      .filter((reference) => touch(reference.span, shown) && !isUnfinished(reference))
      .flatMap((reference) => this.#hintOf(document, reference, now) ?? []);
  }

  #hintOf(document: vscode.TextDocument, reference: IdReference, now: number): Hint | undefined {
    const resolved = this.#parts.images.of(reference);
    const hint = resolved && imageHint(resolved, now);
    if (!hint) return undefined;
    const { end } = rangeOf(document, reference.span);
    // Inside the quotation marks, it would look like a part of the value.
    const isQuoted = /["'`]/.test(document.getText(new vscode.Range(end, end.translate(0, 1))));
    return new Hint(isQuoted ? end.translate(0, 1) : end, hint.text, hint.image);
  }

  resolveInlayHint(hint: Hint): Hint {
    const { publishers, now } = this.#parts.images.facts();
    if (hint.image) hint.tooltip = imageCard(hint.image, publisherOf(hint.image, publishers), now);
    return hint;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
