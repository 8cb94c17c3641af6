import { accountReader } from './account.ts';
import type { ImageActions } from './actionPort.ts';
import { AwsCalls, type AwsCallsOptions } from './calls/awsCalls.ts';
import { type Pause, pause } from './calls/onceOnly.ts';
import { createImage, dryRunCreateImage, findCreated, type ImageActionParts } from './imageActions.ts';
import { imageReader } from './images.ts';
import { instanceReader } from './instances.ts';
import { parameterReader } from './parameters.ts';
import type { Ec2Port } from './port.ts';
import { storageReader } from './storage.ts';

export interface Ec2Options extends AwsCallsOptions {
  /** How to wait between the attempts to find out what became of a request; on the clock unless given. */
  readonly pause?: Pause | undefined;
}

/** EC2 and what belongs to it, on the calls of one connection. */
export function ec2Port(options: Ec2Options): Ec2Port & ImageActions {
  const calls = new AwsCalls(options);
  const actions: ImageActionParts = {
    calls,
    pause: options.pause ?? pause,
    dryRuns: { standing: options.endpoints.ec2 === undefined ? 'kept' : 'unproven', trial: undefined },
  };
  return {
    ...imageReader(calls),
    ...instanceReader(calls),
    ...storageReader(calls),
    ...parameterReader(calls),
    ...accountReader(calls),
    dryRunCreateImage: (request, signal, watch) => dryRunCreateImage(actions, request, signal, watch),
    createImage: (request, signal, watch) => createImage(actions, request, signal, watch),
    findCreated: (sought, signal) => findCreated(calls, sought, signal),
  };
}
