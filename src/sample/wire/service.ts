/** The services of the account. */
export const SERVICES = ['ec2', 'sts', 'ssm'] as const;

export type SampleService = (typeof SERVICES)[number];
