import { kubernetesVersions, kubernetesVersionsWithAmazonLinux2 } from './kubernetesVersions.ts';

/** A publisher's public SSM parameters, by paths for a recursive GetParametersByPath. */
export interface LatestGroup {
  readonly id: string;
  readonly name: string;
  /** Has all of the publisher's parameters; with some publishers, thousands of past builds too. */
  readonly namespace: string;
  /** Paths in the namespace that are known to have the latest images. A region may lack them. */
  readonly known: readonly string[];
}

const service = '/aws/service';

function group(id: string, name: string, namespace: string, known: readonly string[] = []): LatestGroup {
  return { id, name, namespace, known: known.map((path) => `${namespace}/${path}`) };
}

function eachOf(outer: readonly string[], inner: readonly string[]): readonly string[] {
  return outer.flatMap((one) => inner.map((other) => `${one}/${other}`));
}

/**
 * canonical/ubuntu-cloud-docs, `find-ubuntu-images.rst`. Ubuntu Pro exists for releases with extended maintenance too.
 */
const ubuntu: readonly string[] = [
  ...eachOf(['server', 'server-minimal'], ['26.04', '24.04', '22.04', '20.04', '26.10', '25.10']),
  ...eachOf(['pro-server', 'pro-minimal'], ['26.04', '24.04', '22.04', '20.04', '18.04', '16.04']),
  ...eachOf(['eks', 'eks-pro'], eachOf(['24.04', '22.04'], kubernetesVersions)),
].map((path) => `${path}/stable/current`);

const debian = ['13', '12', '11'].map((release) => `release/${release}/latest`);

/** Amazon ECS Developer Guide, "Retrieving Amazon ECS-optimized Linux AMI metadata"; aws/amazon-ecs-ami. */
const ecs: readonly string[] = [
  ...['amazon-linux-2023', ...eachOf(['amazon-linux-2023'], ['arm64', 'gpu', 'neuron'])],
  ...['amazon-linux-2', 'amazon-linux-2/kernel-5.10'].flatMap((system) => [
    system,
    ...eachOf([system], ['arm64', 'gpu', 'inf']),
  ]),
].map((path) => `${path}/recommended`);

/** Amazon EKS User Guide, "Retrieve recommended Amazon Linux AMI IDs". */
const eks: readonly string[] = [
  ...eachOf(
    kubernetesVersions,
    [...eachOf(['x86_64', 'arm64'], ['standard', 'nvidia']), 'x86_64/neuron'].map(
      (kind) => `amazon-linux-2023/${kind}`,
    ),
  ),
  ...eachOf(kubernetesVersionsWithAmazonLinux2, ['amazon-linux-2', 'amazon-linux-2-arm64', 'amazon-linux-2-gpu']),
].map((path) => `${path}/recommended`);

/** Amazon EKS User Guide, "Retrieve recommended Bottlerocket AMI IDs"; bottlerocket-os, `variants`. */
const bottlerocket: readonly string[] = eachOf(
  [...kubernetesVersions.map((version) => `aws-k8s-${version}`), ...['aws-ecs-3', 'aws-ecs-2', 'aws-ecs-1']].flatMap(
    (variant) => [variant, `${variant}-nvidia`, `${variant}-fips`, `${variant}-nvidia-fips`],
  ),
  ['x86_64/latest', 'arm64/latest'],
);

/** The publishers' documented namespaces (AWS Systems Manager User Guide, "Discovering public parameters"). */
export const latestGroups: readonly LatestGroup[] = [
  group('amazon-linux', 'Amazon Linux', `${service}/ami-amazon-linux-latest`),
  group('ubuntu', 'Ubuntu', `${service}/canonical/ubuntu`, ubuntu),
  group('debian', 'Debian', `${service}/debian`, debian),
  group('windows', 'Windows', `${service}/ami-windows-latest`),
  group('suse', 'SUSE', `${service}/suse`),
  group('ecs', 'Amazon ECS', `${service}/ecs/optimized-ami`, ecs),
  group('eks', 'Amazon EKS', `${service}/eks/optimized-ami`, eks),
  group('bottlerocket', 'Bottlerocket', `${service}/bottlerocket`, bottlerocket),
  group('deep-learning', 'Deep Learning', `${service}/deeplearning/ami`),
  group('freebsd', 'FreeBSD', `${service}/freebsd`),
  group('macos', 'macOS', `${service}/ec2-macos`),
];
