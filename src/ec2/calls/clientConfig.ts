import type { EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { EndpointVariants } from '../endpoint.ts';

/** The configuration that all clients of a connection share. */
export type CommonConfig = Pick<EC2ClientConfig, 'requestHandler' | 'profile'> & Partial<EndpointVariants>;
