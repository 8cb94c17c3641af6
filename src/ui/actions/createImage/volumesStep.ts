import * as vscode from 'vscode';
import type { CreateImageDraft } from '../../../actions/createImage.ts';
import type { VolumePlan } from '../../../core/createImageChoices.ts';
import type { VolumeFacts } from '../../../ec2/port.ts';
import { nameAndId, plain, plainFacts } from '../../shared/plainText.ts';
import { type Answer, ask, type StepFrame } from '../quickInput.ts';

interface VolumeItem extends vscode.QuickPickItem {
  /** Undefined in the heading of an instance. */
  readonly plan?: VolumePlan;
}

/** Asks which volumes the image has. A tick includes a volume, and its button switches delete-on-termination. */
export function askVolumes(frame: StepFrame, draft: CreateImageDraft): Promise<Answer<readonly VolumePlan[]>> {
  const pick = vscode.window.createQuickPick<VolumeItem>();
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.keepScrollPosition = true;
  pick.placeholder =
    draft.volumes.length === 0
      ? vscode.l10n.t('EC2 lists no EBS volumes of the instance: go on with Enter')
      : vscode.l10n.t('Untick volumes that the image is not to have');
  let plans = draft.volumes;
  /** New items are unticked for a moment, and the editor reports that as a change by the user. */
  let redrawn = false;

  const show = (active: VolumePlan | undefined) => {
    pick.items = volumeItems(draft, plans);
    pick.selectedItems = pick.items.filter((item) => item.plan?.included);
    const same = pick.items.filter((item) => active && item.plan && isSame(item.plan, active));
    if (same.length > 0) {
      pick.activeItems = same;
    }
  };
  const toggle = (plan: VolumePlan) => {
    plans = plans.map((other) =>
      isSame(other, plan) ? { ...other, deleteOnTermination: !other.deleteOnTermination } : other,
    );
    redrawn = true;
    show(plan);
  };
  const toggleActive: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('arrow-swap'),
    tooltip: vscode.l10n.t('Keep or Delete the Volume of the Active Line on Termination'),
  };
  return ask(pick, frame, {
    buttons: draft.volumes.length > 0 ? [toggleActive] : [],
    value: () => plans,
    begin: (done) => {
      show(undefined);
      pick.onDidChangeSelection((selected) => {
        if (redrawn && selected.length === 0) {
          redrawn = false;
          return;
        }
        redrawn = false;
        const ticked = (plan: VolumePlan) => selected.some((item) => item.plan && isSame(item.plan, plan));
        const requiredUnticked = plans.some((plan) => plan.required && !ticked(plan));
        plans = plans.map((plan) => ({ ...plan, included: plan.required || ticked(plan) }));
        if (requiredUnticked) {
          // EC2 does not allow an image without its root volume.
          pick.selectedItems = pick.items.filter((item) => item.plan && (item.plan.required || ticked(item.plan)));
        }
      });
      pick.onDidTriggerItemButton(({ item }) => {
        if (item.plan) {
          toggle(item.plan);
        }
      });
      pick.onDidTriggerButton((button) => {
        const plan = button === toggleActive ? pick.activeItems[0]?.plan : undefined;
        if (plan) {
          toggle(plan);
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
    const items = own.map((plan) => volumeItem(plan, instance.volumeFacts.get(plan.volumeId)));
    return items.length > 0 && draft.targets.length > 1 ? [heading, ...items] : items;
  });
}

function volumeItem(plan: VolumePlan, facts: VolumeFacts | undefined): VolumeItem {
  return {
    plan,
    label: plain(plan.deviceName),
    description: volumeText(plan, facts),
    detail: [fateText(plan), requiredText(plan)].filter(Boolean).join('. '),
    buttons: [
      plan.deleteOnTermination
        ? { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Keep on Termination') }
        : { iconPath: new vscode.ThemeIcon('archive'), tooltip: vscode.l10n.t('Delete on Termination') },
    ],
  };
}

/** `root · 20 GiB gp3 · encrypted · vol-0123…` */
export function volumeText(plan: VolumePlan, facts: VolumeFacts | undefined): string {
  const size = facts?.size === undefined ? undefined : vscode.l10n.t('{0} GiB', facts.size);
  return plainFacts(
    plan.root && vscode.l10n.t('root'),
    [size, facts?.type].filter(Boolean).join(' '),
    facts?.encrypted && vscode.l10n.t('encrypted'),
    plan.volumeId,
  );
}

function requiredText({ root, required }: VolumePlan): string | undefined {
  if (!required) {
    return undefined;
  }
  return root
    ? vscode.l10n.t('Always included.')
    : vscode.l10n.t('Always included: it cannot be told which volume is the root.');
}

/** What happens to the volume when an instance that was launched from the image is terminated. */
function fateText(plan: VolumePlan): string {
  return plan.deleteOnTermination
    ? vscode.l10n.t('Delete on termination: yes, it goes with the instance')
    : vscode.l10n.t('Delete on termination: no, it outlives the instance');
}

function isSame(a: VolumePlan, b: VolumePlan): boolean {
  return a.instanceId === b.instanceId && a.deviceName === b.deviceName;
}
