import type { ImageActions } from './actionPort.ts';
import { AwsCalls, type AwsCallsOptions } from './calls/awsCalls.ts';
import { type Pause, pause } from './calls/onceOnly.ts';
import { identity } from './identity.ts';
import { createImage, dryRunCreateImage, findCreated, type ImageActionParts } from './imageActions.ts';
import { describeImages, describeLaunchPermissions, listImages } from './images.ts';
import { describeInstances, listInstances } from './instances.ts';
import { listLatest } from './parameters.ts';
import type { Ec2Port } from './port.ts';
import { describeSnapshots, describeVolumes } from './storage.ts';

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
    listImages: (region, query, signal) => listImages(calls, region, query, signal),
    describeImages: (region, ids, signal) => describeImages(calls, region, ids, signal),
    describeLaunchPermissions: (region, id, signal) => describeLaunchPermissions(calls, region, id, signal),
    listInstances: (region, signal) => listInstances(calls, region, signal),
    describeInstances: (region, ids, signal) => describeInstances(calls, region, ids, signal),
    describeSnapshots: (region, ids, signal) => describeSnapshots(calls, region, ids, signal),
    describeVolumes: (region, ids, signal) => describeVolumes(calls, region, ids, signal),
    listLatest: (region, path, signal) => listLatest(calls, region, path, signal),
    listRegions: (signal) => calls.listRegions(signal),
    explain: (error) => calls.explain(error),
    identity: (signal) => identity(calls, signal),
    dryRunCreateImage: (request, signal, watch) => dryRunCreateImage(actions, request, signal, watch),
    createImage: (request, signal, watch) => createImage(actions, request, signal, watch),
    findCreated: (sought, signal) => findCreated(calls, sought, signal),
  };
}
