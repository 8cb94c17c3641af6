import type * as vscode from 'vscode';
import type { Event } from '../../core/emitter.ts';
import { type ImageRef, refKey } from '../../core/imageRef.ts';
import { read, type Schema } from '../../core/schemas.ts';
import type { RestorePanel } from '../lazy/loadedExtension.ts';
import { OpenPanels } from './openPanels.ts';
import type { PanelContent, PanelDeps, PanelFrame, PanelKind } from './panelFrame.ts';

/** What a panel shows that may be a preview: its key is `refKey` of what is shown. */
export interface PreviewContent<Shown> extends PanelContent {
  /** What is shown. */
  readonly ref: ImageRef;
  readonly preview: boolean;
  /** Turns to something else. Nothing is asked yet. */
  turnTo(shown: Shown): void;
  keep(): void;
  ask(): Promise<void>;
}

export interface PreviewPanelsParts<Shown, Content> {
  readonly kind: PanelKind;
  readonly deps: PanelDeps;
  /** Reads what the page has saved. */
  readonly saved: Schema<{ readonly ref: ImageRef; readonly preview: boolean }>;
  /** @param changed to be called after each change of the title or the state */
  create(shown: Shown | ImageRef, preview: boolean, changed: () => void): Content;
}

export interface ShowOptions {
  /** The next one takes its place. */
  readonly preview: boolean;
  readonly preserveFocus?: boolean;
}

/**
 * Panels of details, which behave like the editor's tabs: one for each thing, and one of them may be the preview, which
 * the next click takes over.
 */
export class PreviewPanels<Shown extends ImageRef, Content extends PreviewContent<Shown>> implements vscode.Disposable {
  readonly #parts: PreviewPanelsParts<Shown, Content>;
  readonly #panels: OpenPanels<Content>;

  constructor(parts: PreviewPanelsParts<Shown, Content>) {
    this.#parts = parts;
    this.#panels = new OpenPanels(parts.kind, parts.deps);
  }

  /** What the panel that is the active editor shows, each time that this changes. */
  readonly onDidActivate: Event<ImageRef> = (listener) => this.#panels.onDidActivate(({ ref }) => listener(ref));

  readonly restore: RestorePanel = (panel, saved) => {
    const found = read(this.#parts.saved, saved);
    if (!found) {
      return false;
    }
    const { ref, preview } = found;
    return this.#panels.restore(panel, refKey(ref), this.#content(ref, preview && !this.#preview));
  };

  find(ref: ImageRef): Content | undefined {
    return this.#panels.find(refKey(ref))?.content;
  }

  /**
   * Opens something, or shows the panel that has it; asks EC2 unless it has just answered. A preview leaves the focus
   * where it is unless `preserveFocus` says otherwise.
   */
  async show(shown: Shown, { preview, preserveFocus = preview }: ShowOptions): Promise<void> {
    const opened =
      this.#panels.find(refKey(shown)) ??
      this.#takePreview(shown, preview) ??
      this.#panels.create(this.#content(shown, preview), { preserveFocus });
    if (!preview) opened.content.keep();
    opened.reveal({ preserveFocus });
    await opened.content.ask();
  }

  dispose(): void {
    this.#panels.dispose();
  }

  get #preview(): PanelFrame<Content> | undefined {
    return this.#panels.all.find(({ content }) => content.preview);
  }

  #takePreview(shown: Shown, preview: boolean): PanelFrame<Content> | undefined {
    const opened = preview ? this.#preview : undefined;
    if (opened) {
      opened.content.turnTo(shown);
      this.#panels.turned(opened);
    }
    return opened;
  }

  #content(shown: Shown | ImageRef, preview: boolean): (changed: () => void) => Content {
    return (changed) => this.#parts.create(shown, preview, changed);
  }
}
