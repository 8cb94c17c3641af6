import type * as vscode from 'vscode';
import { maskSecrets } from '../../core/maskSecrets.ts';
import { visibleSentence } from '../../core/visibleText.ts';

/** Characters. An encoded authorization message, which users decode, is shorter. */
const longestLine = 6_000;

/**
 * A log for messages that hold text from outside: each is one line, without control and invisible characters, and with
 * credentials masked.
 *
 * @param mask replaces the credentials in use
 */
export function safeLog(channel: vscode.LogOutputChannel, mask: (text: string) => string): vscode.LogOutputChannel {
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
