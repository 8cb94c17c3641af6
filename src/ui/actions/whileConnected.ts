import * as vscode from 'vscode';
import { checkWritable, type IsReadOnly } from '../../actions/readOnly.ts';
import type { Connection } from '../../ec2/port.ts';
import type { Session } from '../session/session.ts';

/**
 * Begins what changes AWS, through the connection in force. Rejects with AmiError: `read-only` before anything is asked.
 *
 * @param command its name in the menus
 */
export async function beginAction(
  host: { readonly session: Pick<Session, 'state' | 'connection' | 'onDidChange'>; readonly isReadOnly: IsReadOnly },
  { command, operation }: { readonly command: string; readonly operation: string },
  run: (connection: Connection, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  checkWritable(host.isReadOnly, operation);
  const connection = await host.session.connection();
  await whileConnected(host, command, connection, (signal) => run(connection, signal));
}

/** Runs something that ends when the connection does, and says so: what was chosen belongs to the old account. */
export async function whileConnected(
  { session }: { readonly session: Pick<Session, 'state' | 'onDidChange'> },
  command: string,
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
        vscode.l10n.t('{0} has ended: it was about the account that was connected before.', command),
      );
    }
  }
}
