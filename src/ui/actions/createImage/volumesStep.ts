import * as vscode from 'vscode';
import type { CreateImageDraft } from '../../../actions/createImage.ts';
import type { VolumePlan } from '../../../core/createImageChoices.ts';
import type { VolumeFacts } from '../../../ec2/port.ts';
import { nameAndId, plain } from '../../shared/plainText.ts';
import { TickedItems } from '../../shared/quickPickItems.ts';
import { type Answer, ask, type StepFrame } from '../quickInput.ts';
import { requiredText, volumeState, volumeText } from './volumeWords.ts';

interface VolumeItem extends vscode.QuickPickItem {
  /** Undefined in the heading of an instance. */
  readonly plan?: VolumePlan;
}

/** Asks which volumes the image has. A tick includes a volume, and its button switches delete-on-termination. */
export function askVolumes(frame: StepFrame, draft: CreateImageDraft): Promise<Answer<readonly VolumePlan[]>> {
  const pick = vscode.window.createQuickPick<VolumeItem>();
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.placeholder =
    draft.targets.length === 1
      ? vscode.l10n.t('Select the volumes to include in the image')
      : vscode.l10n.t('Select the volumes to include in the images');
  let plans = draft.volumes;
  const ticks = new TickedItems(
    pick,
    ({ plan }) => plan && keyOf(plan),
    () => {
      const kept = plans.find((plan) => plan.required && !ticks.keys.has(keyOf(plan)));
      pick.prompt = kept && requiredText(kept);
      plans = plans.map((plan) => ({ ...plan, included: plan.required || ticks.keys.has(keyOf(plan)) }));
      show();
    },
  );
  const show = () =>
    ticks.replace(volumeItems(draft, plans), new Set(plans.filter(({ included }) => included).map(keyOf)));
  return ask(pick, frame, {
    value: () => plans,
    begin: ({ done }) => {
      show();
      pick.onDidTriggerItemButton(({ item: { plan } }) => {
        if (plan) {
          const toggled = { ...plan, deleteOnTermination: !plan.deleteOnTermination };
          plans = plans.map((other) => (keyOf(other) === keyOf(plan) ? toggled : other));
          show();
        }
      });
      pick.onDidAccept(() => done({ kind: 'next', value: plans }));
    },
  });
}

function volumeItems(draft: CreateImageDraft, plans: readonly VolumePlan[]): VolumeItem[] {
  return draft.targets.flatMap((instance): VolumeItem[] => {
    const own = plans.filter((plan) => plan.instanceId === instance.id);
    const heading: VolumeItem = { label: nameAndId(instance), kind: vscode.QuickPickItemKind.Separator };
    // A heading takes the space of the first line's text: why a volume cannot be left out is told where that is tried.
    const hasHeading = own.length > 0 && draft.targets.length > 1;
    const items = own.map((plan) => volumeItem(plan, instance.volumeFacts.get(plan.volumeId), !hasHeading));
    return hasHeading ? [heading, ...items] : items;
  });
}

function volumeItem(plan: VolumePlan, facts: VolumeFacts | undefined, withReason: boolean): VolumeItem {
  return {
    plan,
    label: plain(plan.deviceName),
    description: volumeText(plan, facts),
    detail: [volumeState(plan), withReason && requiredText(plan)].filter(Boolean).join('. '),
    buttons: plan.included ? [terminationButton(plan)] : [],
  };
}

/** The same button in either state: the line says which one it is in. */
function terminationButton({ deleteOnTermination }: VolumePlan): vscode.QuickInputButton {
  return {
    iconPath: new vscode.ThemeIcon('arrow-swap'),
    tooltip: deleteOnTermination ? vscode.l10n.t('Keep on Termination') : vscode.l10n.t('Delete on Termination'),
  };
}

function keyOf({ instanceId, deviceName }: VolumePlan): string {
  return JSON.stringify([instanceId, deviceName]);
}
