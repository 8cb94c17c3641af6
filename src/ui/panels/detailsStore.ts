import { isCancelled } from '../../core/errors.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import type { DetailsState, DetailsStatus, ImageDetailsModel } from '../../protocol/details.ts';

export interface DetailsStoreDeps {
  /**
   * Asks EC2, unless it has just answered; `arrived` is told what is there before all is. Rejects with what `describeError`
   * can put into words.
   */
  load(
    ref: ImageRef,
    signal: AbortSignal,
    arrived: (model: ImageDetailsModel) => void,
    options: { readonly fresh: boolean },
  ): Promise<ImageDetailsModel>;
  describeError(error: unknown): { readonly message: string; readonly actions: readonly DetailsAction[] };
}

export interface DetailsAction {
  readonly title: string;
  readonly command: string;
}

/** An image to open; `name` spares the panel a title that is an id, where the caller knows it. */
export interface ImageToShow extends ImageRef {
  readonly name?: string | undefined;
}

/**
 * What one details panel shows: which image, what is known of it and how the asking stands. An answer that arrives after
 * its question changed is dropped.
 */
export class DetailsStore {
  readonly #deps: DetailsStoreDeps;
  readonly #changed: (state: DetailsState) => void;
  #state: DetailsState;
  #actions: readonly DetailsAction[] = [];
  #asking: AbortController | undefined;
  #connectionChanged = false;

  constructor(image: ImageToShow, preview: boolean, deps: DetailsStoreDeps, changed: (state: DetailsState) => void) {
    this.#deps = deps;
    this.#changed = changed;
    this.#state = initialState(image, preview);
  }

  get state(): DetailsState {
    return this.#state;
  }

  /** Whether EC2 has not been asked since the image or the connection changed. */
  get needsAnswer(): boolean {
    return this.#state.status.kind === 'loading' && this.#asking === undefined;
  }

  /** What a button of the failure stands for; undefined for one that is no longer offered. */
  actionAt(index: number): DetailsAction | undefined {
    return this.#actions[index];
  }

  /** Turns to another image; nothing is asked yet. */
  turnTo(image: ImageToShow): void {
    this.#stopAsking();
    this.#connectionChanged = false;
    this.#set(initialState(image, this.#state.preview));
  }

  keep(): void {
    if (this.#state.preview) this.#set({ ...this.#state, preview: false });
  }

  /** What is shown belongs to another account, or may: it goes at once. Nothing is asked yet. */
  forget(): void {
    this.#stopAsking();
    this.#connectionChanged = true;
    // The name is part of what the old account could see.
    this.#set(initialState({ region: this.#state.ref.region, id: this.#state.ref.id }, this.#state.preview));
  }

  /** @param fresh whether what was answered a moment ago does not do */
  async ask({ fresh = false } = {}): Promise<void> {
    this.#stopAsking();
    const asking = new AbortController();
    this.#asking = asking;
    this.#setStatus({ kind: 'loading' });
    try {
      const arrived = (part: ImageDetailsModel) => {
        if (this.#asking === asking) this.#show(part, { kind: 'loading' });
      };
      const model = await this.#deps.load(this.#state.ref, asking.signal, arrived, { fresh });
      if (this.#asking !== asking) return;
      this.#asking = undefined;
      this.#connectionChanged = false;
      this.#actions = [];
      this.#show(model, { kind: 'ready' });
    } catch (error) {
      // A closed connection cancels its calls; the one that follows it makes the store ask anew.
      if (this.#asking !== asking) return;
      this.#asking = undefined;
      if (isCancelled(error)) this.#setStatus(this.#state.model ? { kind: 'ready' } : { kind: 'loading' });
      else this.#fail(error);
    }
  }

  dispose(): void {
    this.#stopAsking();
  }

  /** What is not answered yet stays as it was answered before. */
  #show(model: ImageDetailsModel, status: DetailsStatus): void {
    const before = this.#state.model?.launchPermissions;
    const { launchPermissions } = model;
    this.#set({
      ...this.#state,
      name: model.image.name,
      status,
      model: {
        ...model,
        launchPermissions:
          launchPermissions.kind === 'loading' && before?.kind === 'known' ? before : launchPermissions,
      },
    });
  }

  #fail(error: unknown): void {
    const { message, actions } = this.#deps.describeError(error);
    const { model } = this.#state;
    this.#actions = actions;
    this.#set({
      ...this.#state,
      status: {
        kind: 'failed',
        message,
        actions: actions.map(({ title }) => title),
        connectionChanged: this.#connectionChanged,
      },
      // Nobody asks for it any more.
      model:
        model?.launchPermissions.kind === 'loading'
          ? { ...model, launchPermissions: { kind: 'failed', message } }
          : model,
    });
  }

  #stopAsking(): void {
    this.#asking?.abort();
    this.#asking = undefined;
  }

  #setStatus(status: DetailsStatus): void {
    this.#set({ ...this.#state, status });
  }

  #set(state: DetailsState): void {
    this.#state = state;
    this.#changed(state);
  }
}

function initialState({ region, id, name }: ImageToShow, preview: boolean): DetailsState {
  return { ref: { region, id }, name: name ?? '', preview, status: { kind: 'loading' }, model: undefined };
}
