import * as l10n from '@vscode/l10n';

/** The translations that the host has put into the page; none of them in English. */
export function configureL10n(): void {
  const bundle = document.querySelector<HTMLMetaElement>('meta[name="l10n"]')?.content;
  if (bundle) l10n.config({ contents: bundle });
}
