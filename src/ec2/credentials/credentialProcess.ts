import { spawn } from 'node:child_process';
import * as v from 'valibot';
import type { ProcessReason } from '../../core/errorReason.ts';
import { errorCode } from '../../core/errors.ts';
import { maskSecrets } from '../../core/maskSecrets.ts';
import { ifKnown, read, someText } from '../../core/schemas.ts';
import type { Credentials } from '../port.ts';
import { shellWords } from '../sharedConfig/shellWords.ts';
import { Secrets } from './secrets.ts';

/** The credentials that a `credential_process` printed, or why there are none, without its arguments. */
export type ProcessOutcome =
  | { readonly kind: 'credentials'; readonly credentials: Credentials }
  | { readonly kind: 'failed'; readonly reason: ProcessReason };

/** In ms, as in the AWS SDK for Go (`processcreds.DefaultTimeout`): the program may ask the user. */
const processTimeout = 60_000;

/** Credentials are some thousand characters. */
const longestOutput = 256 * 1024;

/** How long (ms) the output of a program may arrive after its end. */
const outputTimeout = 1_000;

/** Commands that only a shell can run. The AWS CLI, which uses none, cannot. */
const needsShell = /^\s*(?:~\/|\$)|\s(?:\|\|?|&&|\d?>>?\S*)(?:\s|$)/;

/**
 * Runs the command without a shell, as the AWS CLI does; with one, as the SDKs do, where it needs one. Reads its
 * output.
 */
export async function runCredentialProcess(
  command: string,
  signal: AbortSignal,
  timeout = processTimeout,
): Promise<ProcessOutcome> {
  const words = process.platform === 'win32' || needsShell.test(command) ? undefined : shellWords(command);
  let end: End;
  try {
    end = await run(words ?? command, signal, timeout);
  } catch {
    // Node's error would quote the arguments.
    return { kind: 'failed', reason: { kind: 'process-malformed' } };
  }
  if (end.kind === 'failed') {
    return end;
  }
  return end.code === 0
    ? readOutput(end.stdout, Date.now())
    : { kind: 'failed', reason: failureOf(end.code, end.signal, withoutArguments(command, end.stderr).trim()) };
}

/** The exit codes of shells for a program that is not found: POSIX's and that of `cmd.exe`. */
const notFoundCodes = [127, 9009];

function failureOf(exitCode: number | null, signal: string | null, said: string): ProcessReason {
  if (exitCode === null) {
    return { kind: 'process-killed', signal: String(signal), said };
  }
  return said === '' && notFoundCodes.includes(exitCode)
    ? { kind: 'process-not-found' }
    : { kind: 'process-failed', exitCode, said };
}

type End =
  | { readonly kind: 'failed'; readonly reason: ProcessReason }
  | {
      readonly kind: 'ended';
      readonly code: number | null;
      readonly signal: string | null;
      readonly stdout: string;
      readonly stderr: string;
    };

function run(command: string | readonly string[], signal: AbortSignal, timeout: number): Promise<End> {
  return new Promise((resolve) => {
    const own = process.platform !== 'win32';
    // In a process group of its own, so that programs that the shell has started end with it.
    const [program = '', ...args] = typeof command === 'string' ? [command] : command;
    const child = spawn(program, args, {
      shell: typeof command === 'string',
      detached: own,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    const kill = () => {
      if (child.pid !== undefined) {
        try {
          own ? process.kill(-child.pid, 'SIGKILL') : child.kill();
        } catch {
          // It has ended meanwhile.
        }
      }
    };
    const finish = (end: End) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(end);
    };
    const giveUp = (reason: ProcessReason) => {
      kill();
      finish({ kind: 'failed', reason });
    };
    const cancel = () => giveUp({ kind: 'process-killed', signal: 'SIGKILL', said: '' });
    const giveUpLate = () => giveUp({ kind: 'process-timeout', seconds: timeout / 1_000 });
    const timer = setTimeout(giveUpLate, timeout);
    signal.addEventListener('abort', cancel);
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (piece: string) => {
        output[stream] += piece;
        if (output[stream].length > longestOutput) {
          giveUp({ kind: 'process-overlong' });
        }
      });
    }
    child.on('error', (error) => {
      const code = errorCode(error);
      const reason: ProcessReason =
        code === 'ENOENT' ? { kind: 'process-not-found' } : { kind: 'process-not-started', code: String(code) };
      finish({ kind: 'failed', reason });
    });
    child.on('exit', (code, name) => {
      const ended = () => finish({ kind: 'ended', code, signal: name, ...output });
      child.on('close', ended);
      // A program in the background may keep the output open.
      setTimeout(ended, outputTimeout).unref();
    });
    if (signal.aborted) {
      cancel();
    }
  });
}

/** The program's output as the AWS SDKs and Tools Reference Guide has it ("Process credential provider"). */
const outputSchema = v.object({
  Version: v.literal(1),
  AccessKeyId: ifKnown(someText),
  SecretAccessKey: ifKnown(someText),
  SessionToken: ifKnown(someText),
  Expiration: ifKnown(someText),
});

function readOutput(stdout: string, now: number): ProcessOutcome {
  const failed = (reason: ProcessReason): ProcessOutcome => ({ kind: 'failed', reason });
  let data: unknown;
  try {
    data = JSON.parse(stdout);
  } catch {
    return failed({ kind: stdout.trim() === '' ? 'process-silent' : 'process-no-json' });
  }
  const output = read(outputSchema, data);
  if (!output) {
    return failed({ kind: 'process-version' });
  }
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = output;
  if (!accessKeyId || !secretAccessKey) {
    return failed({ kind: 'process-no-keys' });
  }
  const expires = output.Expiration;
  const expiration = expires === undefined ? undefined : new Date(expires);
  if (expiration && Number.isNaN(expiration.getTime())) {
    return failed({ kind: 'process-no-time' });
  }
  if (expiration && expiration.getTime() <= now) {
    return failed({ kind: 'process-expired', at: expiration.toISOString() });
  }
  return {
    kind: 'credentials',
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken ? { sessionToken } : {}),
      ...(expiration ? { expiration } : {}),
    },
  };
}

/** A program's output without its arguments, which shells and programs quote in their errors. */
function withoutArguments(command: string, said: string): string {
  const [, ...words] = command.match(/"(?:\\.|[^"\\])*"|'[^']*'|\S+/g) ?? [];
  const parts = words.flatMap((word) => {
    const bare = word.replace(/^["']|["']$/g, '');
    return [bare, ...bare.split(/[\s=,;:"']+/)];
  });
  const secrets = new Secrets();
  secrets.add(...parts);
  let result = maskSecrets(secrets.mask(said));
  for (const part of [...new Set(parts)].filter(Boolean).sort((a, b) => b.length - a.length)) {
    const escaped = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    // A short argument may occur in any word, so it is masked only where it stands alone.
    result = result.replace(
      part.length < 4 ? new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu') : new RegExp(escaped, 'gi'),
      '***',
    );
  }
  return result;
}
