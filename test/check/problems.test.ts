import { describe, expect, it } from 'vitest';
import { callProblems } from '../../src/check/problems.ts';
import { AmiError, type AmiErrorDetails } from '../../src/core/errors.ts';

const error = (message: string, details: Partial<AmiErrorDetails>) =>
  new AmiError(message, { kind: 'unknown', operation: 'DescribeImages', region: 'us-east-1', ...details });

describe('failed calls', () => {
  it.each<[string, readonly AmiError[], readonly string[]]>([
    [
      'with expired credentials once, whatever each service calls it',
      [
        error('Request has expired.', { kind: 'credentials-expired', code: 'RequestExpired' }),
        error('Request has expired.', { kind: 'credentials-expired', code: 'RequestExpired', region: 'eu-west-1' }),
        error('The token is expired', {
          ...({ kind: 'credentials-expired', code: 'ExpiredToken', operation: 'GetParameters' } as const),
        }),
      ],
      ['error DescribeImages, GetParameters in us-east-1, eu-west-1: Request has expired. (RequestExpired)'],
    ],
    [
      'that are denied once for each operation',
      [
        error('No.', { kind: 'access-denied', code: 'UnauthorizedOperation' }),
        error('No.', { kind: 'access-denied', code: 'AccessDenied', operation: 'GetParameters' }),
      ],
      [
        'error DescribeImages in us-east-1: No. (UnauthorizedOperation)',
        'error GetParameters in us-east-1: No. (AccessDenied)',
      ],
    ],
    [
      'in closed regions as a note, not as a doubt about credentials',
      [
        error('AWS was not able to validate the credentials', { kind: 'not-opted-in', code: 'AuthFailure' }),
        error('AWS was not able to validate the credentials', {
          ...({ kind: 'not-opted-in', code: 'AuthFailure', region: 'ap-east-1' } as const),
        }),
      ],
      ['note DescribeImages in us-east-1, ap-east-1: The account has not opted in to these regions. (AuthFailure)'],
    ],
    [
      'in a closed region that was chosen as an error, apart from those that code names',
      ['me-south-1', 'af-south-1'].map((region) =>
        error('Denied.', { kind: 'not-opted-in', code: 'AuthFailure', region }),
      ),
      [
        'error DescribeImages in me-south-1: The account has not opted in to this region. (AuthFailure)',
        'note DescribeImages in af-south-1: The account has not opted in to this region. (AuthFailure)',
      ],
    ],
    [
      'in regions that do not exist as an error, chosen or not, whatever each service calls it',
      [
        error('getaddrinfo ENOTFOUND ec2.us-esat-1.amazonaws.com', {
          ...({ kind: 'region-unknown', code: 'ENOTFOUND', region: 'us-esat-1' } as const),
        }),
        error('getaddrinfo ENOTFOUND ec2.eu-wset-1.amazonaws.com', {
          ...({ kind: 'region-unknown', code: 'ENOTFOUND', region: 'eu-wset-1' } as const),
        }),
        error('The security token is invalid.', {
          ...({ kind: 'region-unknown', code: 'UnrecognizedClientException', region: 'us-esat-1' } as const),
          operation: 'GetParameters',
        }),
      ],
      ['error DescribeImages, GetParameters in us-esat-1, eu-wset-1: The account knows no such regions. (ENOTFOUND)'],
    ],
    [
      'in a chosen region of another partition as an error',
      [error('cn-northwest-1 is elsewhere.', { kind: 'region-unknown', region: 'cn-northwest-1' })],
      ['error DescribeImages in cn-northwest-1: cn-northwest-1 is elsewhere.'],
    ],
    [
      'in regions of other partitions as a note for each',
      ['cn-north-1', 'us-gov-west-1'].map((region) =>
        error(`${region} is elsewhere.`, { kind: 'region-unknown', region }),
      ),
      [
        'note DescribeImages in cn-north-1: cn-north-1 is elsewhere.',
        'note DescribeImages in us-gov-west-1: us-gov-west-1 is elsewhere.',
      ],
    ],
    [
      'of the network by what is wrong with it',
      [
        error('getaddrinfo ENOTFOUND a', { kind: 'network', code: 'ENOTFOUND' }),
        error('connect ECONNREFUSED b', { kind: 'network', code: 'ECONNREFUSED' }),
        error('getaddrinfo ENOTFOUND b', { kind: 'network', code: 'ENOTFOUND', region: 'eu-west-1' }),
      ],
      [
        'error DescribeImages in us-east-1, eu-west-1: getaddrinfo ENOTFOUND a',
        'error DescribeImages in us-east-1: connect ECONNREFUSED b',
      ],
    ],
  ])('are told %s', (_, errors, expected) => {
    const chosen = ['us-west-2', 'me-south-1', 'us-esat-1', 'cn-northwest-1'];
    expect(callProblems(errors, chosen).map(({ level, text }) => `${level} ${text}`)).toEqual(expected);
  });

  it('are told with any other error, and the same one once', () => {
    const other = new Error('boom\u202e');
    expect(callProblems([other, other], []).map(({ level, text }) => [level, text])).toEqual([
      ['error', 'boom‹U+202E›'],
    ]);
  });
});
