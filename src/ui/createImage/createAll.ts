import * as vscode from 'vscode';
import type { CreateImageRequest } from '../../core/createImage.ts';
import { AmiError, isCancelled } from '../../core/errors.ts';
import { inEachRegion } from '../../core/inEachRegion.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ImageCreations } from '../../images/watches/imageCreations.ts';
import { plain } from '../plainText.ts';
import { isUnanswered, obstacleOf, underWayObstacle } from './rehearse.ts';
import type { Obstacle } from './steps.ts';

export interface Failure extends Obstacle {
  /** No answer came: EC2 may have made the image all the same. By this id it is looked for; undefined for what was refused. */
  readonly soughtId: string | undefined;
}

export interface CreateAllDeps {
  readonly connection: Connection;
  readonly sought: Pick<ImageCreations, 'sending'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
  readonly onCreated: (request: CreateImageRequest, imageId: string) => void;
}

/**
 * Sends the requests, in each region one after the other, and tells of each image as soon as it is being made. What fails
 * does not keep the others from being made, and leaves them alone. Never rejects.
 */
export async function createAll(
  deps: CreateAllDeps,
  requests: readonly CreateImageRequest[],
): Promise<readonly Failure[]> {
  const several = requests.length > 1;
  const increment = 100 / requests.length;
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: several ? vscode.l10n.t('Creating {0} images', requests.length) : vscode.l10n.t('Creating the image'),
      // A request under way cannot be called back: cancelling keeps the next ones from being sent.
      cancellable: several,
    },
    async (progress, token) => {
      const failures = await inEachRegion(requests, async (_region, ofRegion) => {
        const failed: Failure[] = [];
        for (const request of ofRegion) {
          if (token.isCancellationRequested) {
            failed.push(notBegun(request, vscode.l10n.t('not begun, since you cancelled.')));
            continue;
          }
          progress.report({ message: plain(request.name) });
          failed.push(...(await createOne(deps, request)));
          progress.report({ increment });
        }
        return failed;
      });
      return failures.flat();
    },
  );
}

/** What went wrong, if anything did. */
async function createOne(
  { connection, sought, log, onCreated }: CreateAllDeps,
  request: CreateImageRequest,
): Promise<readonly Failure[]> {
  const { instanceId, region } = request;
  const sending = sought.sending(connection, request, false);
  if (sending.underWay) {
    return [{ ...underWayObstacle(request), soughtId: undefined }];
  }
  try {
    const imageId = await connection.ec2.createImage(request, new AbortController().signal, sending);
    log.info(`CreateImage in ${region}: ${imageId} of ${instanceId}`);
    onCreated(request, imageId);
    sending.made();
    return [];
  } catch (error) {
    log.error(`CreateImage of ${instanceId}: ${error instanceof Error ? error.message : String(error)}`);
    if (sending.sent && isUnanswered(error)) {
      sending.unanswered();
      return [unknownFailure(error, request, sending.id)];
    }
    sending.refused();
    return [
      isCancelled(error)
        ? notBegun(request, vscode.l10n.t('not begun, since the connection was closed.'))
        : { ...obstacleOf(error, request), soughtId: undefined },
    ];
  }
}

function notBegun({ instanceId }: CreateImageRequest, message: string): Failure {
  return { instanceId, message, step: 'review', soughtId: undefined };
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
