import { describe, expect, it } from 'vitest';
import { isReadOnlyBy } from '../../src/actions/readOnly.ts';

describe('AWS is left as it is', () => {
  it.each([
    ['not unless somebody says so', false, undefined, true, false],
    ['when the user says so', true, true, true, true],
    ['when a workspace says so that is not trusted', true, undefined, false, true],
    ['not when a trusted workspace says otherwise', false, true, true, false],
    ['when the user says so, whatever a workspace says that is not trusted', false, true, false, true],
    ['not when a workspace that is not trusted and the user agree', false, false, false, false],
    ['when the value is none: a text', 'false', undefined, true, true],
    ['when the value is none: null', null, undefined, true, true],
    ['when the value of the user is none, in a workspace that is not trusted', false, 'yes', false, true],
  ])('%s', (_, inForce, users, isTrusted, expected) => {
    expect(isReadOnlyBy(inForce, users, isTrusted)).toBe(expected);
  });
});
