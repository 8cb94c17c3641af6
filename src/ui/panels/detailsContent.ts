import * as v from 'valibot';
import { type CommandId, commands } from '../../contributions/commands.ts';
import type { Event } from '../../core/emitter.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { imageRef } from '../../core/imageRefSchema.ts';
import { read } from '../../core/schemas.ts';
import {
  type DetailsRequests,
  type DetailsState,
  detailsCommands,
  type ImageDetailsModel,
  type ImageUses,
} from '../../protocol/details.ts';
import { AskedContent, type ShownRef } from './askedContent.ts';
import type { PageHandlers } from './panelFrame.ts';
import type { PanelStoreDeps } from './panelStore.ts';
import type { PreviewContent } from './previewPanels.ts';

export interface DetailsContentDeps {
  /** As `load` of a PanelStore; asks EC2 unless it has just answered. */
  load(ref: ImageRef, ...rest: Parameters<PanelStoreDeps<ImageDetailsModel>['load']>): Promise<ImageDetailsModel>;
  readonly describeError: PanelStoreDeps<ImageDetailsModel>['describeError'];
  copy(text: string): Thenable<void>;
  /** Resolves with false if the command failed with an error. */
  run(command: CommandId, ref: ImageRef): Promise<boolean>;
  showImage(ref: ImageRef, options: { readonly preview: boolean }): Promise<void>;
  showInstance(ref: ImageRef, options: { readonly preview: boolean }): Promise<void>;
  readonly uses: ImageUsesPort;
  readonly pins: ImagePinsPort;
}

/** The pinned images of the current account. */
export interface ImagePinsPort {
  has(ref: ImageRef): boolean;
  /** @param image its name is what a pin is called by while EC2 is not asked */
  set(image: ImageRef & { readonly name: string }, pinned: boolean): Promise<void>;
  readonly onDidChange: Event;
}

/** Where files of the workspace name images. */
export interface ImageUsesPort {
  /** Undefined until the files have been searched, which begins with the first question. */
  of(imageId: string): ImageUses | undefined;
  /** Opens one of the places, or the closest one in its file where that has changed. */
  open(imageId: string, place: string): Promise<void>;
  readonly onDidChange: Event;
}

const usePlace = v.object({ place: v.string() });
const allowedCommand = v.picklist(detailsCommands);

/** What one details panel shows: an image, and what EC2 has answered about it. */
export class DetailsContent extends AskedContent<ImageDetailsModel> implements PreviewContent<ShownRef> {
  readonly #uses: ImageUsesPort;
  readonly #pins: ImagePinsPort;
  readonly #following: readonly { dispose(): void }[];
  readonly handlers: PageHandlers<DetailsRequests>;

  constructor(image: ShownRef, preview: boolean, deps: DetailsContentDeps, changed: () => void) {
    super(
      image,
      preview,
      {
        load: (signal, arrived, options) =>
          deps.load(this.ref, signal, (part) => arrived(withPermissionsOf(this.answer.model, part)), options),
        describeError: deps.describeError,
      },
      changed,
    );
    this.#uses = deps.uses;
    this.#pins = deps.pins;
    this.#following = [deps.uses.onDidChange(changed), deps.pins.onDidChange(changed)];
    this.handlers = this.#handlers(deps);
  }

  protected override nameIn({ image }: ImageDetailsModel): string {
    return image.name;
  }

  get state(): DetailsState {
    const { ref, name, preview } = this;
    const { status, model } = this.answer;
    return {
      ref,
      name,
      preview,
      pinned: this.#pins.has(ref),
      status,
      model: model && status.kind === 'failed' ? withoutLoading(model, status.message) : model,
      uses: this.#uses.of(ref.id),
    };
  }

  override dispose(): void {
    for (const one of this.#following) {
      one.dispose();
    }
    super.dispose();
  }

  #handlers(deps: DetailsContentDeps): PageHandlers<DetailsRequests> {
    return {
      copy: async ({ text }) => deps.copy(v.parse(v.string(), text)),
      run: ({ command }) => deps.run(commands[v.parse(allowedCommand, command)], this.ref),
      setPinned: ({ pinned }) => deps.pins.set({ ...this.ref, name: this.name }, pinned === true),
      keepOpen: () => this.keep(),
      openUse: (params) => deps.uses.open(this.ref.id, v.parse(usePlace, params).place),
      // Another account may have written the id and the region.
      showImage: async (named) => {
        const ref = read(imageRef, named);
        if (ref) await deps.showImage(ref, { preview: this.preview });
      },
      showInstance: async (named) => {
        const ref = read(imageRef, named);
        if (ref) await deps.showInstance(ref, { preview: this.preview });
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
