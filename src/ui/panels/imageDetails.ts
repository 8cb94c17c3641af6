import * as vscode from 'vscode';
import { imageConsoleUrl } from '../../core/consoleUrl.ts';
import { isResourceId } from '../../core/imageId.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { isRegionName } from '../../core/regions.ts';
import type { DetailsNotifications, DetailsRequests } from '../../protocol/details.ts';
import { type Handlers, notify, serve } from '../../protocol/rpc.ts';
import { plain } from '../plainText.ts';
import { DetailsStore, type DetailsStoreDeps, type ImageToShow } from './detailsStore.ts';
import { showPage } from './panel.ts';

export const imageDetailsViewType = 'amiExplorer.imageDetails';

export interface ImageDetailsDeps extends DetailsStoreDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** The user has asked for something, which may ask the user. */
  userActed(): void;
  copy(text: string): Thenable<void>;
  copyId(ref: ImageRef): Promise<void>;
  insertId(ref: ImageRef): Promise<void>;
  openExternal(url: string): Thenable<unknown>;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly store: DetailsStore;
}

/**
 * The panels with the details of images. They behave as editors of files do: one panel for each image, and one of them
 * may be the preview, which the next image to be previewed takes over.
 */
export class ImageDetailsPanels implements vscode.Disposable {
  readonly #deps: ImageDetailsDeps;
  readonly #open = new Set<OpenPanel>();

  constructor(deps: ImageDetailsDeps) {
    this.#deps = deps;
  }

  /** Lets VS Code bring the panels back after a restart, each when it is first seen. */
  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this,
      vscode.window.registerWebviewPanelSerializer(imageDetailsViewType, {
        deserializeWebviewPanel: async (panel, kept: unknown) => this.#restore(panel, kept),
      }),
    );
  }

  /** Opens an image, or shows the panel that has it; asks EC2 unless it has just answered. A preview leaves the focus where it is. */
  async show(image: ImageToShow, { preview }: { readonly preview: boolean }): Promise<void> {
    const already = this.#find(image);
    const opened = already ?? this.#takePreview(image, preview) ?? this.#create(image, preview);
    if (!preview) opened.store.keep();
    opened.panel.reveal(undefined, preview);
    await opened.store.ask();
  }

  /** Keeps the preview open, whichever image it shows. */
  keepOpen(): void {
    for (const { store } of this.#open) store.keep();
  }

  /** The image has changed in EC2: a panel that shows it asks anew. */
  imageChanged(ref: ImageRef): void {
    const opened = this.#find(ref);
    if (opened) void opened.store.ask();
  }

  /** Another account, or the same with other rights: what is shown goes at once, and what can be seen is asked for. */
  connectionChanged(): void {
    for (const { panel, store } of this.#open) {
      store.forget();
      if (panel.visible) void store.ask();
    }
  }

  dispose(): void {
    for (const { panel } of [...this.#open]) panel.dispose();
  }

  #find({ region, id }: ImageRef): OpenPanel | undefined {
    return [...this.#open].find(({ store: { state } }) => state.ref.id === id && state.ref.region === region);
  }

  #takePreview(image: ImageToShow, preview: boolean): OpenPanel | undefined {
    const opened = preview ? [...this.#open].find(({ store }) => store.state.preview) : undefined;
    opened?.store.turnTo(image);
    return opened;
  }

  #create(image: ImageToShow, preview: boolean): OpenPanel {
    const panel = vscode.window.createWebviewPanel(
      imageDetailsViewType,
      titleOf(image),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus: preview },
      { enableFindWidget: true },
    );
    return this.#adopt(panel, image, preview);
  }

  #restore(panel: vscode.WebviewPanel, kept: unknown): void {
    const found = readKept(kept);
    if (!found || this.#find(found.ref)) {
      panel.dispose();
      return;
    }
    const preview = found.preview && ![...this.#open].some(({ store }) => store.state.preview);
    this.#adopt(panel, found.ref, preview);
  }

  #adopt(panel: vscode.WebviewPanel, image: ImageToShow, preview: boolean): OpenPanel {
    const { webview } = panel;
    // One that is brought back still has the name that the account of then could see.
    panel.title = titleOf(image);
    const post = (message: unknown) => void webview.postMessage(message);
    const store = new DetailsStore(image, preview, this.#deps, (state) => {
      panel.title = titleOf({ ...state.ref, name: state.name });
      notify<DetailsNotifications, 'state'>(post, 'state', state);
    });
    const opened = { panel, store };
    const receive = serve<DetailsRequests>(this.#handlers(store, post), post, (error) => {
      this.#deps.log.error(`${imageDetailsViewType}: ${error instanceof Error ? error.message : String(error)}`);
      return this.#deps.describeError(error).message;
    });
    this.#open.add(opened);
    const listener = webview.onDidReceiveMessage(receive);
    panel.onDidDispose(() => {
      this.#open.delete(opened);
      store.dispose();
      listener.dispose();
    });
    panel.iconPath = new vscode.ThemeIcon('package');
    showPage(webview, this.#deps.extensionUri, 'details', vscode.l10n.t('Image Details'));
    return opened;
  }

  #handlers(store: DetailsStore, post: (message: unknown) => void): Handlers<DetailsRequests> {
    const deps = this.#deps;
    return {
      // The page is loaded again each time that it comes into view.
      ready: () => {
        notify<DetailsNotifications, 'state'>(post, 'state', store.state);
        if (store.needsAnswer) void store.ask();
      },
      copy: async ({ text }) => deps.copy(text),
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
      showImage: async ({ region, id }) => {
        if (isRegionName(region) && isResourceId(id)) await this.show({ region, id }, { preview: store.state.preview });
      },
      runAction: async ({ index }) => {
        const action = store.actionAt(index);
        if (action) await vscode.commands.executeCommand(action.command);
      },
    };
  }
}

function titleOf({ id, name }: ImageToShow): string {
  return plain(name ?? '') || id;
}

/** What the page has kept is read as carefully as anything that comes from outside: it may be of another version. */
function readKept(kept: unknown): { readonly ref: ImageRef; readonly preview: boolean } | undefined {
  const ref = propertyOf(kept, 'ref');
  const region = propertyOf(ref, 'region');
  const id = propertyOf(ref, 'id');
  if (typeof region !== 'string' || typeof id !== 'string' || !isRegionName(region) || !isResourceId(id))
    return undefined;
  return { ref: { region, id }, preview: propertyOf(kept, 'preview') === true };
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
