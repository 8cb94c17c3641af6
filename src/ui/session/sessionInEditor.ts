import * as vscode from 'vscode';
import { settings } from '../../contributions/settings.ts';
import { missingConsole } from '../../images/consolePages.ts';
import { setContextKey } from '../shared/setContextKey.ts';
import { connectionKey } from './connectionKey.ts';
import { networkSettingNames } from './networkSettings.ts';
import type { Session } from './session.ts';

const connectionSettings = [settings.profile, settings.endpointUrl, ...networkSettingNames];

/** Passes changed settings to the session, and the session's state to the menus. */
export function joinToEditor(session: Session): vscode.Disposable {
  return vscode.Disposable.from(
    session.onDidChangeConnection(() => {
      const { state } = session;
      setContextKey('connection', connectionKey(state));
      setContextKey('hasConsole', state.kind === 'open' && missingConsole(state.connection) === undefined);
      setContextKey('sampleAccount', state.kind === 'open' && state.connection.choice.kind === 'sample');
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (connectionSettings.some((name) => event.affectsConfiguration(name))) {
        session.reopen();
      } else if (event.affectsConfiguration(settings.regions)) {
        session.regionsChanged();
      }
    }),
  );
}
