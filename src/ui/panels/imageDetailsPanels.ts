import * as vscode from 'vscode';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { savedDetails } from '../../protocol/details.ts';
import type { ShownRef } from './askedContent.ts';
import { DetailsContent, type DetailsContentDeps } from './detailsContent.ts';
import type { PanelDeps, PanelKind } from './panelFrame.ts';
import { PreviewPanels, type ShowOptions } from './previewPanels.ts';

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
  /** Called once EC2 has answered about an image that was opened. */
  opened(image: ShownRef): Promise<void>;
}

/** The panels of image details. */
export class ImageDetailsPanels extends PreviewPanels<ShownRef, DetailsContent> {
  readonly #imageChanges: vscode.Disposable;
  readonly #opened: ImageDetailsDeps['opened'];

  constructor(deps: ImageDetailsDeps) {
    super({
      kind,
      deps,
      saved: savedDetails,
      create: (image, preview, changed) =>
        new DetailsContent(image, preview, { ...deps, showImage: this.show.bind(this) }, changed),
    });
    this.#opened = deps.opened;
    // A panel asks again about an image that an action or a watch found changed.
    this.#imageChanges = deps.images.onDidChange(({ connection, ref }) => {
      if (deps.isCurrent(connection)) void this.find(ref)?.ask();
    });
  }

  override async show(image: ShownRef, options: ShowOptions): Promise<void> {
    await super.show(image, options);
    if (this.find(image)?.isAnswered) await this.#opened(image);
  }

  override dispose(): void {
    this.#imageChanges.dispose();
    super.dispose();
  }
}
