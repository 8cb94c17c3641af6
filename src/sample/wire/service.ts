/** What the account answers for. */
export const SERVICES = ['ec2', 'sts', 'ssm'] as const;

export type SampleService = (typeof SERVICES)[number];
