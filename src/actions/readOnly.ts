import { AmiError } from '../core/errors.ts';

/** Whether nothing in AWS may be changed. Called each time, since the user may change the setting during an action. */
export type IsReadOnly = () => boolean;

/**
 * Reads the setting. Any value but `false` counts as on, so that a typing error allows nothing. An untrusted workspace
 * may turn the setting on, but not off.
 *
 * @param inForce the value in force, which may come from the workspace
 * @param users the value in the user's own settings
 */
export function isReadOnlyBy(inForce: unknown, users: unknown, isTrusted: boolean): boolean {
  const isOn = (value: unknown) => value !== undefined && value !== false;
  return isOn(inForce) || (!isTrusted && isOn(users));
}

/** The gate before every request that changes AWS, dry runs included. Throws AmiError `read-only`. */
export function checkWritable(isReadOnly: IsReadOnly, operation: string, region?: string): void {
  if (isReadOnly()) {
    throw new AmiError(
      { kind: 'read-only' },
      {
        kind: 'read-only',
        operation,
        region,
      },
    );
  }
}
