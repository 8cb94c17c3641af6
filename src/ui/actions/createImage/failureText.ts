import * as vscode from 'vscode';
import type { ItemOutcome } from '../../../actions/actionRun.ts';
import type { CreateImageStep } from '../../../actions/createImage.ts';
import type { CreateImageRequest } from '../../../core/createImage.ts';
import { missingPermission } from '../../../core/createImagePlan.ts';
import { AmiError, isCancelled } from '../../../core/errors.ts';
import { plain } from '../../shared/plainText.ts';
import { describeError } from '../../shared/presentError.ts';
import type { Obstacle } from '../actionForm.ts';

type Said = Pick<Obstacle<CreateImageStep>, 'message' | 'step'>;

/** What has become of a request, in words; undefined where nothing stands in the way. */
export function obstacleOf(
  { call, outcome }: ItemOutcome<CreateImageRequest>,
  dryRun: boolean,
): Obstacle<CreateImageStep> | undefined {
  const said = failureText(outcome, call.request, dryRun);
  return said && { item: call.item, ...said };
}

function failureText(
  outcome: ItemOutcome<CreateImageRequest>['outcome'],
  request: CreateImageRequest,
  dryRun: boolean,
): Said | undefined {
  const { name, region } = request;
  switch (outcome.kind) {
    case 'passed':
    case 'done':
      return undefined;
    case 'refused':
      return refusal(outcome.error, request);
    case 'unanswered':
      return dryRun
        ? {
            step: 'review',
            message: vscode.l10n.t(
              'The dry run was not answered. No image "{0}" shows in {1}; should the endpoint have made one all the same, you are told. {2}',
              plain(name),
              plain(region),
              describeError(outcome.error).message,
            ),
          }
        : unanswered(outcome.error, request);
    case 'under-way':
      return {
        step: 'review',
        message: vscode.l10n.t(
          'The image "{0}" of this instance has been asked for in {1} already: its answer is waited for.',
          plain(name),
          plain(region),
        ),
      };
    case 'not-begun':
      return {
        step: 'review',
        message:
          outcome.why === 'cancelled'
            ? vscode.l10n.t('not begun, since you cancelled.')
            : vscode.l10n.t('not begun, since the connection was closed.'),
      };
  }
}

function unanswered(error: unknown, request: CreateImageRequest): Said {
  // moto 5.2.1 answers tags for snapshots with a page of HTML.
  const tagsMayBeTooMuch = error instanceof AmiError && error.kind === 'bad-answer' && request.snapshotTags.length > 0;
  const hint = tagsMayBeTooMuch ? vscode.l10n.t('The endpoint may not support tags for snapshots.') : '';
  return {
    // At the name its check says whether the image has come into being.
    step: tagsMayBeTooMuch ? 'snapshotTags' : 'name',
    message: vscode.l10n.t(
      'EC2 has not said whether it made "{0}" in {1}. It is not asked again: the image is looked for, and you are told when it shows. {2}',
      plain(request.name),
      plain(request.region),
      isCancelled(error)
        ? vscode.l10n.t('The connection was closed meanwhile.')
        : [refusal(error, request).message, hint].join(' '),
    ),
  };
}

/** A failure in words that say what to do, and the step where it can be done. */
function refusal(error: unknown, request: CreateImageRequest): Said {
  const of = (message: string, step: Said['step'] = 'review'): Said => ({ message, step });
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
