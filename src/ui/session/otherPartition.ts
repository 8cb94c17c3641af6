import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import { partitionOf } from '../../core/regions.ts';
import { plain } from '../shared/plainText.ts';
import { chosenRegions } from '../shared/settings.ts';
import type { Session } from './session.ts';

/** A message where no chosen region is in the partition of the profile's own region; else undefined. */
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
        'The selected regions ({0}) belong to another partition of AWS than the region of the profile or the environment ({1}), which is shown instead.',
        plain(chosen.join(', ')),
        plain(connection.defaultRegion),
      );
}

/** Shows that message with buttons for other regions and another profile. */
export async function tellOfOtherPartition(session: Session): Promise<void> {
  const text = otherPartitionText(session);
  if (text === undefined) {
    return;
  }
  const buttons = [
    { title: vscode.l10n.t('Select Regions…'), command: commands.selectRegions },
    { title: vscode.l10n.t('Select AWS Profile…'), command: commands.selectProfile },
  ];
  const pressed = await vscode.window.showWarningMessage(text, ...buttons);
  if (pressed) {
    await vscode.commands.executeCommand(pressed.command);
  }
}
