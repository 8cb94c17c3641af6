import * as v from 'valibot';
import * as vscode from 'vscode';
import { imageConsoleUrl } from '../../core/consoleUrl.ts';
import { type ImageRef, refKey } from '../../core/imageRef.ts';
import { imageRef } from '../../core/imageRefSchema.ts';
import { read } from '../../core/schemas.ts';
import { type DetailsNotifications, type DetailsRequests, keptState } from '../../protocol/details.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import type { RestorePanel } from '../lazy/loadedExtension.ts';
import { plain } from '../shared/plainText.ts';
import { DetailsStore, type DetailsStoreDeps, type ImageToShow } from './detailsStore.ts';
import { actionRequest } from './pageRequests.ts';
import { OpenPanels, type PanelDeps, PanelFrame, type PanelKind } from './panelFrame.ts';

const kind: PanelKind = {
  viewType: 'amiExplorer.imageDetails',
  entry: 'details',
  icon: 'package',
  pageTitle: () => vscode.l10n.t('Image Details'),
  hasFindWidget: true,
};

export interface ImageDetailsDeps extends PanelDeps, DetailsStoreDeps {
  describeError: DetailsStoreDeps['describeError'];
  /** The user has asked for something, which may ask the user. */
  userActed(): void;
  copy(text: string): Thenable<void>;
  copyId(ref: ImageRef): Promise<void>;
  insertId(ref: ImageRef): Promise<void>;
  openExternal(url: string): Thenable<unknown>;
}

type Frame = PanelFrame<DetailsRequests, DetailsNotifications>;

class DetailsPanel {
  readonly frame: Frame;
  readonly store: DetailsStore;

  constructor(frame: Frame, store: DetailsStore) {
    this.frame = frame;
    this.store = store;
  }

  get key(): string {
    return refKey(this.store.state.ref);
  }
}

/**
 * The panels with the details of images. They behave as editors of files do: one panel for each image, and one of them
 * may be the preview, which the next image to be previewed takes over.
 */
export class ImageDetailsPanels implements vscode.Disposable {
  readonly #deps: ImageDetailsDeps;
  readonly #open = new OpenPanels<DetailsPanel>(kind);

  constructor(deps: ImageDetailsDeps) {
    this.#deps = deps;
  }

  readonly restore: RestorePanel = (panel, kept) => {
    const found = read(keptState, kept);
    if (!found || this.#open.find(refKey(found.ref))) {
      return false;
    }
    this.#adopt(panel, found.ref, found.preview && !this.#preview);
    return true;
  };

  /** Opens an image, or shows the panel that has it; asks EC2 unless it has just answered. A preview leaves the focus where it is. */
  async show(image: ImageToShow, { preview }: { readonly preview: boolean }): Promise<void> {
    const opened = this.#open.find(refKey(image)) ?? this.#takePreview(image, preview) ?? this.#create(image, preview);
    if (!preview) opened.store.keep();
    opened.frame.reveal({ preserveFocus: preview });
    await opened.store.ask();
  }

  /** The image has changed in EC2: a panel that shows it asks anew. */
  imageChanged(ref: ImageRef): void {
    void this.#open.find(refKey(ref))?.store.ask();
  }

  /** Another account, or the same with other rights: what is shown goes at once, and what can be seen is asked for. */
  connectionChanged(): void {
    for (const { frame, store } of this.#open.all) {
      store.forget();
      if (frame.visible) void store.ask();
    }
  }

  dispose(): void {
    this.#open.dispose();
  }

  get #preview(): DetailsPanel | undefined {
    return this.#open.all.find(({ store }) => store.state.preview);
  }

  #takePreview(image: ImageToShow, preview: boolean): DetailsPanel | undefined {
    const opened = preview ? this.#preview : undefined;
    opened?.store.turnTo(image);
    return opened;
  }

  #create(image: ImageToShow, preview: boolean): DetailsPanel {
    return this.#adopt(this.#open.create(titleOf(image), { preserveFocus: preview }), image, preview);
  }

  #adopt(panel: vscode.WebviewPanel, image: ImageToShow, preview: boolean): DetailsPanel {
    const frame: Frame = new PanelFrame(panel, kind, this.#deps);
    // One that is brought back still has the name that the account of then could see.
    frame.title = titleOf(image);
    const store = new DetailsStore(image, preview, this.#deps, (state) => {
      frame.title = titleOf({ ...state.ref, name: state.name });
      frame.notify('state', state);
    });
    frame.own(store);
    const opened = new DetailsPanel(frame, store);
    this.#open.add(opened);
    frame.load(this.#handlers(opened));
    return opened;
  }

  #handlers({ frame, store }: DetailsPanel): Handlers<DetailsRequests> {
    const deps = this.#deps;
    return {
      // The page is loaded again each time that it comes into view.
      ready: () => {
        frame.notify('state', store.state);
        if (store.needsAnswer) void store.ask();
      },
      copy: async ({ text }) => deps.copy(v.parse(v.string(), text)),
      copyId: () => deps.copyId(store.state.ref),
      insertId: () => deps.insertId(store.state.ref),
      openInConsole: async () => {
        const { region, id } = store.state.ref;
        const url = imageConsoleUrl(region, id);
        if (url) await deps.openExternal(url);
      },
      refresh: () => {
        deps.userActed();
        return store.ask({ fresh: true });
      },
      keepOpen: () => store.keep(),
      // Both parts may come from what another account has written.
      showImage: async (named) => {
        const ref = read(imageRef, named);
        if (ref) await this.show(ref, { preview: store.state.preview });
      },
      runAction: async (params) => {
        const action = store.actionAt(v.parse(actionRequest, params).index);
        if (action) await vscode.commands.executeCommand(action.command);
      },
    };
  }
}

function titleOf({ id, name }: ImageToShow): string {
  return plain(name ?? '') || id;
}
