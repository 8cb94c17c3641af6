import { beforeEach, describe, expect, it } from 'vitest';
import type { LogOutputChannel } from 'vscode';
import { Secrets } from '../../src/ec2/credentials/secrets.ts';
import { safeLog } from '../../src/ui/shared/log.ts';

let lines: string[];
let log: LogOutputChannel;

beforeEach(() => {
  lines = [];
  const write = (text: string | Error) => lines.push(String(text));
  const channel: LogOutputChannel = {
    name: 'test',
    logLevel: 1,
    onDidChangeLogLevel: () => ({ dispose() {} }),
    trace: write,
    debug: write,
    info: write,
    warn: write,
    error: write,
    append: write,
    appendLine: write,
    replace: write,
    clear() {},
    show() {},
    hide() {},
    dispose() {},
  };
  const secrets = new Secrets();
  secrets.add('AKIAEXAMPLEEXAMPLE00', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'a session/token+of=one');
  log = safeLog(channel, secrets.mask);
});

/** The lines that each method of the log writes. */
function written(text: string): readonly string[] {
  log.trace(text);
  log.debug(text);
  log.info(text);
  log.warn(text);
  log.error(text);
  log.error(new Error(text));
  log.append(text);
  log.appendLine(text);
  log.replace(text);
  return lines;
}

describe('the log, however it is written to', () => {
  it.each([
    ['a key that is used', 'signed with wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['a key over two lines', 'signed with wJalrXUtnFEMI/K7MDENG/\nbPxRfiCYEXAMPLEKEY'],
    ['a key in a URL', 'GET /?k=wJalrXUtnFEMI%2FK7MDENG%2FbPxRfiCYEXAMPLEKEY'],
    ['a header', 'authorization: AWS4-HMAC-SHA256 Credential=AKIAX/2026, Signature=K7MDENGbPxRfiCY'],
    ['an option', 'failed: helper --vault-passphrase K7MDENGbPxRfiCY'],
    ['a proxy', 'connect to http://user:K7MDENGbPxRfiCY@proxy:8080'],
  ])('has no secrets: %s', (_what, text) => {
    const all = written(text);
    expect(all).toHaveLength(9);
    for (const line of all) {
      expect(line).not.toMatch(/K7MDENG|bPxRfiCY/);
      expect(line).toContain('***');
    }
  });

  it.each([
    ['line breaks', 'one\n2026-01-01 00:00:00.000 [error] forged\r\ntwo\u2028three\u0085four'],
    ['what steers a terminal', 'one\u001b[2J\u001b]8;;https://evil.example\u0007two\u009b31m'],
    ['what is unseen or turns the text round', 'one\u202e\u2066owt\u200b\u0000three'],
  ])('is one line of text that is seen: %s', (_what, text) => {
    for (const line of written(text)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b]/);
      expect(line).toContain('one');
    }
  });

  it('has no lines without end', () => {
    for (const line of written('x'.repeat(1_000_000))) {
      expect(line.length).toBeLessThan(7_000);
    }
  });
});
