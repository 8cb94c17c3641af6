import * as vscode from 'vscode';
import { type CreateImageRequest, mayHaveBeenMade } from '../../core/createImage.ts';
import { missingPermission } from '../../core/createImagePlan.ts';
import { AmiError, isCancelled } from '../../core/errors.ts';
import { inEachRegion } from '../../core/inEachRegion.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ImageCreations } from '../../images/watches/imageCreations.ts';
import { plain } from '../plainText.ts';
import { describeError } from '../presentError.ts';
import type { Obstacle } from './steps.ts';

export interface Rehearsal {
  readonly obstacles: readonly Obstacle[];
  /** Instances whose images EC2 would make, or whose requests cannot be tried without an effect. */
  readonly passed: ReadonlySet<string>;
  /** Instances whose images an endpoint has made that knows no dry run. */
  readonly made: ReadonlySet<string>;
}

export interface RehearseDeps {
  readonly connection: Connection;
  readonly sought: Pick<ImageCreations, 'sending'>;
  /** An endpoint that knows no dry run has made the image. */
  readonly onMade: (request: CreateImageRequest, imageId: string) => void;
}

/**
 * A dry run of every request, in each region one after the other: EC2 says what it would refuse, and does nothing. An
 * endpoint that has carried one out, or may have, is asked for no further one. Never rejects.
 *
 * @param left aborted when the user leaves: a request under way is seen through, since it may make an image
 */
export async function rehearse(
  deps: RehearseDeps,
  requests: readonly CreateImageRequest[],
  left: AbortSignal,
): Promise<Rehearsal> {
  const passed = new Set<string>();
  const made = new Set<string>();
  const obstacles = await inEachRegion(requests, async (_region, ofRegion) => {
    const found: Obstacle[] = [];
    for (const request of ofRegion) {
      if (left.aborted) {
        break;
      }
      const outcome = await tryOut(deps, request);
      if (outcome.kind === 'refused' || outcome.kind === 'unknown') {
        found.push(outcome.obstacle);
      } else {
        (outcome.kind === 'made' ? made : passed).add(request.instanceId);
      }
      if (outcome.kind === 'unknown') {
        break;
      }
    }
    return found;
  });
  return { obstacles: obstacles.flat(), passed, made };
}

type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'made' }
  | { readonly kind: 'refused' | 'unknown'; readonly obstacle: Obstacle };

async function tryOut({ connection, sought, onMade }: RehearseDeps, request: CreateImageRequest): Promise<Outcome> {
  const sending = sought.sending(connection, request, true);
  if (sending.underWay) {
    return { kind: 'refused', obstacle: underWayObstacle(request) };
  }
  try {
    const imageId = await connection.ec2.dryRunCreateImage(request, new AbortController().signal, sending);
    if (imageId) {
      onMade(request, imageId);
      sending.made();
      return { kind: 'made' };
    }
    sending.refused();
    return { kind: 'passed' };
  } catch (error) {
    if (sending.sent && isUnanswered(error)) {
      sending.unanswered();
      return { kind: 'unknown', obstacle: unknownObstacle(error, request) };
    }
    sending.refused();
    return { kind: 'refused', obstacle: obstacleOf(error, request) };
  }
}

/** What was sent is not sent again while its answer may come. */
export function underWayObstacle({ instanceId, name, region }: CreateImageRequest): Obstacle {
  return {
    instanceId,
    step: 'review',
    message: vscode.l10n.t(
      'The image "{0}" of this instance has been asked for in {1} already: its answer is waited for.',
      plain(name),
      plain(region),
    ),
  };
}

function unknownObstacle(error: unknown, request: CreateImageRequest): Obstacle {
  const { instanceId, name, region } = request;
  return {
    instanceId,
    step: 'review',
    message: vscode.l10n.t(
      'The dry run was not answered. No image "{0}" shows in {1}; should the endpoint have made one all the same, you are told. {2}',
      plain(name),
      plain(region),
      describeError(error).message,
    ),
  };
}

/** Whether nobody can tell what became of a request that went out. */
export function isUnanswered(error: unknown): boolean {
  return isCancelled(error) || !(error instanceof AmiError) || mayHaveBeenMade(error);
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
