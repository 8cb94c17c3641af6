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
        vscode.l10n.t(
          'The name “{0}” is already used by another image in {1}. Choose another name.',
          plain(request.name),
          region,
        ),
      );
    case 'name-malformed':
      return at('name');
    case 'not-found':
      return at('review', vscode.l10n.t('The instance no longer exists in {0}. Refresh the Instances view.', region));
    case 'wrong-state':
      return at('review', vscode.l10n.t('The instance must be running or stopped. {0}', message));
    case 'unsupported':
      return at(
        'review',
        vscode.l10n.t(
          'EC2 cannot create an image of this instance. Instance store-backed instances are not supported. {0}',
          message,
        ),
      );
    case 'access-denied':
      return request.imageTags.length + request.snapshotTags.length > 0
        ? at(
            'review',
            vscode.l10n.t(
              'Access denied. Creating the image requires ec2:CreateImage, and ec2:CreateTags for the tags. {0}',
              message,
            ),
          )
        : undefined;
    case 'bad-answer':
      // moto 5.2.1 answers tags for snapshots with a page of HTML.
      return request.snapshotTags.length > 0
        ? at('tags', vscode.l10n.t('{0} The endpoint may not support tags for snapshots.', message))
        : undefined;
    default:
      return error.code === 'InvalidBlockDeviceMapping' ? at('volumes') : undefined;
  }
}
