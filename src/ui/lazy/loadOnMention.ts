import * as vscode from 'vscode';
import { mayMention } from '../../code/mentions.ts';

/** In UTF-16 code units: a look at so much takes some 10 ms. */
const sliceLength = 2_000_000;

/** Longer than what a mention is told by. */
const overlap = 200;

/** Delay (ms) before loading, which takes a moment in which nobody should be typing. */
const loadDelay = 300;

/** Loads src/main.ts once an open document may refer to images, and never in a window without such a document. */
export function loadOnMention(load: () => Promise<unknown>): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const found = () => {
    isOver = true;
    listening.dispose();
    timer = setTimeout(
      () => void load().catch(({ message }: Error) => vscode.window.showErrorMessage(message)),
      loadDelay,
    );
  };
  const look = async (document: vscode.TextDocument) => {
    if (!isOver && isCode(document) && (await mentionsImages(document.getText())) && !isOver) found();
  };
  const lookAtAll = async () => {
    const visible = vscode.window.visibleTextEditors.map(({ document }) => document);
    for (const document of new Set([...visible, ...vscode.workspace.textDocuments])) {
      await nextTurn();
      await look(document);
    }
  };
  const listening = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => void look(document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (isCode(document) && contentChanges.some((change) => mayMention(around(document, change)))) found();
    }),
  );
  void lookAtAll();
  return new vscode.Disposable(() => {
    isOver = true;
    listening.dispose();
    clearTimeout(timer);
  });
}

/** Whether a document is code, and neither output nor another version of a file. */
export function isCode({ uri: { scheme } }: vscode.TextDocument): boolean {
  return (
    ['file', 'untitled', 'vscode-notebook-cell', 'vscode-vfs'].includes(scheme) ||
    vscode.workspace.fs.isWritableFileSystem(scheme) === true
  );
}

/** Whether a document is another version of a file, as of a commit or of its local history. */
export function isVersionOfFile({ uri: { scheme } }: vscode.TextDocument): boolean {
  return /^(?:git|gitlens|gitfs|git-graph|svn|hg|pr|review|vscode-local-history|conflict-diff)$/.test(scheme);
}

/** Whether a text may refer to images. Long texts are looked at in slices, each in a turn of its own. */
export async function mentionsImages(text: string): Promise<boolean> {
  for (let start = 0; start < text.length; start += sliceLength) {
    if (start > 0) await nextTurn();
    if (mayMention(text.slice(start, start + sliceLength + overlap))) return true;
  }
  return false;
}

/** What a change has put in, with what stands before and behind it in its lines. */
function around(document: vscode.TextDocument, { range, text }: vscode.TextDocumentContentChangeEvent): string {
  const { line, character } = range.start;
  const lines = text.split('\n').length - 1;
  return document.getText(
    new vscode.Range(line, Math.max(0, character - overlap), line + lines, character + text.length + overlap),
  );
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
