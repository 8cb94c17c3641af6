import * as vscode from 'vscode';
import type { CreateImageDraft } from '../../../actions/createImage.ts';
import { isRunning } from '../../../core/createImageChoices.ts';
import { nameAndId } from '../../shared/plainText.ts';
import { type Answer, ask, type StepFrame } from '../quickInput.ts';

interface RebootItem extends vscode.QuickPickItem {
  readonly reboot: boolean;
}

/**
 * Asks whether EC2 may reboot the instances, which is EC2's default. The line that Enter takes at first does not
 * reboot.
 */
export function askReboot(frame: StepFrame, draft: CreateImageDraft): Promise<Answer<boolean | undefined>> {
  const pick = vscode.window.createQuickPick<RebootItem>();
  pick.items = rebootItems(draft);
  pick.activeItems = pick.items.filter((item) => item.reboot === (draft.reboot ?? false));
  pick.placeholder = vscode.l10n.t('May EC2 reboot the instance before it takes the snapshots?');
  pick.matchOnDetail = true;
  return ask<boolean | undefined>(pick, frame, {
    value: () => draft.reboot,
    begin: (done) => {
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        if (item) {
          done({ kind: 'next', value: item.reboot });
        }
      });
    },
  });
}

function rebootItems({ targets: instances }: CreateImageDraft): RebootItem[] {
  const running = instances.filter(isRunning);
  const stopped = instances.length - running.length;
  const [first] = running;
  if (!first) {
    return [
      {
        reboot: false,
        label: vscode.l10n.t('$(debug-continue) Continue: nothing is rebooted'),
        detail:
          instances.length === 1
            ? vscode.l10n.t('The instance is stopped and stays so. Its file systems are consistent.')
            : vscode.l10n.t('The instances are stopped and stay so. Their file systems are consistent.'),
      },
    ];
  }
  const which = running.length === 1 ? nameAndId(first) : vscode.l10n.t('{0} running instances', running.length);
  const description = stopped > 0 ? vscode.l10n.t('{0}; {1} stopped stay stopped', which, stopped) : which;
  // A line of a quick pick is cut off after some 80 characters.
  return [
    {
      reboot: false,
      label: vscode.l10n.t('$(shield) Do not reboot'),
      description,
      detail: vscode.l10n.t('Keeps running. Crash-consistent: file-system integrity is not guaranteed.'),
    },
    {
      reboot: true,
      label: vscode.l10n.t('$(warning) Reboot'),
      description,
      detail: vscode.l10n.t('Restarted first, down for some minutes. File systems are consistent.'),
    },
  ];
}
