import type * as vscode from 'vscode';
import type { ActionCall, ActionTypes } from '../../actions/action.ts';
import type { RunnableAction } from '../../actions/actionRun.ts';
import type { IsReadOnly } from '../../actions/readOnly.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { Session } from '../session/session.ts';
import type { ActionForm } from './actionForm.ts';
import type { LeftWizards } from './leftWizards.ts';

/** The parts of the extension that every action uses. */
export interface ActionHost {
  readonly session: Pick<Session, 'state' | 'connection' | 'identity' | 'onDidChange'>;
  readonly isReadOnly: IsReadOnly;
  readonly images: Pick<ConnectionImages, 'changed' | 'gone'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error' | 'show'>;
}

/** One action through one connection, with its form. */
export type ActionSetup<T extends ActionTypes> = RunnableAction<T> & {
  readonly host: ActionHost;
  readonly connection: Connection;
  /** The action's name in the menus. */
  readonly title: string;
  readonly form: ActionForm<T>;
  readonly left: LeftWizards<T>;
  /** Runs what sends several requests, whose outcomes are told together. Absent: each is told alone. */
  readonly inBatch?: <R>(send: () => Promise<R>) => Promise<R>;
  /** The targets of one region as they are now, without those that are gone. Rejects with AmiError. */
  readonly read: (region: string, ids: readonly string[], signal: AbortSignal) => Promise<readonly T['target'][]>;
  /** Called when a request is done, or a dry run that the endpoint has carried out. */
  readonly onDone?: ((call: ActionCall<T['request']>, id: string, dryRun: boolean) => void) | undefined;
};
