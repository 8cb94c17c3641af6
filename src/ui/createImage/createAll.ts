import * as vscode from 'vscode';
import type { CreateImageRequest } from '../../core/createImage.ts';
import { AmiError, isCancelled } from '../../core/errors.ts';
import type { Connection } from '../../ec2/port.ts';
import { plain } from '../plainText.ts';
import { isUnanswered, obstacleOf } from './rehearse.ts';
import type { SoughtImages } from './soughtImages.ts';
import type { Obstacle } from './steps.ts';

export interface Failure extends Obstacle {
  /** No answer came: EC2 may have made the image all the same. By this id it is looked for; undefined for what was refused. */
  readonly soughtId: string | undefined;
}

export interface CreateAllDeps {
  readonly connection: Connection;
  readonly sought: Pick<SoughtImages, 'sending'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
  readonly onCreated: (request: CreateImageRequest, imageId: string) => void;
}

/**
 * Sends the requests one after the other and tells of each image as soon as it is being made. What fails does not keep
 * the others from being made, and leaves them alone. Never rejects.
 */
export async function createAll(
  { connection, sought, log, onCreated }: CreateAllDeps,
  requests: readonly CreateImageRequest[],
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
          failures.push({ instanceId, message, step: 'review', soughtId: undefined });
          continue;
        }
        progress.report({ message: plain(name), increment: 100 / requests.length });
        const sending = sought.sending(connection, request, false);
        try {
          const imageId = await connection.ec2.createImage(request, new AbortController().signal, sending);
          log.info(`CreateImage in ${request.region}: ${imageId} of ${instanceId}`);
          onCreated(request, imageId);
          sending.made();
        } catch (error) {
          log.error(`CreateImage of ${instanceId}: ${error instanceof Error ? error.message : String(error)}`);
          if (sending.sent && isUnanswered(error)) {
            sending.unanswered();
            failures.push(unknownFailure(error, request, sending.id));
          } else {
            sending.refused();
            const obstacle = obstacleOf(error, request);
            const message = isCancelled(error)
              ? vscode.l10n.t('not begun, since the connection was closed.')
              : obstacle.message;
            failures.push({ ...obstacle, message, soughtId: undefined });
          }
        }
      }
    },
  );
  return failures;
}

function unknownFailure(error: unknown, request: CreateImageRequest, soughtId: string): Failure {
  const obstacle = obstacleOf(error, request);
  // moto 5.2.1 answers tags for snapshots with a page of HTML.
  const tagsMayBeTooMuch = error instanceof AmiError && error.kind === 'bad-answer' && request.snapshotTags.length > 0;
  const hint = tagsMayBeTooMuch ? vscode.l10n.t('The endpoint may not support tags for snapshots.') : '';
  return {
    ...obstacle,
    // At the name its check says whether the image has come into being.
    step: tagsMayBeTooMuch ? 'snapshotTags' : 'name',
    message: vscode.l10n.t(
      'EC2 has not said whether it made "{0}" in {1}. It is not asked again: the image is looked for, and you are told when it shows. {2}',
      plain(request.name),
      plain(request.region),
      isCancelled(error) ? vscode.l10n.t('The connection was closed meanwhile.') : [obstacle.message, hint].join(' '),
    ),
    soughtId,
  };
}
