import * as vscode from 'vscode';
import { checkWritable, type IsReadOnly } from '../../actions/readOnly.ts';
import type { Connection } from '../../ec2/port.ts';
import type { Session } from '../session/session.ts';

/**
 * Begins an action on the current connection. Rejects with AmiError; with `read-only` before anything is asked.
 *
 * @param title the action's name in the menus
 */
export async function beginAction(
  host: { readonly session: Pick<Session, 'state' | 'connection' | 'onDidChange'>; readonly isReadOnly: IsReadOnly },
  { title, operation }: { readonly title: string; readonly operation: string },
  run: (connection: Connection, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  checkWritable(host.isReadOnly, operation);
  const connection = await host.session.connection();
  await whileConnected(host, title, connection, (signal) => run(connection, signal));
}

/** Runs an action that ends with its connection, and says so: what was chosen belongs to the old account. */
export async function whileConnected(
  { session }: { readonly session: Pick<Session, 'state' | 'onDidChange'> },
  title: string,
  connection: Connection,
  run: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  const check = () => {
    const { state } = session;
    if (state.kind !== 'open' || state.connection !== connection) {
      abort.abort();
    }
  };
  const subscription = session.onDidChange(check);
  try {
    check();
    if (!abort.signal.aborted) {
      await run(abort.signal);
    }
  } finally {
    subscription.dispose();
    if (abort.signal.aborted) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} was closed, because the connection has changed.', title),
      );
    }
  }
}
