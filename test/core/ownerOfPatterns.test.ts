import { describe, expect, it } from 'vitest';
import { ownerOfPatterns } from '../../src/core/ownerOfPatterns.ts';
import { familiesOf } from '../../src/core/publicFamilies.ts';
import { ownersOf, publishersIn } from '../../src/core/publishers.ts';

describe('ownerOfPatterns', () => {
  it.each([
    [['ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-*'], '099720109477'],
    [['ubuntu/images/hvm-ssd*/ubuntu-*-amd64-server'], '099720109477'],
    [['ubuntu/images/*ubuntu-jammy*'], '099720109477'],
    [['ubuntu-minimal/images/hvm-ssd/ubuntu-eoan-19.10-amd64-minimal*'], '099720109477'],
    [['ubuntu-pro-server/images/*'], '099720109477'],
    [['ubuntu-eks/k8s_1.29/images/*'], '099720109477'],
    [['amzn2-ami*'], 'amazon'],
    [['amzn2-ami-hvm-2*'], 'amazon'],
    [['amzn2-ami-kernel-5.10-hvm-*'], 'amazon'],
    [['amzn-ami-hvm-*-x86_64-gp2', 'al2023-ami-2023*'], 'amazon'],
    [['amzn-ami-vpc-nat*'], 'amazon'],
    [['amzn-ami-201*-amazon-ecs*'], 'amazon'],
    [['amzn-ami-*-amazon-ecs-optimized'], 'amazon'],
    [['al2023-ami-*'], 'amazon'],
    [['al2023-ami-minimal-2023.*-kernel-6.12-*'], 'amazon'],
    [['amzn2-ami-ecs-hvm-*'], 'amazon'],
    [['amazon-eks-node-1.29-v*'], 'amazon'],
    [['amazon-eks-gpu-node-*'], 'amazon'],
    [['bottlerocket-aws-k8s-1.31-x86_64-*'], 'amazon'],
    [['Windows_Server-2022-English-Full-Base-*'], 'amazon'],
    [['Windows_Server-2012-R2_RTM-English-64Bit-Base-*'], 'amazon'],
    [['Windows_Server-*'], 'amazon'],
    [['Deep Learning AMI (Ubuntu 18.04) Version *'], 'amazon'],
    [['aws-elasticbeanstalk-amzn-2023*'], 'amazon'],
    [['aws-parallelcluster-3.9.1-amzn2-hvm-*'], 'amazon'],
    [['amzn-ec2-macos-14.*'], 'amazon'],
    [['RHEL-9*'], '309956199498'],
    [['RHEL-8.0.0*'], '309956199498'],
    [['RHEL-9.4.0_HVM-*x86_64*'], '309956199498'],
    [['RHEL-7.?*GA*'], '309956199498'],
    [['debian-12-amd64-*'], '136693071363'],
    [['debian-11-*-*'], '136693071363'],
    [['suse-sles-15-sp6-v*-hvm-ssd-x86_64'], '013907871322'],
    [['Rocky-9-EC2-Base-9.*.*'], '792107900819'],
    [['Rocky-8-ec2-8.*.*'], '792107900819'],
    [['AlmaLinux OS 9*'], '764336703387'],
    [['Flatcar-stable-*-hvm'], '075585003325'],
    [['Fedora-Cloud-Base-41-1.2.x86_64*'], '125523088429'],
    [['talos-v1.8*-amd64'], '540036508848'],
    [['nixos/24.05*'], '427812963091'],
  ])('knows whose %j are', (patterns, owner) => {
    expect(ownerOfPatterns(patterns, 'aws')?.owner).toBe(owner);
  });

  it.each([
    ['names of anybody', ['web-server-*']],
    ['a beginning that Amazon’s have among others', ['aws-*']],
    ['own names that begin as Amazon’s', ['aws-my-app-*', 'aws-elastic*', 'amzn2-golden-*', 'al2023-golden-*']],
    ['images made of a publisher’s', ['debian-12-golden-*']],
    ['images made of Red Hat’s', ['RHEL-8-golden-*']],
    ['images made of Amazon’s', ['amzn2-ami-my-team-*']],
    ['images made of Windows', ['Windows_Server-2022-golden-*']],
    ['a name that ends within a word', ['RHEL*']],
    ['another name that ends within a word', ['ubuntu*']],
    ['what is in the Marketplace, too', ['AlmaLinux*']],
    ['a publisher that is not known', ['kali-*']],
    ['names in lower case', ['fedora-cloud-*']],
    ['names that many give', ['talos-*']],
    ['names with a separator that no publisher has', ['CentOS*']],
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
