import * as vscode from 'vscode';
import type { CreateImageDraft } from '../../../actions/createImage.ts';
import { isRunning } from '../../../core/createImageChoices.ts';
import type { Instance } from '../../../core/instance.ts';
import { nameAndId } from '../../shared/plainText.ts';
import { type Answer, ask, type StepFrame } from '../quickInput.ts';

interface RebootItem extends vscode.QuickPickItem {
  readonly reboot: boolean;
}

/**
 * Asks whether EC2 reboots the running instances, which is EC2's default. The line that Enter takes at first does not
 * reboot.
 */
export function askReboot(frame: StepFrame, draft: CreateImageDraft): Promise<Answer<boolean | undefined>> {
  const running = draft.targets.filter(isRunning);
  const pick = vscode.window.createQuickPick<RebootItem>();
  pick.items = rebootItems(running, draft.targets.length - running.length);
  pick.activeItems = pick.items.filter((item) => item.reboot === (draft.reboot ?? false));
  pick.placeholder =
    running.length === 1
      ? vscode.l10n.t('Reboot the instance before EC2 takes the snapshots?')
      : vscode.l10n.t('Reboot the {0} running instances before EC2 takes the snapshots?', running.length);
  pick.matchOnDetail = true;
  return ask<boolean | undefined>(pick, frame, {
    value: () => draft.reboot,
    begin: ({ done }) => {
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        if (item) {
          done({ kind: 'next', value: item.reboot });
        }
      });
    },
  });
}

function rebootItems(running: readonly Instance[], stopped: number): RebootItem[] {
  const [first, ...others] = running;
  const which =
    first && others.length === 0 ? nameAndId(first) : vscode.l10n.t('{0} running instances', running.length);
  const unaffected =
    stopped === 1
      ? vscode.l10n.t('1 stopped instance stays stopped')
      : vscode.l10n.t('{0} stopped instances stay stopped', stopped);
  const description = stopped > 0 ? `${which} · ${unaffected}` : which;
  // A line of a quick pick is cut off after some 80 characters.
  return [
    {
      reboot: false,
      label: vscode.l10n.t('$(shield) Do not reboot'),
      description,
      detail: vscode.l10n.t('No downtime. File-system integrity is not guaranteed (crash-consistent).'),
    },
    {
      reboot: true,
      label: vscode.l10n.t('$(warning) Reboot'),
      description,
      detail:
        others.length === 0
          ? vscode.l10n.t('The instance restarts and is down for some minutes. File systems are consistent.')
          : vscode.l10n.t('The instances restart and are down for some minutes. File systems are consistent.'),
    },
  ];
}
