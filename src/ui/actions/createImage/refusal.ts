import * as vscode from 'vscode';
import type { CreateImageStep } from '../../../actions/createImage.ts';
import type { CreateImageRequest } from '../../../core/createImage.ts';
import type { AmiError } from '../../../core/errors.ts';
import { plain } from '../../shared/plainText.ts';
import { describeError } from '../../shared/presentError.ts';
import type { Refusal } from '../actionForm.ts';

/** The errors that mean something of their own to CreateImage, in words, and the step where the user can react. */
export function refusal(error: AmiError, request: CreateImageRequest): Refusal<CreateImageStep> | undefined {
  const { message } = describeError(error);
  const region = plain(request.region);
  const at = (step: CreateImageStep | 'review', text = message) => ({ step, message: text });
  switch (error.kind) {
    case 'name-taken':
      return at(
        'name',
        vscode.l10n.t('"{0}" is the name of another image in {1}: choose another one.', plain(request.name), region),
      );
    case 'name-malformed':
      return at('name');
    case 'not-found':
      return at('review', vscode.l10n.t('The instance is gone from {0}. Refresh the Instances view.', region));
    case 'wrong-state':
      return at(
        'review',
        vscode.l10n.t(
          'The instance is in a state that does not allow it: it has to be running or stopped. {0}',
          message,
        ),
      );
    case 'unsupported':
      return at(
        'review',
        vscode.l10n.t(
          'EC2 makes no image of this instance, as it makes none of instance store-backed ones. {0}',
          message,
        ),
      );
    case 'access-denied':
      return request.imageTags.length + request.snapshotTags.length > 0
        ? at(
            'review',
            vscode.l10n.t('Access denied: ec2:CreateImage is needed, and ec2:CreateTags for the tags. {0}', message),
          )
        : undefined;
    case 'bad-answer':
      // moto 5.2.1 answers tags for snapshots with a page of HTML.
      return request.snapshotTags.length > 0
        ? at('snapshotTags', vscode.l10n.t('{0} The endpoint may not support tags for snapshots.', message))
        : undefined;
    default:
      return error.code === 'InvalidBlockDeviceMapping' ? at('volumes') : undefined;
  }
}
