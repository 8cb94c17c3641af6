import type * as vscode from 'vscode';
import { maskSecrets } from '../../core/maskSecrets.ts';
import { visibleSentence } from '../../core/visibleText.ts';

/** Longer lines are of no use to anybody: an encoded authorization message, which is to be decoded, is shorter. */
const longestLine = 6_000;

/**
 * The log as everything writes to it: whatever a message holds that came from outside, it is one line, nothing in it steers
 * a terminal or is unseen, and credentials are masked.
 *
 * @param mask takes out the credentials in use
 */
export function guarded(channel: vscode.LogOutputChannel, mask: (text: string) => string): vscode.LogOutputChannel {
  const line = (text: string) => {
    const short = text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
    return visibleSentence(maskSecrets(mask(short))).replace(/\s+/g, ' ');
  };
  return {
    get name() {
      return channel.name;
    },
    get logLevel() {
      return channel.logLevel;
    },
    onDidChangeLogLevel: channel.onDidChangeLogLevel,
    trace: (message) => channel.trace(line(message)),
    debug: (message) => channel.debug(line(message)),
    info: (message) => channel.info(line(message)),
    warn: (message) => channel.warn(line(message)),
    error: (error) => channel.error(line(String(error))),
    append: (text) => channel.append(line(text)),
    appendLine: (text) => channel.appendLine(line(text)),
    replace: (text) => channel.replace(line(text)),
    clear: () => channel.clear(),
    show: () => channel.show(),
    hide: () => channel.hide(),
    dispose: () => channel.dispose(),
  };
}
