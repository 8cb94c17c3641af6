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

/** Interval (ms) at which the file of a sign-in is looked at. */
const lookInterval = 1_000;

/** Delay (ms) after a change of the file, which may still be written to. */
const writeDelay = 300;

/** The variables that name the AWS CLI's files. */
const fileVariables = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_LOGIN_CACHE_DIRECTORY'];

/**
 * Signs in to a profile by the AWS CLI in a terminal, when its sign-in has expired. Reconnects once the CLI has written
 * its cache file, from this terminal or any other.
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

  /** For a failed call: if a sign-in would resolve the error, its cache file is watched. */
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
      void vscode.window.showInformationMessage(vscode.l10n.t('The current AWS profile does not require signing in.'));
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
        'The AWS CLI is required to sign in to the profile “{1}” with “aws {0}”, but it was not found on the PATH.',
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
      // The watched cache file may have reconnected already.
      if (this.#needed || session.state.kind !== 'open') {
        session.reopen();
      }
    } else if (exitCode !== undefined) {
      log.warn(`The AWS CLI has ended with exit code ${exitCode} at signing in.`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t(
          'Signing in failed with exit code {0} of the AWS CLI. See its terminal for the reason. Version 2 of the AWS CLI is required.',
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

/** Runs without a shell, so that the profile's name is never read as a command. */
function signInTask(program: string, { command, profile }: SignIn, env: NodeJS.ProcessEnv): vscode.Task {
  const own = fileVariables.flatMap((name): [string, string][] => (env[name] ? [[name, env[name]]] : []));
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

/** Calls `changed` after a file was created or changed. `fs.watch` would need its folder to exist. */
function onWritten(file: string, changed: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const look = (now: Stats, before: Stats) => {
    if (now.mtimeMs !== before.mtimeMs && now.mtimeMs > 0) {
      clearTimeout(timer);
      timer = setTimeout(changed, writeDelay);
    }
  };
  watchFile(file, { interval: lookInterval, persistent: false }, look);
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    unwatchFile(file, look);
  });
}
