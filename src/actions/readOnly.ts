import { AmiError } from '../core/errors.ts';

/** Whether nothing in AWS may be changed. Asked each time: the user may change it while something is under way. */
export type IsReadOnly = () => boolean;

/**
 * What the setting says. Whatever is not plainly `false` counts as on: a slip in the file opens nothing. A workspace that is not
 * trusted may turn it on, but not off.
 *
 * @param inForce its value, of the workspace where that has one
 * @param users its value in the user's own settings
 */
export function isReadOnlyBy(inForce: unknown, users: unknown, isTrusted: boolean): boolean {
  const isOn = (value: unknown) => value !== undefined && value !== false;
  return isOn(inForce) || (!isTrusted && isOn(users));
}

/** The gate before whatever changes AWS, dry runs included. Throws AmiError `read-only`. */
export function checkWritable(isReadOnly: IsReadOnly, operation: string, region?: string): void {
  if (isReadOnly()) {
    throw new AmiError('Nothing in AWS is changed: amiExplorer.readOnly is on.', {
      kind: 'read-only',
      operation,
      region,
    });
  }
}
