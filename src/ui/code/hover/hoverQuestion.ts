import * as vscode from 'vscode';
import type { ImageFacts } from '../../../hints/rules/imageFacts.ts';
import type { CodeConnection, NoCodeConnection, OpenImages } from '../openImages.ts';

/** In ms: a hover that has waited so long shows what it has. */
const timeout = 4_000;

/** What a hover asks with, and for. */
export interface HoverQuestion {
  readonly document: vscode.TextDocument;
  /** As known by now: whose account it is becomes known after the connection is open. */
  readonly facts: () => ImageFacts;
  /** `opening` where that takes too long for this hover. */
  readonly connection: () => Promise<CodeConnection | NoCodeConnection>;
  /** Undefined where the answer comes too late for this hover; it is in memory for the next one. */
  readonly inTime: <T>(answer: Promise<T>) => Promise<T | undefined>;
}

export function hoverQuestion(document: vscode.TextDocument, known: OpenImages): HoverQuestion {
  const end = Date.now() + timeout;
  const inTime = async <T>(answer: Promise<T>): Promise<T | undefined> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), Math.max(0, end - Date.now()));
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  const connection = async () => (await inTime(known.connection())) ?? { kind: 'opening' as const };
  return { document, facts: () => known.facts(), connection, inTime };
}

export function stillWaiting(): string {
  return vscode.l10n.t('AWS has not answered yet. Hover again to see the answer.');
}
