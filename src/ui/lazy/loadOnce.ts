import * as vscode from 'vscode';

/** Loads at the first call, once for all calls. After a failure the next call loads again. */
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
