const service = '/aws/service';

function ofEach(architectures: readonly string[], name: (architecture: string) => string): readonly string[] {
  return architectures.map((architecture) => `${service}/${name(architecture)}`);
}

const amazon = ['x86_64', 'arm64'];
const debian = ['amd64', 'arm64'];

/**
 * The public parameters that most code is about, the most wanted first: few, so that all are asked for in two calls. Sources
 * as in `latestParameterGroups.ts`.
 */
export const commonParameters: readonly string[] = [
  ...ofEach(amazon, (architecture) => `ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`),
  ...ofEach(
    debian,
    (architecture) => `canonical/ubuntu/server/26.04/stable/current/${architecture}/hvm/ebs-gp3/ami-id`,
  ),
  ...ofEach(
    debian,
    (architecture) => `canonical/ubuntu/server/24.04/stable/current/${architecture}/hvm/ebs-gp3/ami-id`,
  ),
  ...ofEach(
    debian,
    (architecture) => `canonical/ubuntu/server/22.04/stable/current/${architecture}/hvm/ebs-gp2/ami-id`,
  ),
  ...ofEach(debian, (architecture) => `debian/release/13/latest/${architecture}`),
  ...ofEach(debian, (architecture) => `debian/release/12/latest/${architecture}`),
  `${service}/ami-windows-latest/Windows_Server-2025-English-Full-Base`,
  `${service}/ami-windows-latest/Windows_Server-2022-English-Full-Base`,
  ...ofEach(amazon, (architecture) => `ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-${architecture}`),
  ...ofEach(amazon, (architecture) => `ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-${architecture}-gp2`),
  `${service}/ecs/optimized-ami/amazon-linux-2023/recommended/image_id`,
  `${service}/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id`,
];
