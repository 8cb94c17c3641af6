/**
 * All of the AWS SDK that the product uses, as a chunk that is loaded at the first call to AWS. Only
 * `import('./sdk.ts')` and `import type` may name this file.
 */
// biome-ignore lint/performance/noBarrelFile: the one place that says what the SDK's chunk holds.
export {
  CreateImageCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
export { GetParametersByPathCommand, GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
export { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
export {
  fromHttp,
  fromInstanceMetadata,
  fromLoginCredentials,
  fromSSO,
  fromTokenFile,
} from '@aws-sdk/credential-providers';
export { externalDataInterceptor } from '@smithy/core/config';
export { StandardRetryStrategy } from '@smithy/core/retry';
