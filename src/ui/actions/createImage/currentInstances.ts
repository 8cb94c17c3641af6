import * as vscode from 'vscode';
import { inEachRegion } from '../../../core/inEachRegion.ts';
import type { Instance } from '../../../core/instance.ts';
import type { InstanceReader, StorageReader, VolumeFacts } from '../../../ec2/port.ts';
import { instanceText, plain } from '../../shared/plainText.ts';
import { describeError } from '../../shared/presentError.ts';

export interface CurrentInstances {
  readonly instances: readonly Instance[];
  readonly volumeFacts: ReadonlyMap<string, VolumeFacts>;
}

/** Volumes are asked for their sizes, which are a comfort: they do not hold up the first step for longer (ms). */
const sizesWait = 4_000;

/** How long (ms) the other regions are waited for when one has answered. */
const othersWait = 10_000;

/**
 * The instances as they are now: the view may have been loaded long ago. Those of a region that does not say so are left
 * out, and the user is told. Undefined when none is left.
 *
 * @throws AmiError where no region answers
 */
export async function lookAt(
  ec2: Pick<InstanceReader & StorageReader, 'describeInstances' | 'describeVolumes'>,
  known: readonly Instance[],
  signal: AbortSignal,
): Promise<CurrentInstances | undefined> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const answers = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking at the instances…') },
    () =>
      inEachRegion(known, async (region, ofRegion) => {
        const ids = ofRegion.map((instance) => instance.id);
        try {
          const instances = await ec2.describeInstances(region, ids, AbortSignal.any([signal, late.signal]));
          timer ??= setTimeout(() => late.abort(), othersWait);
          return { region, instances, volumes: await volumesOf(ec2, region, instances, signal) };
        } catch (error) {
          return { region, error };
        }
      }),
  );
  clearTimeout(timer);
  const failed = answers.flatMap((answer) => ('error' in answer ? [answer] : []));
  const [first] = failed;
  if (first && (signal.aborted || failed.length === answers.length)) {
    throw first.error;
  }
  for (const { region, error } of failed) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The instances in {0} are left out. {1}',
        plain(region),
        late.signal.aborted ? vscode.l10n.t('They could not be looked at in time.') : describeError(error).message,
      ),
    );
  }
  const order = known.map((instance) => instance.id);
  const instances = answers
    .flatMap((answer) => ('error' in answer ? [] : answer.instances))
    .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const unasked = new Set(failed.map(({ region }) => region));
  const gone = known.filter(({ id, region }) => !unasked.has(region) && !instances.some((found) => found.id === id));
  if (gone.length > 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('EC2 no longer knows {0}. Refresh the Instances view.', gone.map(instanceText).join(', ')),
    );
  }
  const volumes = answers.flatMap((answer) => ('error' in answer ? [] : answer.volumes));
  return instances.length > 0
    ? { instances, volumeFacts: new Map(volumes.map((facts) => [facts.volumeId, facts])) }
    : undefined;
}

async function volumesOf(
  ec2: Pick<StorageReader, 'describeVolumes'>,
  region: string,
  instances: readonly Instance[],
  signal: AbortSignal,
): Promise<readonly VolumeFacts[]> {
  const ids = instances.flatMap((instance) => instance.volumes.map((volume) => volume.volumeId));
  try {
    return await ec2.describeVolumes(region, ids, AbortSignal.any([signal, AbortSignal.timeout(sizesWait)]));
  } catch {
    // Not allowed, or not known to the endpoint: the volumes are shown without sizes.
    return [];
  }
}
