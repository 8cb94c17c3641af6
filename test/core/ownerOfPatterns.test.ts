import { describe, expect, it } from 'vitest';
import { ownerOfPatterns } from '../../src/core/ownerOfPatterns.ts';
import { familiesOf } from '../../src/core/publicFamilies.ts';
import { ownersOf, publishersIn } from '../../src/core/publishers.ts';

describe('ownerOfPatterns', () => {
  it.each([
    [['ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-*'], '099720109477'],
    [['ubuntu/images/*ubuntu-jammy*'], '099720109477'],
    [['amzn2-ami*'], 'amazon'],
    [['amzn-ami-hvm-*-x86_64-gp2', 'al2023-ami-2023*'], 'amazon'],
    [['amzn2-ami-ecs-hvm-*'], 'amazon'],
    [['RHEL*'], '309956199498'],
    [['debian-12-amd64-*'], '136693071363'],
    [['Windows_Server-2022-English-Full-Base-*'], 'amazon'],
    [['amazon-eks-node-1.29-v*'], 'amazon'],
  ])('knows whose %j are', (patterns, owner) => {
    expect(ownerOfPatterns(patterns, 'aws')?.owner).toBe(owner);
  });

  it.each([
    ['names of anybody', ['web-server-*']],
    ['any name', ['*']],
    ['a pattern that begins anyhow', ['*ubuntu-noble-24.04*']],
    ['too short a beginning', ['a*']],
    ['two publishers', ['ubuntu/images/*', 'amzn2-ami-*']],
    ['one of two that is anybody’s', ['ubuntu/images/*', 'web-*']],
    ['CentOS Linux, which is in the Marketplace, too', ['CentOS Linux 7*']],
    ['a release of an older owner', ['debian-stretch-*']],
    ['nothing', []],
    ['an escaped wildcard', ['\\*ubuntu/images/']],
  ])('does not guess for %s', (_, patterns) => {
    expect(ownerOfPatterns(patterns, 'aws')).toBeUndefined();
  });

  it('knows the owner of the partition, and none where it has none', () => {
    expect(ownerOfPatterns(['ubuntu/images/*'], 'aws-cn')?.owner).toBe('837727238323');
    expect(ownerOfPatterns(['debian-12-*'], 'aws-cn')).toBeUndefined();
    expect(ownerOfPatterns(['amzn2-ami-*'], 'aws-us-gov')?.owner).toBe('amazon');
  });

  it('agrees with the publishers’ own families', () => {
    for (const publisher of publishersIn('aws')) {
      for (const { namePatterns, kind, id } of familiesOf(publisher, 'aws')) {
        if (kind === 'other' || namePatterns.some((pattern) => /^[*?]/.test(pattern))) continue;
        const found = ownerOfPatterns(namePatterns, 'aws');
        expect(found && ownersOf(publisher, 'aws').includes(found.owner), id).toBe(true);
      }
    }
  });
});
