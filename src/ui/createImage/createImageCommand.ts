import * as vscode from 'vscode';
import type { CreateImageRequest } from '../../core/createImage.ts';
import type { Instance } from '../../core/instance.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ImageCreations } from '../../images/watches/imageCreations.ts';
import { instanceText, plain } from '../plainText.ts';
import type { Session } from '../session.ts';
import type { InstancesNode } from '../trees/nodes.ts';
import { chooseInstances, withoutRefused } from './chooseInstances.ts';
import { createAll, type Failure } from './createAll.ts';
import { lookAt } from './currentInstances.ts';
import { narrowed, newDraft } from './draft.ts';
import { type FlowStart, runFlow } from './flow.ts';

export interface CreateImageDeps {
  readonly session: Pick<Session, 'state' | 'connection' | 'regions' | 'onDidChange'>;
  /** What is selected in the Instances view. */
  readonly selectedInstances: () => readonly Instance[];
  readonly watch: Pick<ImageCreations, 'watch'>;
  readonly sought: Pick<ImageCreations, 'sending' | 'lookNow'>;
  /** Called when EC2 has begun to make an image, to show it. */
  readonly onCreated: (region: string, imageId: string) => Promise<void>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error' | 'show'>;
}

/** The failures that a notification tells one by one; the log has all. */
const toldFailures = 3;

/** Create Image…, on what was clicked and selected, or what is selected in the view, or what the user chooses. */
export function createImageCommand(
  deps: CreateImageDeps,
): (node?: InstancesNode, nodes?: readonly InstancesNode[]) => Promise<void> {
  return async (node, nodes) => {
    const connection = await deps.session.connection();
    await whileConnected(deps, connection, async (signal) => {
      const { ec2 } = connection;
      const named = instancesOf(node, nodes);
      const given = named.length > 0 ? named : deps.selectedInstances();
      const chosen = given.length > 0 ? given : await chooseInstances(ec2, deps.session.regions(connection), signal);
      const current = chosen && (await lookAt(ec2, chosen, signal));
      const instances = current && (await withoutRefused(current.instances));
      if (current && instances) {
        const draft = newDraft(instances, current.volumeFacts, Date.now());
        await create(deps, connection, { draft, step: 'name', obstacles: [], returning: false }, signal);
      }
    });
  };
}

/** Runs the flow, and again from where it can be helped when EC2 refuses in the end. */
async function create(
  deps: CreateImageDeps,
  connection: Connection,
  start: FlowStart,
  signal: AbortSignal,
): Promise<void> {
  const { sought, log } = deps;
  const onCreated = ({ region, name }: CreateImageRequest, imageId: string) => {
    deps.watch
      .watch(connection, region, imageId, name)
      .then(() => deps.onCreated(region, imageId))
      .catch((error: unknown) => log.error(`${imageId}: ${String(error)}`));
  };
  const onMade = (request: CreateImageRequest, imageId: string) => {
    log.info(`The dry run of CreateImage in ${request.region} made ${imageId} of ${request.instanceId}`);
    onCreated(request, imageId);
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The endpoint knows no dry run: it has already made the image "{0}" ({1}) in {2}. No further dry run is sent to it.',
        plain(request.name),
        plain(imageId),
        plain(request.region),
      ),
    );
  };
  const end = await runFlow(start, { connection, sought, onMade }, signal);
  if (!end || end.requests.length === 0) {
    return;
  }
  const { requests, draft } = end;
  const failures = await createAll({ connection, sought, log, onCreated }, requests);
  const [first] = failures;
  if (!first) {
    return;
  }
  const again: FlowStart = {
    draft: narrowed(
      draft,
      draft.instances.filter((instance) => failures.some((failure) => failure.instanceId === instance.id)),
    ),
    step: first.step,
    obstacles: failures,
    returning: true,
  };
  if (requests.length === 1 && first.step === 'name' && !first.soughtId) {
    await create(deps, connection, again, signal);
    return;
  }
  // Not awaited: the notification stays until it is read.
  void report(deps, connection, requests.length, failures, again);
}

async function report(
  deps: CreateImageDeps,
  connection: Connection,
  count: number,
  failures: readonly Failure[],
  again: FlowStart,
): Promise<void> {
  const instance = (id: string) => again.draft.instances.find((candidate) => candidate.id === id);
  const told = failures.slice(0, toldFailures).map(({ instanceId, message }) => {
    const known = instance(instanceId);
    return `${known ? instanceText(known) : plain(instanceId)}: ${message}`;
  });
  if (failures.length > told.length) {
    told.push(vscode.l10n.t('… and {0} more', failures.length - told.length));
  }
  const soughtIds = failures.flatMap(({ soughtId }) => soughtId ?? []);
  const lookAgain = vscode.l10n.t('Look Again');
  const tryAgain = vscode.l10n.t('Try Again…');
  const showLog = vscode.l10n.t('Show Log');
  const text = told.join(' ');
  const pressed = await vscode.window.showErrorMessage(
    count === 1
      ? vscode.l10n.t('Create Image: {0}', text)
      : vscode.l10n.t('{0} of {1} images are being made. {2}', count - failures.length, count, text),
    ...(soughtIds.length > 0 ? [lookAgain] : []),
    tryAgain,
    showLog,
  );
  if (pressed === showLog) {
    deps.log.show();
  } else if (pressed === lookAgain) {
    await look(deps, soughtIds);
  } else if (pressed === tryAgain) {
    await whileConnected(deps, connection, async (signal) => {
      const current = await lookAt(connection.ec2, again.draft.instances, signal);
      const instances = current && (await withoutRefused(current.instances));
      if (instances) {
        await create(deps, connection, { ...again, draft: narrowed(again.draft, instances) }, signal);
      }
    });
  }
}

/** Looks for images whose answers were lost; what has shown is told by whoever watches them. */
async function look(deps: CreateImageDeps, soughtIds: readonly string[]): Promise<void> {
  const lookAgain = vscode.l10n.t('Look Again');
  const shown = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for the image…') },
    () => Promise.all(soughtIds.map((id) => deps.sought.lookNow(id))),
  );
  const left = soughtIds.filter((_, index) => !shown[index]);
  if (left.length > 0) {
    const pressed = await vscode.window.showInformationMessage(
      left.length === 1
        ? vscode.l10n.t('The image does not show so far. You are told when it does.')
        : vscode.l10n.t('{0} images do not show so far. You are told when they do.', left.length),
      lookAgain,
    );
    if (pressed === lookAgain) {
      await look(deps, left);
    }
  }
}

/** Runs something that ends when the connection does, and says so: what was chosen belongs to the old account. */
async function whileConnected(
  deps: CreateImageDeps,
  connection: Connection,
  run: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  const check = () => {
    const { state } = deps.session;
    if (state.kind !== 'open' || state.connection !== connection) {
      abort.abort();
    }
  };
  const subscription = deps.session.onDidChange(check);
  try {
    check();
    if (!abort.signal.aborted) {
      await run(abort.signal);
    }
  } finally {
    subscription.dispose();
    if (abort.signal.aborted) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('Create Image… has ended: it was about the account that was connected before.'),
      );
    }
  }
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
