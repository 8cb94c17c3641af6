import * as vscode from 'vscode';
import { type Unfitness, unfitnessOf } from '../../../core/createImageChoices.ts';
import { isCancelled } from '../../../core/errors.ts';
import type { Instance } from '../../../core/instance.ts';
import { placeNameOf } from '../../../core/regions.ts';
import type { InstanceReader } from '../../../ec2/port.ts';
import { plain, plainFacts } from '../../shared/plainText.ts';
import { describeError } from '../../shared/presentError.ts';
import { TickedItems } from '../../shared/quickPickItems.ts';
import { instanceStateText } from '../../shared/wording.ts';

interface InstanceItem extends vscode.QuickPickItem {
  readonly instance?: Instance;
}

/** Lists the instances of the regions, as they arrive, to choose one or several from; none when the user leaves. */
export async function chooseInstances(
  ec2: Pick<InstanceReader, 'listInstances'>,
  regions: readonly string[],
  signal: AbortSignal,
): Promise<readonly Instance[]> {
  const pick = vscode.window.createQuickPick<InstanceItem>();
  const abort = new AbortController();
  const either = AbortSignal.any([abort.signal, signal]);
  const found = new Map<string, Instance[]>();
  const errors = new Map<string, unknown>();
  pick.title = vscode.l10n.t('Create Image: Instances');
  pick.placeholder = vscode.l10n.t('Select the instances to create images from ({0})', regions.map(plain).join(', '));
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.busy = true;
  const keyOf = ({ instance }: InstanceItem) => instance && `${instance.region}/${instance.id}`;
  const ticks = new TickedItems(pick, keyOf);
  const show = () =>
    ticks.replace(regions.flatMap((region) => regionItems(region, found.get(region), errors.get(region))));
  const list = async (region: string) => {
    try {
      for await (const page of ec2.listInstances(region, either)) {
        // EC2 lists a terminated instance for an hour.
        const alive = page.filter((instance) => unfitnessOf(instance)?.kind !== 'gone');
        found.set(region, [...(found.get(region) ?? []), ...alive]);
        show();
      }
    } catch (error) {
      if (!isCancelled(error)) {
        errors.set(region, error);
        show();
      }
    }
  };
  try {
    return await new Promise((resolve) => {
      pick.onDidHide(() => resolve([]));
      pick.onDidAccept(() => {
        const ticked = pick.items.filter((item) => ticks.keys.has(keyOf(item) ?? ''));
        const instances = ticked.flatMap((item) => item.instance ?? []);
        const [active] = pick.activeItems;
        // Enter without a tick takes the line it stands on.
        resolve(instances.length > 0 ? instances : active?.instance ? [active.instance] : []);
      });
      signal.addEventListener('abort', () => resolve([]), { once: true });
      pick.show();
      void Promise.all(regions.map(list)).then(() => {
        if (!either.aborted) {
          pick.busy = false;
          show();
        }
      });
    });
  } finally {
    abort.abort();
    pick.dispose();
  }
}

function regionItems(region: string, instances: readonly Instance[] | undefined, error: unknown): InstanceItem[] {
  const place = placeNameOf(region);
  const heading: InstanceItem = {
    label: place ? `${plain(region)} (${place})` : plain(region),
    kind: vscode.QuickPickItemKind.Separator,
  };
  const items: InstanceItem[] = [...(instances ?? [])]
    .sort((a, b) => (a.name || a.id).localeCompare(b.name || b.id, 'en', { numeric: true }))
    .map((instance) => {
      const unfitness = unfitnessOf(instance);
      return {
        instance,
        label: plain(instance.name) || plain(instance.id),
        description: plainFacts(instance.id, instanceStateText(instance.state), instance.instanceType),
        ...(unfitness ? { detail: `$(circle-slash) ${unfitnessText(unfitness)}` } : {}),
      };
    });
  if (error !== undefined) {
    items.push({ label: `$(error) ${describeError(error).message}`, alwaysShow: true });
  }
  return items.length > 0 ? [heading, ...items] : [];
}

/** Why no image can be made of an instance. */
export function unfitnessText(unfitness: Unfitness): string {
  switch (unfitness.kind) {
    case 'instance-store':
      return vscode.l10n.t(
        'The instance is instance store-backed. EC2 creates images from EBS-backed instances only; bundle its image on the instance with the AMI tools.',
      );
    case 'changing':
      return vscode.l10n.t('The instance is {0}. Wait until it is running or stopped.', plain(unfitness.state));
    case 'gone':
      return vscode.l10n.t('The instance is {0}, so its volumes are no longer available.', plain(unfitness.state));
  }
}
