import { ServiceError } from '../wire/errors.ts';

/** Refuses a value that SSM's model does not allow, in the words of all its operations. */
export function refuseConstraint(value: string, member: string, constraint: string): never {
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** Requires at least one character or item, and at most `max`. @throws ServiceError ValidationException */
export function checkLength(value: string, member: string, length: number, max: number): void {
  if (length < 1) {
    refuseConstraint(`'${value}'`, member, 'Member must have length greater than or equal to 1');
  }
  if (length > max) {
    refuseConstraint(`'${value}'`, member, `Member must have length less than or equal to ${max}`);
  }
}
