import * as vscode from 'vscode';

/** The Markdown of all hovers of a place; with `plain`, as it is read. */
export async function hoverText(
  document: vscode.TextDocument,
  place: vscode.Position,
): Promise<{ readonly raw: string; readonly plain: string }> {
  const command = 'vscode.executeHoverProvider';
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(command, document.uri, place);
  const raw = hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
  return { raw, plain: raw.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))) };
}
