import * as vscode from 'vscode';
import type { Target } from '../../actions/action.ts';
import { commands } from '../../contributions/commands.ts';
import { refKey } from '../../core/imageRef.ts';
import type { ImageDetailsPanels } from '../panels/imageDetailsPanels.ts';
import type { InstancePanels } from '../panels/instancePanels.ts';
import { instanceNotFound } from '../panels/notFound.ts';
import type { Session } from '../session/session.ts';
import { nameAndId, plain } from '../shared/plainText.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';
import type { Views } from '../trees/views.ts';
import { namedInstances } from './instanceArguments.ts';
import { PreviewClicks } from './previewClicks.ts';

export interface InstanceCommandsDeps {
  readonly session: Pick<Session, 'connection'>;
  readonly views: Pick<Views, 'selectedInstances'>;
  readonly details: ImageDetailsPanels;
  readonly instances: InstancePanels;
}

export function instanceCommands(deps: InstanceCommandsDeps) {
  const clicks = new PreviewClicks();
  return {
    [commands.showInstance]: async (...args) => {
      const [instance] = instancesOf(deps, args);
      if (instance) {
        await deps.instances.show(instance, { preview: clicks.isPreview(args, refKey(instance)) });
      }
    },
    [commands.copyInstanceId]: async (...args) => copyIds(instancesOf(deps, args).map(({ id }) => id)),
    [commands.showInstanceImage]: async (...args) => {
      const [instance] = instancesOf(deps, args);
      if (instance) {
        await showImageOf(deps, instance);
      }
    },
  } satisfies Partial<CommandHandlers>;
}

/** The arguments' instances, or else the selected ones. */
function instancesOf({ views }: InstanceCommandsDeps, args: readonly unknown[]): readonly Target[] {
  const named = namedInstances(args);
  return named.length > 0 ? named : views.selectedInstances;
}

async function copyIds(ids: readonly string[]): Promise<void> {
  const [first] = ids;
  if (first === undefined) {
    return;
  }
  await vscode.env.clipboard.writeText(ids.join('\n'));
  vscode.window.setStatusBarMessage(
    ids.length === 1 ? vscode.l10n.t('Copied {0}', plain(first)) : vscode.l10n.t('Copied {0} instance IDs', ids.length),
    3_000,
  );
}

/** EC2 is asked which image it is, since only a listed instance says so. */
async function showImageOf({ session, details }: InstanceCommandsDeps, instance: Target): Promise<void> {
  const { region, id } = instance;
  const { ec2 } = await session.connection();
  const [found] = await ec2.describeInstances(region, [id], new AbortController().signal);
  if (!found) {
    throw instanceNotFound(instance);
  }
  if (found.imageId) {
    await details.show({ region, id: found.imageId }, { preview: false });
  } else {
    void vscode.window.showInformationMessage(vscode.l10n.t('EC2 reports no image for {0}.', nameAndId(instance)));
  }
}
