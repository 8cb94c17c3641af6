export interface PageParts {
  readonly title: string;
  /** As BCP 47, `de` for instance. */
  readonly language: string;
  /** The texts of the language by their English; empty for English. */
  readonly translations: unknown;
  /** What the policy may call the place of style sheets and fonts. */
  readonly cspSource: string;
  /** New for each page. */
  readonly nonce: string;
  readonly script: string;
  readonly styleSheets: readonly string[];
}

/**
 * The page of a web view: one script that is admitted by its nonce, style sheets from one place, nothing inline and no
 * other source of anything. The translations ride along as an attribute, which is data and not code.
 */
export function pageHtml(parts: PageParts): string {
  const { title, language, translations, cspSource, nonce, script, styleSheets } = parts;
  const policy = [
    `default-src 'none'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="l10n" content="${escapeHtml(JSON.stringify(translations))}">
<title>${escapeHtml(title)}</title>
${styleSheets.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join('\n')}
</head>
<body>
<div id="page"></div>
<script type="module" nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
