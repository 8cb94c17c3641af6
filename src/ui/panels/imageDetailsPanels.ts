import * as vscode from 'vscode';
import { refKey } from '../../core/imageRef.ts';
import { read } from '../../core/schemas.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { savedDetails } from '../../protocol/details.ts';
import type { RestorePanel } from '../lazy/loadedExtension.ts';
import { DetailsContent, type DetailsContentDeps, type ImageToShow } from './detailsContent.ts';
import { OpenPanels } from './openPanels.ts';
import type { PanelDeps, PanelFrame, PanelKind } from './panelFrame.ts';

const kind: PanelKind = {
  viewType: 'amiExplorer.imageDetails',
  entry: 'details',
  icon: 'package',
  pageTitle: () => vscode.l10n.t('Image Details'),
  hasFindWidget: true,
};

export interface ImageDetailsDeps extends PanelDeps, Omit<DetailsContentDeps, 'showImage'> {
  readonly images: Pick<ConnectionImages, 'onDidChange'>;
  isCurrent(connection: Connection): boolean;
}

type DetailsPanel = PanelFrame<DetailsContent>;

/**
 * The panels of image details, which behave like the editor's tabs: one for each image, and one of them may be the
 * preview.
 */
export class ImageDetailsPanels implements vscode.Disposable {
  readonly #deps: ImageDetailsDeps;
  readonly #panels: OpenPanels<DetailsContent>;
  readonly #imageChanges: vscode.Disposable;

  constructor(deps: ImageDetailsDeps) {
    this.#deps = deps;
    this.#panels = new OpenPanels(kind, deps);
    // A panel asks again about an image that an action or a watch found changed.
    this.#imageChanges = deps.images.onDidChange(({ connection, ref }) => {
      if (deps.isCurrent(connection)) void this.#panels.find(refKey(ref))?.content.ask();
    });
  }

  readonly restore: RestorePanel = (panel, saved) => {
    const found = read(savedDetails, saved);
    if (!found) {
      return false;
    }
    const { ref, preview } = found;
    return this.#panels.restore(panel, refKey(ref), this.#content(ref, preview && !this.#preview));
  };

  /**
   * Opens an image, or shows the panel that has it; asks EC2 unless it has just answered. A preview leaves the focus
   * where it is.
   */
  async show(image: ImageToShow, { preview }: { readonly preview: boolean }): Promise<void> {
    const opened =
      this.#panels.find(refKey(image)) ?? this.#takePreview(image, preview) ?? this.#create(image, preview);
    if (!preview) opened.content.keep();
    opened.reveal({ preserveFocus: preview });
    await opened.content.ask();
  }

  dispose(): void {
    this.#imageChanges.dispose();
    this.#panels.dispose();
  }

  get #preview(): DetailsPanel | undefined {
    return this.#panels.all.find(({ content }) => content.preview);
  }

  #takePreview(image: ImageToShow, preview: boolean): DetailsPanel | undefined {
    const opened = preview ? this.#preview : undefined;
    opened?.content.turnTo(image);
    return opened;
  }

  #create(image: ImageToShow, preview: boolean): DetailsPanel {
    return this.#panels.create(this.#content(image, preview), { preserveFocus: preview });
  }

  #content(image: ImageToShow, preview: boolean): (changed: () => void) => DetailsContent {
    const deps = { ...this.#deps, showImage: this.show.bind(this) };
    return (changed) => new DetailsContent(image, preview, deps, changed);
  }
}
