import * as vscode from 'vscode';
import { type CreateImageTypes, createImageAction } from '../../../actions/createImage.ts';
import type { Instance } from '../../../core/instance.ts';
import type { Session } from '../../session/session.ts';
import type { InstancesNode } from '../../trees/nodes.ts';
import { fitting } from '../fitting.ts';
import { type ActionHost, performAction } from '../performAction.ts';
import { beginAction } from '../whileConnected.ts';
import { chooseInstances } from './chooseInstances.ts';
import { lookAt } from './currentInstances.ts';
import { type Draft, narrowed, newDraft } from './draft.ts';
import { createImageForm } from './form.ts';

export interface CreateImageHost extends ActionHost<CreateImageTypes> {
  readonly session: Pick<Session, 'state' | 'connection' | 'regions' | 'onDidChange'>;
  /** What is selected in the Instances view. */
  readonly selectedInstances: () => readonly Instance[];
}

/** Create Image…, on what was clicked and selected, or what is selected in the view, or what the user chooses. */
export function createImageCommand(
  host: CreateImageHost,
): (node?: InstancesNode, nodes?: readonly InstancesNode[]) => Promise<void> {
  const command = vscode.l10n.t('Create Image…');
  return (node, nodes) =>
    beginAction(host, { command, operation: createImageAction.operation }, async (connection, signal) => {
      const { ec2 } = connection;
      const form = createImageForm(command, ec2);
      const refreshed = async (draft: Draft, signal: AbortSignal) => {
        const current = await lookAt(ec2, draft.instances, signal);
        const instances = current && (await fitting(form, current.instances));
        return instances && narrowed(draft, instances);
      };
      const named = instancesOf(node, nodes);
      const given = named.length > 0 ? named : host.selectedInstances();
      const chosen = given.length > 0 ? given : await chooseInstances(ec2, host.session.regions(connection), signal);
      const current = chosen && (await lookAt(ec2, chosen, signal));
      const instances = current && (await fitting(form, current.instances));
      if (current && instances) {
        const draft = newDraft(instances, current.volumeFacts, Date.now());
        await performAction({ host, connection, form, refreshed }, draft, signal);
      }
    });
}

/** What the view hands over: the clicked node, then all selected ones where the clicked one is among them. */
function instancesOf(
  node: InstancesNode | undefined,
  nodes: readonly InstancesNode[] | undefined,
): readonly Instance[] {
  if (node?.kind !== 'instance') {
    return [];
  }
  const all = (nodes ?? []).flatMap((other) => (other.kind === 'instance' ? [other.instance] : []));
  return all.some((instance) => instance.id === node.instance.id) ? all : [node.instance];
}
