import { accountReader } from './account.ts';
import type { ImageActions } from './actionPort.ts';
import { AwsCalls, type AwsCallsOptions } from './calls/awsCalls.ts';
import { DryRuns } from './calls/dryRuns.ts';
import { type Pause, pause } from './calls/onceOnly.ts';
import { createdImageReader, imageCreation } from './createImage.ts';
import { imageReader } from './images.ts';
import { instanceReader } from './instances.ts';
import { parameterReader } from './parameters.ts';
import type { Ec2Port } from './port.ts';
import { storageReader } from './storage.ts';

export interface Ec2Options extends AwsCallsOptions {
  /** Waits between attempts to find what an unanswered request has made; on the clock unless given. */
  readonly pause?: Pause | undefined;
}

/** EC2, STS and SSM by one connection's calls. */
export function ec2Port(options: Ec2Options): Ec2Port & ImageActions {
  const calls = new AwsCalls(options);
  const wait = options.pause ?? pause;
  const dryRuns = new DryRuns(options.endpoints.ec2 === undefined ? 'kept' : 'unproven', wait);
  return {
    ...imageReader(calls),
    ...instanceReader(calls),
    ...storageReader(calls),
    ...parameterReader(calls),
    ...accountReader(calls),
    ...createdImageReader(calls),
    ...imageCreation({ calls, pause: wait, dryRuns }),
  };
}
