import * as v from 'valibot';
import { type CommandId, commands } from '../../contributions/commands.ts';
import type { Event } from '../../core/emitter.ts';
import { type ImageRef, refKey } from '../../core/imageRef.ts';
import { imageRef } from '../../core/imageRefSchema.ts';
import { read } from '../../core/schemas.ts';
import {
  type DetailsRequests,
  type DetailsState,
  detailsCommands,
  type ImageDetailsModel,
  type ImageUse,
} from '../../protocol/details.ts';
import { plain } from '../shared/plainText.ts';
import type { ErrorButton } from '../shared/presentError.ts';
import type { PageHandlers, PanelContent } from './panelFrame.ts';
import { PanelStore, type PanelStoreDeps } from './panelStore.ts';

export interface DetailsContentDeps {
  /** As `load` of a PanelStore; asks EC2 unless it has just answered. */
  load(ref: ImageRef, ...rest: Parameters<PanelStoreDeps<ImageDetailsModel>['load']>): Promise<ImageDetailsModel>;
  readonly describeError: PanelStoreDeps<ImageDetailsModel>['describeError'];
  copy(text: string): Thenable<void>;
  /** Resolves with false if the command failed with an error. */
  run(command: CommandId, ref: ImageRef): Promise<boolean>;
  showImage(ref: ImageRef, options: { readonly preview: boolean }): Promise<void>;
  readonly uses: ImageUses;
}

/** Where files of the workspace name images. */
export interface ImageUses {
  /** Undefined until the files have been searched, which begins with the first question. */
  of(imageId: string): readonly ImageUse[] | undefined;
  open(imageId: string, index: number): Promise<void>;
  readonly onDidChange: Event;
}

const useIndex = v.object({ index: v.number() });
const allowedCommand = v.picklist(detailsCommands);

/** An image to open. `name` is the panel's title until EC2 answers; without it, the title is the id. */
export interface ImageToShow extends ImageRef {
  readonly name?: string | undefined;
}

/** What one details panel shows: an image, and what EC2 has answered about it. */
export class DetailsContent implements PanelContent<DetailsRequests, DetailsState> {
  readonly #changed: () => void;
  readonly #answer: PanelStore<ImageDetailsModel>;
  readonly #uses: ImageUses;
  readonly #following: { dispose(): void };
  #image: ImageToShow;
  #preview: boolean;
  readonly handlers: PageHandlers<DetailsRequests>;

  constructor(image: ImageToShow, preview: boolean, deps: DetailsContentDeps, changed: () => void) {
    this.#image = image;
    this.#preview = preview;
    this.#changed = changed;
    this.#answer = new PanelStore(
      {
        load: (signal, arrived, options) =>
          deps.load(this.#ref, signal, (part) => arrived(withPermissionsOf(this.#answer.model, part)), options),
        describeError: deps.describeError,
      },
      changed,
    );
    this.#uses = deps.uses;
    this.#following = deps.uses.onDidChange(changed);
    this.handlers = this.#handlers(deps);
  }

  get key(): string {
    return refKey(this.#ref);
  }

  get title(): string {
    return plain(this.#name) || this.#image.id;
  }

  get state(): DetailsState {
    const { status, model } = this.#answer;
    return {
      ref: this.#ref,
      name: this.#name,
      preview: this.#preview,
      status,
      model: model && status.kind === 'failed' ? withoutLoading(model, status.message) : model,
      uses: this.#uses.of(this.#image.id),
    };
  }

  get errorButtons(): readonly ErrorButton[] {
    return this.#answer.errorButtons;
  }

  get preview(): boolean {
    return this.#preview;
  }

  shown(): void {
    if (this.#answer.needsAnswer) void this.ask();
  }

  ask(): Promise<void> {
    return this.#answer.ask();
  }

  refresh(): Promise<void> {
    return this.#answer.ask({ fresh: true });
  }

  /** Turns to another image. Nothing is asked yet. */
  turnTo(image: ImageToShow): void {
    this.#image = image;
    this.#answer.forget();
  }

  keep(): void {
    if (this.#preview) {
      this.#preview = false;
      this.#changed();
    }
  }

  connectionChanged(): void {
    // The name is part of what the earlier account could see.
    this.#image = this.#ref;
    this.#answer.connectionChanged();
  }

  dispose(): void {
    this.#following.dispose();
    this.#answer.stop();
  }

  get #ref(): ImageRef {
    const { region, id } = this.#image;
    return { region, id };
  }

  get #name(): string {
    return this.#answer.model?.image.name ?? this.#image.name ?? '';
  }

  #handlers(deps: DetailsContentDeps): PageHandlers<DetailsRequests> {
    return {
      copy: async ({ text }) => deps.copy(v.parse(v.string(), text)),
      run: ({ command }) => deps.run(commands[v.parse(allowedCommand, command)], this.#ref),
      keepOpen: () => this.keep(),
      openUse: (params) => deps.uses.open(this.#image.id, v.parse(useIndex, params).index),
      // Another account may have written the id and the region.
      showImage: async (named) => {
        const ref = read(imageRef, named);
        if (ref) await deps.showImage(ref, { preview: this.#preview });
      },
    };
  }
}

/** Keeps the earlier answer about launch permissions while the next one is awaited. */
function withPermissionsOf(before: ImageDetailsModel | undefined, model: ImageDetailsModel): ImageDetailsModel {
  return model.launchPermissions.kind === 'loading' && before?.launchPermissions.kind === 'known'
    ? { ...model, launchPermissions: before.launchPermissions }
    : model;
}

/** After a failure, nothing of the model is awaited any more. */
function withoutLoading(model: ImageDetailsModel, message: string): ImageDetailsModel {
  return model.launchPermissions.kind === 'loading'
    ? { ...model, launchPermissions: { kind: 'failed', message } }
    : model;
}
