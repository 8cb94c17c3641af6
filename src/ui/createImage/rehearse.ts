import * as vscode from 'vscode';
import type { CreateImageRequest } from '../../core/createImage.ts';
import { missingPermission } from '../../core/createImagePlan.ts';
import { AmiError, isCancelled } from '../../core/errors.ts';
import type { Ec2Port } from '../../ec2/port.ts';
import { plain } from '../plainText.ts';
import { describeError } from '../presentError.ts';
import type { Obstacle } from './steps.ts';

export interface Rehearsal {
  readonly obstacles: readonly Obstacle[];
  /** Images that an endpoint made which knows no dry run, by the instance's id. */
  readonly made: ReadonlyMap<string, string>;
}

/** A dry run of every request, one after the other: EC2 says what it would refuse, and does nothing. Never rejects. */
export async function rehearse(
  ec2: Pick<Ec2Port, 'dryRunCreateImage'>,
  requests: readonly CreateImageRequest[],
  signal: AbortSignal,
): Promise<Rehearsal> {
  const obstacles: Obstacle[] = [];
  const made = new Map<string, string>();
  for (const request of requests) {
    if (signal.aborted) {
      break;
    }
    try {
      const imageId = await ec2.dryRunCreateImage(request, signal);
      if (imageId) {
        made.set(request.instanceId, imageId);
      }
    } catch (error) {
      if (!isCancelled(error)) {
        obstacles.push(obstacleOf(error, request));
      }
    }
  }
  return { obstacles, made };
}

/** A failure in words that say what to do, and the step where it can be done. */
export function obstacleOf(error: unknown, request: CreateImageRequest): Obstacle {
  const { instanceId } = request;
  const of = (message: string, step: Obstacle['step'] = 'review'): Obstacle => ({ instanceId, message, step });
  const said = describeError(error).message;
  if (!(error instanceof AmiError)) {
    return of(said);
  }
  switch (error.kind) {
    case 'name-taken':
      return of(
        vscode.l10n.t(
          '"{0}" is the name of another image in {1}: choose another one.',
          plain(request.name),
          plain(request.region),
        ),
        'name',
      );
    case 'name-malformed':
      return of(said, 'name');
    case 'not-found':
      return of(vscode.l10n.t('The instance is gone from {0}. Refresh the Instances view.', plain(request.region)));
    case 'wrong-state':
      return of(
        vscode.l10n.t('The instance is in a state that does not allow it: it has to be running or stopped. {0}', said),
      );
    case 'unsupported':
      return of(
        vscode.l10n.t('EC2 makes no image of this instance, as it makes none of instance store-backed ones. {0}', said),
      );
    case 'access-denied': {
      const missing = missingPermission(error.message);
      if (missing) {
        const resource = missing.resource ? plain(missing.resource) : '*';
        return of(
          vscode.l10n.t(
            'The permission {0} on {1} is missing. Ask for it, then try again.',
            plain(missing.action),
            resource,
          ),
        );
      }
      const tags = request.imageTags.length + request.snapshotTags.length > 0;
      return of(
        tags
          ? vscode.l10n.t('Access denied: ec2:CreateImage is needed, and ec2:CreateTags for the tags. {0}', said)
          : vscode.l10n.t('Access denied: the permission ec2:CreateImage is needed. {0}', said),
      );
    }
    default:
      return of(said, error.code === 'InvalidBlockDeviceMapping' ? 'volumes' : 'review');
  }
}
