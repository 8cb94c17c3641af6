import * as vscode from 'vscode';
import type { ActionTypes, Target } from '../../actions/action.ts';
import { inEachRegion } from '../../core/inEachRegion.ts';
import { nameAndId, plain } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import { listText } from '../shared/wording.ts';
import type { ActionSetup } from './actionSetup.ts';

/** How long (ms) the other regions are waited for when one has answered. */
const othersWait = 10_000;

/**
 * The targets as they are now, in the order of those that a view has loaded, maybe long ago. The user is told of
 * regions that do not answer and of targets that are gone, which are both left out.
 *
 * @throws AmiError where no region answers
 */
export async function currentTargets<T extends ActionTypes>(
  { host, connection, read, form: { words } }: Pick<ActionSetup<T>, 'host' | 'connection' | 'read' | 'form'>,
  known: readonly Target[],
  signal: AbortSignal,
): Promise<readonly T['target'][]> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const answers = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: words.reading },
    () =>
      inEachRegion(known, async (region, ofRegion) => {
        const ids = ofRegion.map(({ id }) => id);
        try {
          const targets = await read(region, ids, AbortSignal.any([signal, late.signal]));
          timer ??= setTimeout(() => late.abort(), othersWait);
          return { region, targets };
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
    const reason = late.signal.aborted
      ? vscode.l10n.t('The region did not answer in time.')
      : describeError(error).message;
    void vscode.window.showWarningMessage(words.leftOut(plain(region), reason));
  }
  const found = new Map(
    answers.flatMap((answer) => ('error' in answer ? [] : answer.targets.map((target) => [keyOf(target), target]))),
  );
  const unanswered = new Set(failed.map(({ region }) => region));
  const gone = known.filter((target) => !unanswered.has(target.region) && !found.has(keyOf(target)));
  // Where the targets are no images, no surface has an image with their ids.
  for (const target of gone) {
    host.images.gone(connection, target);
  }
  if (gone.length > 0) {
    void vscode.window.showWarningMessage(words.gone(listText(gone.map(nameAndId)), gone.length));
  }
  return known.flatMap((target) => found.get(keyOf(target)) ?? []);
}

function keyOf({ region, id }: Target): string {
  return `${region}/${id}`;
}
