import { type ImageRef, refKey } from '../../core/imageRef.ts';
import { plain } from '../shared/plainText.ts';
import type { ErrorButton } from '../shared/presentError.ts';
import { PanelStore, type PanelStoreDeps } from './panelStore.ts';

/** What to open. `name` is the panel's title until EC2 answers; without it, the title is the id. */
export interface ShownRef extends ImageRef {
  readonly name?: string | undefined;
}

/** What a panel of details shows of one thing in a region, by what EC2 has answered about it. It may be a preview. */
export abstract class AskedContent<Model> {
  protected readonly answer: PanelStore<Model>;
  readonly #changed: () => void;
  #shown: ShownRef;
  #preview: boolean;

  constructor(shown: ShownRef, preview: boolean, deps: PanelStoreDeps<Model>, changed: () => void) {
    this.#shown = shown;
    this.#preview = preview;
    this.#changed = changed;
    this.answer = new PanelStore(deps, changed);
  }

  /** The name of what EC2 has answered. */
  protected abstract nameIn(model: Model): string;

  get ref(): ImageRef {
    const { region, id } = this.#shown;
    return { region, id };
  }

  get key(): string {
    return refKey(this.ref);
  }

  get name(): string {
    const { model } = this.answer;
    return (model === undefined ? this.#shown.name : this.nameIn(model)) ?? '';
  }

  get title(): string {
    return plain(this.name) || this.#shown.id;
  }

  get preview(): boolean {
    return this.#preview;
  }

  get errorButtons(): readonly ErrorButton[] {
    return this.answer.errorButtons;
  }

  /** Whether EC2 has answered, and the last question has not failed. */
  get isAnswered(): boolean {
    const { status, model } = this.answer;
    return status.kind === 'ready' && model !== undefined;
  }

  shown(): void {
    if (this.answer.needsAnswer) void this.ask();
  }

  ask(): Promise<void> {
    return this.answer.ask();
  }

  refresh(): Promise<void> {
    return this.answer.ask({ fresh: true });
  }

  /** Turns to something else. Nothing is asked yet. */
  turnTo(shown: ShownRef): void {
    this.#shown = shown;
    this.answer.forget();
  }

  keep(): void {
    if (this.#preview) {
      this.#preview = false;
      this.#changed();
    }
  }

  connectionChanged(): void {
    // The name is part of what the earlier account could see.
    this.#shown = this.ref;
    this.answer.connectionChanged();
  }

  dispose(): void {
    this.answer.stop();
  }
}
