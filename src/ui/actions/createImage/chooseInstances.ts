import * as vscode from 'vscode';
import { type Unfitness, unfitnessOf } from '../../../core/createImageChoices.ts';
import { isCancelled } from '../../../core/errors.ts';
import type { Instance } from '../../../core/instance.ts';
import { placeNameOf } from '../../../core/regions.ts';
import type { InstanceReader } from '../../../ec2/port.ts';
import { plain, plainFacts } from '../../shared/plainText.ts';
import { describeError } from '../../shared/presentError.ts';

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
  pick.placeholder = vscode.l10n.t('The instances to make images of ({0})', regions.map(plain).join(', '));
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.busy = true;
  const show = () => {
    const chosen = new Set(pick.selectedItems.map((item) => item.instance?.id));
    pick.items = regions.flatMap((region) => regionItems(region, found.get(region), errors.get(region)));
    pick.selectedItems = pick.items.filter((item) => item.instance && chosen.has(item.instance.id));
  };
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
        const instances = pick.selectedItems.flatMap((item) => item.instance ?? []);
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
        description: plainFacts(instance.id, instance.state, instance.instanceType),
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
        'it is instance store-backed, and EC2 makes images of EBS-backed instances only. Its image has to be bundled on the instance with the AMI tools.',
      );
    case 'changing':
      return vscode.l10n.t('it is {0}. Wait until it is running or stopped.', plain(unfitness.state));
    case 'gone':
      return vscode.l10n.t('it is {0}, and its volumes are gone or going.', plain(unfitness.state));
  }
}
