import { describe, expect, it } from 'vitest';
import { commonParameters } from '../../src/core/commonParameters.ts';
import { latestInOrder, latestParameter } from '../../src/core/latestParameter.ts';
import { latestGroups } from '../../src/core/latestParameterGroups.ts';
import { hostileNames } from './hostile.ts';

const id = 'ami-0123456789abcdef0';

const label = (name: string) => latestParameter('us-east-1', `/aws/service/${name}`, id)?.label;

describe('latestParameter', () => {
  it.each([
    ['ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64', 'Amazon Linux 2023 · x86_64'],
    ['ami-amazon-linux-latest/al2023-ami-kernel-6.12-arm64', 'Amazon Linux 2023 (kernel 6.12) · arm64'],
    ['ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64', 'Amazon Linux 2023 minimal · x86_64'],
    ['ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2', 'Amazon Linux 2 (kernel 5.10) · x86_64'],
    ['ami-amazon-linux-latest/amzn2-ami-hvm-arm64-gp2', 'Amazon Linux 2 (kernel 4.14) · arm64'],
    ['ami-amazon-linux-latest/amzn2-ami-minimal-hvm-x86_64-ebs', 'Amazon Linux 2 minimal (kernel 4.14) · ebs · x86_64'],
    ['ami-amazon-linux-latest/amzn-ami-minimal-pv-i386-s3', 'Amazon Linux 1 minimal · pv · s3 · i386'],
    ['ami-windows-latest/Windows_Server-2022-English-Full-Base', 'Windows Server 2022 English Full Base'],
    [
      'ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.33/image_id',
      'Windows Server 2022 English Core for EKS 1.33',
    ],
    [
      'ami-windows-latest/TPM-Windows_Server-2022-English-Full-SQL_2022_Web',
      'Windows Server 2022 English Full with SQL Server 2022 Web · TPM',
    ],
    [
      'ami-windows-latest/Windows_Server-2012-R2_RTM-Portuguese_Brazil-64Bit-Base',
      'Windows Server 2012 R2 Portuguese Brazil 64Bit Base',
    ],
    ['canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id', 'Ubuntu 24.04 LTS · arm64'],
    ['canonical/ubuntu/server/22.04/stable/current/arm64/hvm/ebs-gp2/ami-id', 'Ubuntu 22.04 LTS · arm64'],
    ['canonical/ubuntu/server/22.04/stable/current/arm64/hvm/ebs-gp3/ami-id', 'Ubuntu 22.04 LTS · gp3 · arm64'],
    ['canonical/ubuntu/server/25.10/stable/current/amd64/hvm/ebs-gp3/ami-id', 'Ubuntu 25.10 · amd64'],
    ['canonical/ubuntu/server/25.04/stable/current/amd64/hvm/ebs-gp3/ami-id', 'Ubuntu 25.04 · amd64'],
    ['canonical/ubuntu/server/noble/daily/current/amd64/hvm/ebs-gp3/ami-id', 'Ubuntu Noble · daily · gp3 · amd64'],
    [
      'canonical/ubuntu/server-minimal/26.04/stable/current/amd64/hvm/ebs-gp3/ami-id',
      'Ubuntu 26.04 LTS minimal · amd64',
    ],
    ['canonical/ubuntu/pro-server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id', 'Ubuntu 24.04 LTS Pro · amd64'],
    [
      'canonical/ubuntu/pro-minimal/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id',
      'Ubuntu 24.04 LTS Pro minimal · amd64',
    ],
    [
      'canonical/ubuntu/eks/24.04/1.33/stable/current/amd64/hvm/ebs-gp3/ami-id',
      'Ubuntu 24.04 LTS for EKS 1.33 · amd64',
    ],
    [
      'canonical/ubuntu/eks-pro/22.04/1.33/stable/current/amd64/hvm/ebs-gp2/ami-id',
      'Ubuntu 22.04 LTS Pro for EKS 1.33 · amd64',
    ],
    ['debian/release/12/latest/amd64', 'Debian 12 · amd64'],
    ['suse/sles/15-sp6/x86_64/latest', 'SUSE Linux Enterprise Server 15 SP6 · x86_64'],
    ['suse/sles/16-0/arm64/latest', 'SUSE Linux Enterprise Server 16.0 · arm64'],
    ['ecs/optimized-ami/amazon-linux-2023/recommended/image_id', 'ECS on Amazon Linux 2023 · x86_64'],
    ['ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id', 'ECS on Amazon Linux 2023 · arm64'],
    ['ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id', 'ECS on Amazon Linux 2023 (GPU) · x86_64'],
    [
      'ecs/optimized-ami/amazon-linux-2/kernel-5.10/inf/recommended/image_id',
      'ECS on Amazon Linux 2 (kernel 5.10, Inferentia) · x86_64',
    ],
    ['ecs/optimized-ami/amazon-linux/recommended/image_id', 'ECS on Amazon Linux 1 · x86_64'],
    [
      'ecs/optimized-ami/windows_server/2019/english/full/recommended/image_id',
      'ECS on Windows Server 2019 English Full',
    ],
    ['eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/image_id', 'EKS 1.33 · x86_64'],
    ['eks/optimized-ami/1.33/amazon-linux-2023/arm64/nvidia/recommended/image_id', 'EKS 1.33 (NVIDIA) · arm64'],
    ['eks/optimized-ami/1.31/amazon-linux-2-gpu/recommended/image_id', 'EKS 1.31 on Amazon Linux 2 (GPU) · x86_64'],
    ['bottlerocket/aws-k8s-1.33/arm64/latest/image_id', 'Bottlerocket for Kubernetes 1.33 · arm64'],
    ['bottlerocket/aws-ecs-2-nvidia-fips/x86_64/latest/image_id', 'Bottlerocket for ECS 2 (NVIDIA, FIPS) · x86_64'],
    [
      'deeplearning/ami/x86_64/oss-nvidia-driver-gpu-pytorch-2.8-ubuntu-24.04/latest/ami-id',
      'Deep Learning OSS NVIDIA Driver GPU PyTorch 2.8 Ubuntu 24.04 · x86_64',
    ],
    ['freebsd/amd64/base/ufs/14.3/RELEASE', 'FreeBSD 14.3 · amd64'],
    ['freebsd/aarch64/small/zfs/15.0/STABLE', 'FreeBSD 15.0 STABLE small ZFS · arm64'],
    ['ec2-macos/sequoia/arm64_mac/latest/image_id', 'macOS 15 Sequoia · arm64'],
    ['ec2-macos/yosemite/x86_64_mac/latest/image_id', 'macOS Yosemite · x86_64'],
    // Parameters that this version does not know.
    ['ami-amazon-linux-latest/al2030-riscv64', 'Amazon Linux, al2030-riscv64'],
    ['ecs/optimized-ami/amazon-linux-2030/tpu/recommended/image_id', 'ECS, amazon-linux-2030, tpu'],
    ['ecs/optimized-ami/amazon-linux-2030/image_id', 'ECS, amazon-linux-2030'],
    ['eks/optimized-ami/2.0/amazon-linux-2030/riscv64/stable/image_id', 'EKS, 2.0, amazon-linux-2030, riscv64'],
    ['ami-windows-latest/EC2LaunchV3-Windows_Server-2031-English', 'Windows, EC2LaunchV3-Windows_Server-2031-English'],
  ])('calls %s %s', (name, expected) => {
    expect(label(name)).toBe(expected);
  });

  it.each([
    ['release notes', '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_version', '2023.0.1'],
    [
      'JSON beside its own image_id',
      '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended',
      `{"image_id":"${id}"}`,
    ],
    ...[
      'bottlerocket/aws-k8s-1.33/arm64/1.49.0-abcdef12/image_id',
      'bottlerocket/aws-k8s-1.33/arm64/1.49.0/image_id',
      'ecs/optimized-ami/amazon-linux-2023/gpu/al2023-ami-ecs-gpu-hvm-2023.0.20251104-kernel-6.1-x86_64-ebs/image_id',
      'ecs/optimized-ami/amazon-linux/amzn-ami-2017.09.l-amazon-ecs-optimized/image_id',
      'ecs/optimized-ami/amazon-linux-2/ami-0077a350292f081f3/image_id',
      'eks/optimized-ami/1.33/amazon-linux-2/amazon-eks-node-1.33-v20251103/image_id',
      'canonical/ubuntu/server/24.04/stable/20251022/amd64/hvm/ebs-gp3/ami-id',
      'canonical/ubuntu/server/24.04/stable/20251022.1/amd64/hvm/ebs-gp3/ami-id',
      'debian/release/12/20251006-2257/amd64',
      'ec2-macos/sonoma/arm64_mac/14.8.2/image_id',
    ].map((name) => ['a build of the past', `/aws/service/${name}`, id]),
    ['one’s own parameter', '/my/ami', id],
    ['a value that only looks like an id', '/aws/service/debian/release/12/latest/amd64', `${id}\n`],
  ])('leaves out %s', (_, name, value) => {
    expect(latestParameter('us-east-1', name, value)).toBeUndefined();
  });

  it('takes no name that could mean something in code', () => {
    for (const hostile of hostileNames.filter((name) => !/^[A-Za-z0-9_.-]+$/.test(name))) {
      expect(latestParameter('us-east-1', `/aws/service/${hostile}`, id), hostile).toBeUndefined();
    }
  });
});

describe('the order of the latest images', () => {
  const inOrder = (...names: readonly string[]) =>
    latestInOrder(names.flatMap((name) => latestParameter('us-east-1', `/aws/service/${name}`, id) ?? [])).map(
      (parameter) => parameter.label,
    );
  const ubuntu = (flavour: string, release: string, architecture: string) =>
    `canonical/ubuntu/${flavour}/${release}/stable/current/${architecture}/hvm/ebs-gp3/ami-id`;

  it('begins with the default and the newest, and has minimal ones after full ones', () => {
    expect(
      inOrder(
        'ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2',
        'ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-arm64',
        'ami-amazon-linux-latest/al2030-riscv64',
        'ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64',
        'ami-amazon-linux-latest/al2023-ami-kernel-6.12-arm64',
        'ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
        'ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      ),
    ).toEqual([
      'Amazon Linux 2023 · x86_64',
      'Amazon Linux 2023 · arm64',
      'Amazon Linux 2023 (kernel 6.12) · arm64',
      'Amazon Linux 2023 (kernel 6.1) · arm64',
      'Amazon Linux 2023 minimal · arm64',
      'Amazon Linux 2 (kernel 5.10) · x86_64',
      'Amazon Linux, al2030-riscv64',
    ]);
    expect(
      inOrder(
        ubuntu('server-minimal', '26.04', 'amd64'),
        ubuntu('pro-server', '26.04', 'amd64'),
        ubuntu('server', '24.04', 'arm64'),
        ubuntu('server', '24.04', 'amd64'),
        ubuntu('server', '26.04', 'amd64'),
        ubuntu('server', 'noble', 'amd64'),
      ),
    ).toEqual([
      'Ubuntu 26.04 LTS · amd64',
      'Ubuntu 24.04 LTS · amd64',
      'Ubuntu 24.04 LTS · arm64',
      'Ubuntu Noble · gp3 · amd64',
      'Ubuntu 26.04 LTS minimal · amd64',
      'Ubuntu 26.04 LTS Pro · amd64',
    ]);
    expect(
      inOrder(
        'bottlerocket/aws-ecs-2/x86_64/latest/image_id',
        'bottlerocket/aws-k8s-1.9/x86_64/latest/image_id',
        'bottlerocket/aws-k8s-1.33-nvidia/x86_64/latest/image_id',
        'bottlerocket/aws-k8s-1.33/x86_64/latest/image_id',
      ),
    ).toEqual([
      'Bottlerocket for Kubernetes 1.33 · x86_64',
      'Bottlerocket for Kubernetes 1.33 (NVIDIA) · x86_64',
      'Bottlerocket for Kubernetes 1.9 · x86_64',
      'Bottlerocket for ECS 2 · x86_64',
    ]);
  });

  it('knows the form of all parameters that are asked for, and calls no two the same', () => {
    const labels = commonParameters.map((name) => latestParameter('us-east-1', name, id)?.label ?? name);
    expect(labels.filter((text) => /\/|, /.test(text))).toEqual([]);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('latestGroups', () => {
  it('have ids and paths of their own', () => {
    const paths = latestGroups.flatMap(({ namespace, known }) => [namespace, ...known]);
    expect(new Set(paths).size).toBe(paths.length);
    expect(new Set(latestGroups.map((group) => group.id)).size).toBe(latestGroups.length);
  });

  it('have their known paths in their namespaces', () => {
    for (const { namespace, known } of latestGroups) {
      for (const path of known) expect(path.startsWith(`${namespace}/`), path).toBe(true);
    }
  });

  it.each([
    'ecs/optimized-ami/amazon-linux-2023/recommended',
    'ecs/optimized-ami/amazon-linux-2023/arm64/recommended',
    'ecs/optimized-ami/amazon-linux-2023/gpu/recommended',
    'ecs/optimized-ami/amazon-linux-2023/neuron/recommended',
    'ecs/optimized-ami/amazon-linux-2/recommended',
    'ecs/optimized-ami/amazon-linux-2/arm64/recommended',
    'ecs/optimized-ami/amazon-linux-2/gpu/recommended',
    'ecs/optimized-ami/amazon-linux-2/inf/recommended',
    'ecs/optimized-ami/amazon-linux-2/kernel-5.10/recommended',
    'ecs/optimized-ami/amazon-linux-2/kernel-5.10/gpu/recommended',
    'eks/optimized-ami/1.33/amazon-linux-2023/arm64/nvidia/recommended',
    'eks/optimized-ami/1.32/amazon-linux-2-gpu/recommended',
    'bottlerocket/aws-k8s-1.33-nvidia-fips/arm64/latest',
    'bottlerocket/aws-ecs-2-nvidia/x86_64/latest',
    'canonical/ubuntu/pro-minimal/24.04/stable/current',
    'canonical/ubuntu/eks/24.04/1.33/stable/current',
    'debian/release/13/latest',
  ])('ask for %s before the builds of the past', (path) => {
    const found = latestGroups.filter(({ known }) => known.includes(`/aws/service/${path}`));
    expect(found).toHaveLength(1);
  });
});
