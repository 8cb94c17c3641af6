import * as vscode from 'vscode';

/** Loads something when it is first asked for, once for all who ask. After a failure, whoever asks next tries again. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((cause: unknown) => {
      loaded = undefined;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(vscode.l10n.t('AMI Explorer could not be loaded: {0}', reason), { cause });
    });
    return loaded;
  };
}
