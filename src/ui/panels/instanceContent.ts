import * as v from 'valibot';
import { type CommandId, commands } from '../../contributions/commands.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { imageRef } from '../../core/imageRefSchema.ts';
import { read } from '../../core/schemas.ts';
import {
  type InstanceDetailsModel,
  type InstanceDetailsRequests,
  type InstanceDetailsState,
  instanceCommands,
} from '../../protocol/instance.ts';
import { AskedContent, type ShownRef } from './askedContent.ts';
import type { PageHandlers } from './panelFrame.ts';
import type { PanelStoreDeps } from './panelStore.ts';
import type { PreviewContent } from './previewPanels.ts';

export interface InstanceContentDeps {
  /** As `load` of a PanelStore. */
  load(
    ref: ImageRef,
    signal: AbortSignal,
    arrived: (model: InstanceDetailsModel) => void,
  ): Promise<InstanceDetailsModel>;
  readonly describeError: PanelStoreDeps<InstanceDetailsModel>['describeError'];
  copy(text: string): Thenable<void>;
  /** Resolves with false if the command failed with an error. */
  run(command: CommandId, ref: ImageRef): Promise<boolean>;
  showImage(ref: ImageRef, options: { readonly preview: boolean }): Promise<void>;
}

const allowedCommand = v.picklist(instanceCommands);

/** What one details panel shows: an instance, and what EC2 has answered about it. */
export class InstanceContent extends AskedContent<InstanceDetailsModel> implements PreviewContent<ShownRef> {
  readonly handlers: PageHandlers<InstanceDetailsRequests>;

  constructor(instance: ShownRef, preview: boolean, deps: InstanceContentDeps, changed: () => void) {
    super(
      instance,
      preview,
      { load: (signal, arrived) => deps.load(this.ref, signal, arrived), describeError: deps.describeError },
      changed,
    );
    this.handlers = {
      copy: async ({ text }) => deps.copy(v.parse(v.string(), text)),
      run: ({ command }) => deps.run(commands[v.parse(allowedCommand, command)], this.ref),
      keepOpen: () => this.keep(),
      showImage: async (named) => {
        const ref = read(imageRef, named);
        if (ref) await deps.showImage(ref, { preview: this.preview });
      },
    };
  }

  protected override nameIn({ instance }: InstanceDetailsModel): string {
    return instance.name;
  }

  get state(): InstanceDetailsState {
    const { ref, name, preview } = this;
    const { status, model } = this.answer;
    return { ref, name, preview, status, model };
  }
}
