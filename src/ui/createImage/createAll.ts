import * as vscode from 'vscode';
import { type CreateImageRequest, mayHaveBeenMade } from '../../core/createImage.ts';
import { AmiError, isCancelled } from '../../core/errors.ts';
import type { Ec2Port } from '../../ec2/port.ts';
import { plain } from '../plainText.ts';
import { obstacleOf } from './rehearse.ts';
import type { Obstacle } from './steps.ts';

export interface Failure extends Obstacle {
  /** No answer came: EC2 may have made the image all the same. */
  readonly unknown: boolean;
}

/**
 * Sends the requests one after the other and tells of each image as soon as it is being made. What fails does not keep
 * the others from being made, and leaves them alone. Never rejects.
 *
 * @param made images that the dry run has made already, see `Rehearsal`
 */
export async function createAll(
  ec2: Pick<Ec2Port, 'createImage'>,
  requests: readonly CreateImageRequest[],
  made: ReadonlyMap<string, string>,
  log: Pick<vscode.LogOutputChannel, 'info' | 'error'>,
  onCreated: (request: CreateImageRequest, imageId: string) => void,
): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  const several = requests.length > 1;
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: several ? vscode.l10n.t('Creating {0} images', requests.length) : vscode.l10n.t('Creating the image'),
      // A request under way cannot be called back: cancelling keeps the next ones from being sent.
      cancellable: several,
    },
    async (progress, token) => {
      for (const request of requests) {
        const { instanceId, name } = request;
        if (token.isCancellationRequested) {
          const message = vscode.l10n.t('not begun, since you cancelled.');
          failures.push({ instanceId, message, step: 'review', unknown: false });
          continue;
        }
        progress.report({ message: plain(name), increment: 100 / requests.length });
        try {
          const imageId = made.get(instanceId) ?? (await ec2.createImage(request, new AbortController().signal));
          log.info(`CreateImage in ${request.region}: ${imageId} of ${instanceId}`);
          onCreated(request, imageId);
        } catch (error) {
          log.error(`CreateImage of ${instanceId}: ${error instanceof Error ? error.message : String(error)}`);
          failures.push(failureOf(error, request));
        }
      }
    },
  );
  return failures;
}

function failureOf(error: unknown, request: CreateImageRequest): Failure {
  const obstacle = obstacleOf(error, request);
  if (!isCancelled(error) && !(error instanceof AmiError && mayHaveBeenMade(error))) {
    return { ...obstacle, unknown: false };
  }
  // moto 5.2.1 answers tags for snapshots with a page of HTML.
  const tagsMayBeTooMuch = error instanceof AmiError && error.kind === 'bad-answer' && request.snapshotTags.length > 0;
  const hint = tagsMayBeTooMuch
    ? vscode.l10n.t('The endpoint may not support tags for snapshots: try again without.')
    : '';
  return {
    ...obstacle,
    // At the name its check says whether the image has come into being.
    step: tagsMayBeTooMuch ? 'snapshotTags' : 'name',
    message: vscode.l10n.t(
      'EC2 has not said whether it made "{0}" in {1}. Look for it under Owned by me before you try again. {2}',
      plain(request.name),
      plain(request.region),
      isCancelled(error) ? vscode.l10n.t('The connection was closed meanwhile.') : [obstacle.message, hint].join(' '),
    ),
    unknown: true,
  };
}
