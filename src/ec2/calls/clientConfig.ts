import type { EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { EndpointVariants } from '../endpoint.ts';

/** What all clients of a connection have in common: the way out, and the profile with its variants of endpoints. */
export type CommonConfig = Pick<EC2ClientConfig, 'requestHandler' | 'profile'> & Partial<EndpointVariants>;
