import { describe, expect, it } from 'vitest';
import { missingPermission } from '../../src/core/missingPermission.ts';

describe('a refusal', () => {
  it.each([
    [
      'You are not authorized to perform this operation. User: arn:aws:sts::123456789012:assumed-role/dev/me is not ' +
        'authorized to perform: ec2:CreateImage on resource: arn:aws:ec2:us-east-1::image/* because no identity-based ' +
        'policy allows the ec2:CreateImage action. Encoded authorization failure message: abc',
      { action: 'ec2:CreateImage', resource: 'arn:aws:ec2:us-east-1::image/*' },
    ],
    ['User: x is not authorized to perform: ec2:CreateTags because …', { action: 'ec2:CreateTags' }],
    ['You are not authorized to perform this operation.', undefined],
  ])('says which permission is missing: %s', (message, expected) => {
    expect(missingPermission(message)).toEqual(expected);
  });
});
