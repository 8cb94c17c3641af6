import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export interface PageParts {
  /** Base name of the script and the style sheet in `dist/media`. */
  readonly entry: string;
  readonly title: string;
}

/** The folder that a web view may load from; nothing else of the extension or the workspace is within its reach. */
export function mediaRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'media');
}

/**
 * The page of a web view: one script that is admitted by its nonce and one style sheet, nothing inline, no other source
 * of anything. The translations ride along as an attribute, which is data and not code.
 */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, { entry, title }: PageParts): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (file: string) =>
    escapeHtml(webview.asWebviewUri(vscode.Uri.joinPath(mediaRoot(extensionUri), file)).toString());
  const policy = [
    `default-src 'none'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="l10n" content="${escapeHtml(JSON.stringify(vscode.l10n.bundle ?? {}))}">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${uri(`${entry}.css`)}">
</head>
<body>
<div id="page"></div>
<script type="module" nonce="${nonce}" src="${uri(`${entry}.js`)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
