import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** The folder that a web view may load from; nothing else of the extension or the workspace is within its reach. */
function mediaRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'media');
}

/** Puts a page into a web view; `entry` is the base name of its script and its style sheet in `dist/media`. */
export function showPage(webview: vscode.Webview, extensionUri: vscode.Uri, entry: string, title: string): void {
  const root = mediaRoot(extensionUri);
  const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  webview.html = pageHtml({
    title,
    language: vscode.env.language,
    translations: vscode.l10n.bundle ?? {},
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    script: uri(`${entry}.js`),
    styleSheets: [uri('codicon.css'), uri(`${entry}.css`)],
  });
}
