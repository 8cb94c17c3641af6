import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import { partitionOf } from '../../core/regions.ts';
import { plain } from '../shared/plainText.ts';
import { chosenRegions } from '../shared/settings.ts';
import type { Session } from './session.ts';

/** What to say where none of the regions that the user chose is in the partition that the profile's own region is in. */
export function otherPartitionText(session: Session): string | undefined {
  const { state } = session;
  const chosen = chosenRegions();
  if (state.kind !== 'open' || state.connection.choice.kind === 'sample' || chosen.length === 0) {
    return undefined;
  }
  const { connection } = state;
  const partition = session.partition(connection);
  return chosen.some((region) => partitionOf(region) === partition)
    ? undefined
    : vscode.l10n.t(
        'The chosen regions ({0}) are in another partition of AWS than {1}, the region of the profile or of the environment, which is shown instead.',
        plain(chosen.join(', ')),
        plain(connection.defaultRegion),
      );
}

/** The same with the ways out. */
export async function tellOfOtherPartition(session: Session): Promise<void> {
  const text = otherPartitionText(session);
  if (text === undefined) {
    return;
  }
  const ways = [
    { title: vscode.l10n.t('Select Regions…'), command: commands.selectRegions },
    { title: vscode.l10n.t('Select AWS Profile…'), command: commands.selectProfile },
  ];
  const pressed = await vscode.window.showWarningMessage(text, ...ways);
  if (pressed) {
    await vscode.commands.executeCommand(pressed.command);
  }
}
