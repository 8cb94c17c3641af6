import * as vscode from 'vscode';
import type { CatalogFailure, RegionStatus } from '../../catalog/port.ts';
import { commands } from '../../contributions/commands.ts';
import { AmiError } from '../../core/errors.ts';
import type { CatalogStatus } from '../../protocol/catalog.ts';
import { plain } from '../shared/plainText.ts';
import { describeError, type PresentedError } from '../shared/presentError.ts';

/** The status of a region's catalog in the words of the page. */
export function toCatalogStatus(status: RegionStatus): CatalogStatus {
  const { images, completed, asOf, left, download, failure, retrying } = status;
  // A retry leaves the failure in sight until it brings something.
  if (download && (!failure || download.elsewhere)) {
    const { share, rate, throttled, refreshing, elsewhere } = download;
    return {
      kind: 'downloading',
      images: Math.max(images ?? 0, download.images),
      share,
      rate,
      throttled,
      refreshing: refreshing || completed !== undefined,
      elsewhere,
    };
  }
  if (failure) {
    const { message: happened, buttons } = describeFailure(failure);
    const message = retrying ? vscode.l10n.t('{0} The download resumes automatically.', happened) : happened;
    return { kind: 'failed', message, errorButtons: buttons.map(({ title }) => title) };
  }
  if (images === undefined) {
    return { kind: 'opening' };
  }
  if (completed !== undefined) {
    return { kind: 'complete', asOf: asOf ?? completed };
  }
  return left ? { kind: 'paused', images, share: left.share } : { kind: 'empty' };
}

export function describeFailure(failure: CatalogFailure): Omit<PresentedError, 'reason'> {
  switch (failure.kind) {
    case 'ami': {
      const { said, ...details } = failure.error;
      return describeError(new AmiError(said, details));
    }
    case 'full':
      return {
        message: vscode.l10n.t(
          'The disk is full, so the download stopped. What has been downloaded can be searched. Free up space, or clear the public catalog.',
        ),
        buttons: [{ title: vscode.l10n.t('Clear Public Catalog'), command: commands.clearCatalog }],
      };
    case 'place': {
      const { folder, code, message } = failure;
      const text =
        code === undefined
          ? vscode.l10n.t('The public catalog cannot be saved in {0}: {1}', folder, message)
          : placeText(folder, code);
      return describeError(new Error(text));
    }
    case 'other':
      return describeError(new Error(vscode.l10n.t('The public catalog has stopped: {0}', failure.message)));
  }
}

/** Why a folder does not take the catalog, by the operating system's code. */
function placeText(folder: string, code: string): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return vscode.l10n.t('The public catalog cannot be saved in {0}: you have no permission to write there.', folder);
    case 'EROFS':
      return vscode.l10n.t('The public catalog cannot be saved in {0}: it is on a read-only file system.', folder);
    case 'ENOTDIR':
    case 'EEXIST':
      return vscode.l10n.t(
        'The public catalog cannot be saved in {0}: there is a file where a folder is needed.',
        folder,
      );
    case 'EISDIR':
      return vscode.l10n.t(
        'The public catalog cannot be saved in {0}: there is a folder where a file is needed.',
        folder,
      );
    case 'EBUSY':
      return vscode.l10n.t('The public catalog cannot be saved in {0}: another program has locked the file.', folder);
    default:
      return vscode.l10n.t('The public catalog cannot be saved in {0}: the system reports {1}.', folder, code);
  }
}

export function noticeOf({ setAside }: RegionStatus): string | undefined {
  return setAside === undefined
    ? undefined
    : vscode.l10n.t(
        'The saved catalog was damaged. It was moved to {0}, and is being downloaded again.',
        plain(setAside),
      );
}
