import { describe, expect, it } from 'vitest';
import { nameExpressionOf, namePatternOf } from '../../src/core/namePattern.ts';
import { matchesWildcard } from '../../src/core/wildcard.ts';
import { hostileNames } from './hostile.ts';
import { realNames } from './realNames.ts';

describe('namePatternOf', () => {
  it.each(realNames.map((real) => [real.name, real.pattern] as const))('finds the builds of %s', (name, pattern) => {
    expect(namePatternOf(name)).toBe(pattern);
  });

  it.each([
    ['web-server-golden-2026-11-02-1030', 'web-server-golden-20*'],
    ['payments-api-v1.42.0-20261102', 'payments-api-v*-20*'],
    ['payments-api-1.42.0', 'payments-api-*.*'],
    ['packer 1699999999', 'packer 1*'],
    ['api-3f2a9bc', 'api-*'],
    ['app (2026-11-02) prod', 'app (20*) prod'],
    ['my-image', 'my-image'],
    ['k8s-20261102', 'k8s-20*'],
    ['k8s-worker-v1-30-2', 'k8s-worker-v1-30-*'],
    ['d8-v1.30-7', 'd8-v*'],
    ['v1.2.3', 'v1.2.3'],
    ['release-2026.1-web-3', 'release-*.*-web-*'],
    ['a*b?c\\d web', 'a\\*b\\?c\\\\d web'],
    ['1699999999', '1699999999'],
    ['2026-11-02', '2026-11-02'],
    ['web\u202e\n\u{1f600}x', 'web???x'],
  ])('generalises %j', (name, pattern) => {
    expect(namePatternOf(name)).toBe(pattern);
  });

  it('finds the next build and nothing of another family', () => {
    const pattern = namePatternOf('web-20261102') ?? '';
    expect(matchesWildcard(pattern, 'web-20261203')).toBe(true);
    expect(matchesWildcard(pattern, 'web-canary-20261203')).toBe(false);
  });

  it.each([
    ['app-02-Jan-2026-arm64', 'app-13-Dec-2026-arm64'],
    ['app Jan 2, 2026', 'app Dec 13, 2026'],
    ['app-20-Jan-2026', 'app-02-Jan-2027'],
    ['app-2026W05', 'app-2027W01'],
    ['app-31-12-2026-arm64', 'app-01-02-2027-arm64'],
    ['app_2026_01_02_10_20_arm64', 'app_2027_11_12_00_05_arm64'],
  ])('finds the build of another day in whatever form: %s', (name, later) => {
    expect(matchesWildcard(namePatternOf(name) ?? '', later)).toBe(true);
    expect(later).toMatch(new RegExp(nameExpressionOf(name, {})));
    expect('app-canary').not.toMatch(new RegExp(nameExpressionOf(name, {})));
  });

  it('finds no image of another well-known family', () => {
    for (const { name, label } of realNames) {
      const pattern = namePatternOf(name) ?? '';
      const found = realNames.filter((other) => matchesWildcard(pattern, other.name)).map((other) => other.label);
      expect(new Set(found), pattern).toEqual(new Set([label]));
    }
  });

  it.each([
    [
      'OpenVPN Access Server Community Image-fe8020db-5343-4c43-9e65-5ed4a825c931-ami-06585f7cf2fb8855c.4',
      'OpenVPN Access Server Community Image-fe8020db-5343-4c43-9e65-5ed4a825c931*',
    ],
    [
      'CIS Amazon Linux 2 Benchmark - Level 1 - v05 -4c096026-c6b0-440c-bd2f-6d34904e4fc6',
      'CIS Amazon Linux 2 Benchmark - Level 1 - v*4c096026-c6b0-440c-bd2f-6d34904e4fc6',
    ],
    ['PA-VM-AWS-10.1.14-h8-prod-2o2sghfkrk7vk', 'PA-VM-AWS-*.*-prod-2o2sghfkrk7vk'],
    [
      'ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-20240319.1-47489723-7305-4e22-8b22-b0d57054f216',
      'ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-*-47489723-7305-4e22-8b22-b0d57054f216',
    ],
  ])('keeps the product that is sold as %s', (name, pattern) => {
    expect(namePatternOf(name, { ownerId: '679593333241', ownerAlias: 'aws-marketplace' })).toBe(pattern);
    expect(matchesWildcard(pattern, name)).toBe(true);
  });

  it('has nothing to go by for an empty name', () => {
    expect(namePatternOf('')).toBeUndefined();
  });

  it.each(hostileNames.filter((name) => name !== ''))(
    'finds %j itself, in printable ASCII, and not everything',
    (name) => {
      const pattern = namePatternOf(name) ?? '';
      expect(matchesWildcard(pattern, [...name].map((c) => (/[ -~]/.test(c) ? c : 'x')).join(''))).toBe(true);
      expect(pattern).toMatch(/^[ -~]+$/);
      expect(pattern).not.toMatch(/^\*+$/);
    },
  );
});
