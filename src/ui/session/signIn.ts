import { type Stats, unwatchFile, watchFile } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { AmiError, SignIn } from '../../core/errors.ts';
import { plain } from '../shared/plainText.ts';
import { findProgram } from './findProgram.ts';
import type { Session } from './session.ts';

export interface SignInsDeps {
  readonly session: Session;
  readonly env: NodeJS.ProcessEnv;
  readonly log: vscode.LogOutputChannel;
}

/** How often (ms) a file is looked at while somebody has to sign in. */
const lookInterval = 1_000;

/** How long (ms) a file may still be written to after its first change. */
const writeDelay = 300;

/** The variables that tell the AWS CLI where the files are which the profile was read from. */
const variables = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_LOGIN_CACHE_DIRECTORY'];

/**
 * Signs in where a profile's session is over, by the AWS CLI in a terminal, and connects anew as soon as somebody has signed
 * in, there or anywhere else.
 */
export class SignIns implements vscode.Disposable {
  readonly #deps: SignInsDeps;
  readonly #subscriptions: vscode.Disposable;
  #needed: SignIn | undefined;
  #watch: vscode.Disposable | undefined;
  #running: vscode.TaskExecution | undefined;

  constructor(deps: SignInsDeps) {
    this.#deps = deps;
    const { session } = deps;
    this.#subscriptions = vscode.Disposable.from(
      session.onDidChangeConnection(() => this.#connectionChanged()),
      vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution === this.#running) {
          this.#running = undefined;
          this.#ended(exitCode);
        }
      }),
    );
  }

  /** Tells of a call that has failed: while somebody has to sign in, it is watched for that. */
  noteError(error: AmiError): void {
    if (error.signIn && error.signIn.cacheFile !== this.#needed?.cacheFile) {
      this.#need(error.signIn);
    }
  }

  #connectionChanged(): void {
    const { state } = this.#deps.session;
    if (state.kind === 'signedOut') {
      this.noteError(state.error);
    } else if (state.kind !== 'opening') {
      this.#need(undefined);
    }
  }

  #need(signIn: SignIn | undefined): void {
    this.#needed = signIn;
    this.#watch?.dispose();
    this.#watch = signIn && onWritten(signIn.cacheFile, () => this.#deps.session.reopen());
  }

  async signIn(): Promise<void> {
    const { session, env } = this.#deps;
    const state = await session.settled();
    const signIn = this.#needed ?? (state.kind === 'open' ? state.connection.signIn : undefined);
    if (!signIn) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nobody has to sign in for the AWS profile in force.'));
      return;
    }
    const program = await findProgram('aws', env);
    if (!program) {
      await this.#showCliMissing(signIn);
      return;
    }
    this.#running?.terminate();
    this.#running = await vscode.tasks.executeTask(signInTask(program, signIn, env));
  }

  async #showCliMissing({ command, profile }: SignIn): Promise<void> {
    const install = vscode.l10n.t('Install the AWS CLI');
    const pressed = await vscode.window.showErrorMessage(
      vscode.l10n.t(
        'To sign in, “aws {0}” has to be run for the profile “{1}”, but there is no AWS CLI (aws) on the PATH.',
        command,
        plain(profile),
      ),
      install,
    );
    if (pressed === install) {
      await vscode.env.openExternal(
        vscode.Uri.parse('https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html', true),
      );
    }
  }

  #ended(exitCode: number | undefined): void {
    const { session, log } = this.#deps;
    if (exitCode === 0) {
      // The file that the command writes may have told so before.
      if (this.#needed || session.state.kind !== 'open') {
        session.reopen();
      }
    } else if (exitCode !== undefined) {
      log.warn(`The AWS CLI has ended with exit code ${exitCode} at signing in.`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t(
          'Signing in has failed: the AWS CLI ended with exit code {0}. Its terminal says why; version 2 is needed.',
          exitCode,
        ),
      );
    }
  }

  dispose(): void {
    this.#watch?.dispose();
    this.#subscriptions.dispose();
  }
}

/** The profile's name is an argument of the process, never part of a shell's text. */
function signInTask(program: string, { command, profile }: SignIn, env: NodeJS.ProcessEnv): vscode.Task {
  const own = variables.flatMap((name): [string, string][] => (env[name] ? [[name, env[name]]] : []));
  const execution = new vscode.ProcessExecution(program, [...command.split(' '), '--profile', profile], {
    cwd: homedir(),
    env: Object.fromEntries(own),
  });
  const task = new vscode.Task(
    { type: 'process' },
    vscode.TaskScope.Workspace,
    vscode.l10n.t('Sign in to AWS: {0}', plain(profile)),
    'AMI Explorer',
    execution,
    [],
  );
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
    showReuseMessage: false,
  };
  return task;
}

/** Calls back after a file was made or changed. Its folder may not be there yet, which no watcher of folders takes. */
function onWritten(file: string, then: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const look = (now: Stats, before: Stats) => {
    if (now.mtimeMs !== before.mtimeMs && now.mtimeMs > 0) {
      clearTimeout(timer);
      timer = setTimeout(then, writeDelay);
    }
  };
  watchFile(file, { interval: lookInterval, persistent: false }, look);
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    unwatchFile(file, look);
  });
}
