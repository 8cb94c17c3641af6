import * as vscode from 'vscode';
import type { CatalogFailure, RegionStatus } from '../../catalog/port.ts';
import { commands } from '../../contributions/commands.ts';
import type { QueryProblemKind } from '../../core/catalogQuery.ts';
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
    const message = retrying
      ? vscode.l10n.t('{0} The download goes on by itself as soon as it can.', happened)
      : happened;
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
      const { message, ...details } = failure.error;
      return describeError(new AmiError(message, details));
    }
    case 'full':
      return {
        message: vscode.l10n.t(
          'The disk is full: the catalog cannot grow. What is there can still be searched. Make room, or clear the catalog.',
        ),
        buttons: [{ title: vscode.l10n.t('Clear Public Catalog'), command: commands.clearCatalog }],
      };
    case 'place': {
      const { folder, code, message } = failure;
      return describeError(
        new Error(vscode.l10n.t('The public catalog cannot be saved in {0}: {1}', folder, placeText(code) ?? message)),
      );
    }
    case 'other':
      return describeError(new Error(failure.message));
  }
}

/** What the operating system means by a code. */
function placeText(code: string | undefined): string | undefined {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return vscode.l10n.t('you have no permission to write there.');
    case 'EROFS':
      return vscode.l10n.t('it is on a read-only file system.');
    case 'ENOTDIR':
    case 'EEXIST':
      return vscode.l10n.t('a file is where a folder is to be.');
    case 'EISDIR':
      return vscode.l10n.t('a folder is where a file is to be.');
    case 'EBUSY':
      return vscode.l10n.t('another program keeps the file locked.');
    case undefined:
      return undefined;
    default:
      return vscode.l10n.t('the system says {0}.', code);
  }
}

export function noticeOf({ setAside }: RegionStatus): string | undefined {
  return setAside === undefined
    ? undefined
    : vscode.l10n.t(
        'The stored catalog was damaged. It was set aside as {0}, and is downloaded anew.',
        plain(setAside),
      );
}

export function problemText(kind: QueryProblemKind, text: string): string {
  switch (kind) {
    case 'unknown-field':
      return vscode.l10n.t('No such field: “{0}” is searched for as it stands.', plain(text));
    case 'value-missing':
      return vscode.l10n.t('“{0}” needs a value.', plain(text));
    case 'not-a-date':
      return vscode.l10n.t('“{0}”: a date is a year, a month or a day, 2026-11-23 for instance.', plain(text));
  }
}
