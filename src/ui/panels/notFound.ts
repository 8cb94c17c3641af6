import * as vscode from 'vscode';
import { AmiError } from '../../core/errors.ts';
import type { ImageRef } from '../../core/imageRef.ts';

/** EC2 answers with no image: it does not exist, or is neither public nor shared. */
export function imageNotFound({ region, id }: ImageRef): AmiError {
  const message = vscode.l10n.t('{0} does not exist, or this account may not see it.', id);
  return new AmiError(message, { kind: 'not-found', operation: 'DescribeImages', region });
}

/** EC2 answers with no instance: it forgets one about an hour after its termination. */
export function instanceNotFound({ region, id }: ImageRef): AmiError {
  const message = vscode.l10n.t('{0} does not exist, or was terminated a while ago.', id);
  return new AmiError(message, { kind: 'not-found', operation: 'DescribeInstances', region });
}
