import { randomUUID } from 'node:crypto';
import type { Action, ActionContext } from './actions/context.ts';
import { createImage } from './actions/createImage.ts';
import { describeImageAttribute, describeImages, publicImageIds } from './actions/describeImages.ts';
import { describeInstances } from './actions/describeInstances.ts';
import { describeRegions } from './actions/describeRegions.ts';
import { describeSnapshots, describeVolumes } from './actions/describeStorage.ts';
import { getParametersByPath } from './actions/getParametersByPath.ts';
import { createTags, deleteTags, describeTags } from './actions/tags.ts';
import { isEnabled } from './data/regions.ts';
import type { Spread } from './data/syntheticCatalog.ts';
import { SAMPLE_ACCOUNT_ID } from './model.ts';
import { type Reboot, RegionState } from './regionState.ts';
import { Throttle } from './throttle.ts';
import { ec2ErrorXml, ServiceError, ssmErrorJson, ssmErrorStatus, stsErrorXml } from './wire/errors.ts';
import { Pages } from './wire/paging.ts';
import { QueryParameters } from './wire/query.ts';
import { element } from './wire/xml.ts';
import type { XmlBytes } from './wire/xmlBytes.ts';

/** What the account answers for. */
export type SampleService = 'ec2' | 'sts' | 'ssm';

/** An HTTP request of the EC2 or STS query protocol, or of SSM's JSON protocol. Header names in any case; `query` without its `?`. */
export interface SampleRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

export interface SampleResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface SampleAccountOptions {
  /** The clock of what is made; the rest of the data stands still. */
  readonly now?: (() => Date) | undefined;
  /** Public images added to every region, synthetic ones. */
  readonly extraImages?: number | undefined;
  /** How they spread over ids and dates; `even` unless given. */
  readonly spread?: Spread | undefined;
  /** Whether every region has public images that readers may stumble over. */
  readonly oddImages?: boolean | undefined;
  /** How long a new image is pending. */
  readonly pendingSeconds?: number | undefined;
  /** Whether EC2's request limits apply. */
  readonly throttle?: boolean | undefined;
  /** New images with this text in their names end as failed. */
  readonly failingName?: string | undefined;
}

/** What a request asks for, as far as it can be read without carrying it out. */
export interface RequestTarget {
  readonly service: SampleService;
  readonly action: string;
  readonly region: string;
  readonly params: QueryParameters;
}

export interface PublicImages {
  /** The ids that a listing of all public images without a filter would give now. */
  ids(): Promise<string[]>;
  /** Others publish so many images now. Returns their ids. */
  add(count: number): Promise<string[]>;
  /** Images of others go away. Returns the ids of those that were there. */
  remove(ids: readonly string[]): Promise<string[]>;
}

export interface SampleAccount {
  /** Answers a request; failures are answers too, nothing is thrown. */
  handle(request: SampleRequest): Promise<SampleResponse>;
  /** Reboots that CreateImage has caused, oldest first. */
  readonly reboots: readonly Reboot[];
  /** The public images of a region, which may come and go while tests run. @throws Error where it is not enabled */
  publicImages(region: string): PublicImages;
  /** Forgets all that was made, added, removed, tagged and rebooted. */
  reset(): void;
}

const DEFAULT_PENDING_SECONDS = 8;

const ACTIONS: Readonly<Record<string, Action>> = {
  CreateImage: createImage,
  CreateTags: createTags,
  DeleteTags: deleteTags,
  DescribeImageAttribute: describeImageAttribute,
  DescribeImages: describeImages,
  DescribeInstances: describeInstances,
  DescribeSnapshots: describeSnapshots,
  DescribeTags: describeTags,
  DescribeVolumes: describeVolumes,
};

/** An AWS account with EC2 in many regions, in memory. Regions come into being when they are first asked. */
export function createSampleAccount(options: SampleAccountOptions = {}): SampleAccount {
  const {
    now = () => new Date(),
    extraImages = 0,
    spread = 'even',
    oddImages = false,
    pendingSeconds = DEFAULT_PENDING_SECONDS,
    throttle = false,
    failingName = 'this-image-fails',
  } = options;
  const regions = new Map<string, Promise<RegionState>>();
  const reboots: Reboot[] = [];
  let buckets = new Throttle();
  let pages = new Pages();

  const regionState = (name: string): Promise<RegionState> => {
    const state = regions.get(name) ?? RegionState.create(name, { extraImages, spread, oddImages, pendingSeconds });
    regions.set(name, state);
    return state;
  };

  const answer = async (request: SampleRequest, { service, action, region, params }: RequestTarget) => {
    const time = now().getTime();
    authorize(request, region);
    if (throttle && !buckets.take(action, region, time)) {
      throw new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503);
    }
    if (service === 'sts') {
      return callerIdentity(action);
    }
    if (service === 'ssm') {
      if (action !== 'GetParametersByPath') {
        throw new ServiceError('UnknownOperationException', '');
      }
      return getParametersByPath(await regionState(region), params);
    }
    if (action === 'DescribeRegions') {
      return describeRegions(params);
    }
    const carryOut = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (!carryOut) {
      throw unknownAction(action);
    }
    const context: ActionContext = {
      params,
      region: await regionState(region),
      now: time,
      pages,
      failingName,
      recordReboot: (reboot) => reboots.push(reboot),
    };
    return carryOut(context);
  };

  return {
    reboots,
    publicImages(region) {
      if (!isEnabled(region)) {
        throw new Error(`The account does not use the region '${region}'.`);
      }
      return {
        ids: async () => publicImageIds(await regionState(region), now().getTime()),
        add: async (count) => (await regionState(region)).addPublicImages(count, now().getTime()),
        remove: async (ids) => (await regionState(region)).removePublicImages(ids),
      };
    },
    reset() {
      regions.clear();
      reboots.length = 0;
      buckets = new Throttle();
      pages = new Pages();
    },
    async handle(request) {
      const target = requestTarget(request);
      const requestId = randomUUID();
      try {
        return resultResponse(target, await answer(request, target), requestId);
      } catch (error) {
        return errorResponse(target.service, toServiceError(error), requestId);
      }
    },
  };
}

/** Reads service, region and action; the credential scope of the signature says the first two, else the host does. */
export function requestTarget(request: SampleRequest): RequestTarget {
  const target = /^AmazonSSM\.(\w+)$/.exec(headerOf(request, 'x-amz-target') ?? '');
  const params = target
    ? QueryParameters.ofJson(request.body)
    : QueryParameters.parse(request.method === 'GET' ? request.query : request.body);
  const scope = /Credential=[^/]*\/\d*\/([^/]+)\/(ec2|sts|ssm)\/aws4_request/.exec(
    headerOf(request, 'authorization') ?? '',
  );
  const host = /^(ec2|sts|ssm)\.([a-z0-9-]+)\.amazonaws\.com/.exec(headerOf(request, 'host') ?? '');
  const action = target?.[1] ?? params.get('Action') ?? '';
  const service = scope?.[2] ?? host?.[1];
  return {
    service: target ? 'ssm' : service === 'sts' ? 'sts' : 'ec2',
    action,
    region: scope?.[1] ?? host?.[2] ?? '',
    params,
  };
}

/** An error in the form of the service. */
export function errorResponse(service: SampleService, error: ServiceError, requestId: string): SampleResponse {
  if (service === 'ssm') {
    return { status: ssmErrorStatus(error), headers: jsonHeadersOf(requestId), body: ssmErrorJson(error) };
  }
  const xml = service === 'sts' ? stsErrorXml(error, requestId) : ec2ErrorXml(error, requestId);
  return { status: error.status, headers: headersOf(requestId), body: xml };
}

function resultResponse({ service, action }: RequestTarget, xml: string | XmlBytes, requestId: string): SampleResponse {
  if (service === 'ssm' && typeof xml === 'string') {
    return { status: 200, headers: jsonHeadersOf(requestId), body: xml };
  }
  const [start, end] =
    service === 'sts'
      ? [
          `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>`,
          `</${action}Result><ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata></${action}Response>`,
        ]
      : [
          `<?xml version="1.0" encoding="UTF-8"?>\n<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">` +
            element('requestId', requestId),
          `</${action}Response>`,
        ];
  const body = typeof xml === 'string' ? start + xml + end : xml.enclose(start, end);
  return { status: 200, headers: headersOf(requestId), body };
}

function headersOf(requestId: string): Record<string, string> {
  return { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId, server: 'AmazonEC2' };
}

function jsonHeadersOf(requestId: string): Record<string, string> {
  return { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId };
}

function headerOf({ headers }: SampleRequest, name: string): string | undefined {
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : headers[key];
}

/** Any credentials are accepted in the regions that the account uses; elsewhere the words are those for bad keys. */
function authorize(request: SampleRequest, region: string): void {
  if (headerOf(request, 'authorization') === undefined) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter AWSAccessKeyId');
  }
  if (!isEnabled(region)) {
    throw new ServiceError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401);
  }
}

function callerIdentity(action: string): string {
  if (action !== 'GetCallerIdentity') {
    throw unknownAction(action);
  }
  return (
    element('Arn', `arn:aws:iam::${SAMPLE_ACCOUNT_ID}:user/sample`) +
    element('UserId', 'AIDASAMPLEACCOUNTUSER') +
    element('Account', SAMPLE_ACCOUNT_ID)
  );
}

function unknownAction(action: string): ServiceError {
  return action === ''
    ? new ServiceError('MissingAction', 'The request must contain the parameter Action')
    : new ServiceError('InvalidAction', `The action ${action} is not valid for this web service.`);
}

function toServiceError(error: unknown): ServiceError {
  return error instanceof ServiceError
    ? error
    : new ServiceError('InternalError', `An internal error has occurred: ${String(error)}`, 500);
}
