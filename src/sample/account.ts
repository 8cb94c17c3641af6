import { randomUUID } from 'node:crypto';
import { isEnabled } from './data/regions.ts';
import type { Spread } from './data/syntheticCatalog.ts';
import type { OperationContext } from './operations/context.ts';
import { publicImageIds } from './operations/describeImages.ts';
import { describeRegions } from './operations/describeRegions.ts';
import { EC2_OPERATIONS } from './operations/ec2Operations.ts';
import { callerIdentity } from './operations/getCallerIdentity.ts';
import { SSM_OPERATIONS } from './operations/ssmOperations.ts';
import type { Reboot } from './regionState.ts';
import type { SavedAccount } from './savedAccount.ts';
import { SavedRegions } from './savedRegions.ts';
import { Throttle } from './throttle.ts';
import { inWordsOf, ServiceError } from './wire/errors.ts';
import { JsonMembers } from './wire/json.ts';
import { Pages } from './wire/paging.ts';
import { checkParameters, checkQuery, type RequestTarget, requestTarget, type SampleRequest } from './wire/request.ts';
import { errorResponse, resultResponse, type SampleResponse } from './wire/response.ts';

export interface SampleAccountOptions {
  /** The time of what is created; all other data has fixed dates. */
  readonly now?: (() => Date) | undefined;
  /** How many synthetic public images each region gets. */
  readonly extraImages?: number | undefined;
  /** How their ids and dates are distributed; `even` by default. */
  readonly spread?: Spread | undefined;
  /** Whether each region gets images with unusual fields and hostile texts. */
  readonly oddImages?: boolean | undefined;
  /** How long a new image is pending. */
  readonly pendingSeconds?: number | undefined;
  /** Whether EC2's request limits apply. */
  readonly throttle?: boolean | undefined;
  /** New images with this text in their names fail. */
  readonly failingName?: string | undefined;
  /** Where new images and changed tags are saved; in memory alone where left out. */
  readonly saved?: SavedAccount | undefined;
}

export interface PublicImages {
  /** The ids of an unfiltered listing of public images. */
  ids(): Promise<string[]>;
  /** Publishes `count` images of other accounts now, and returns their ids. */
  add(count: number): Promise<string[]>;
  /** Removes images of other accounts, and returns the ids of those that existed. */
  remove(ids: readonly string[]): Promise<string[]>;
}

export interface SampleAccount {
  /** Answers a request. Errors are answers too: nothing is thrown. */
  handle(request: SampleRequest): Promise<SampleResponse>;
  /** Reboots caused by CreateImage, oldest first. */
  readonly reboots: readonly Reboot[];
  /** The public images of a region, which tests may add and remove. @throws Error where the region is not enabled */
  publicImages(region: string): PublicImages;
  /** Discards everything that was created, added, removed, tagged and rebooted. */
  reset(): void;
}

const DEFAULT_PENDING_SECONDS = 8;

/** An AWS account with EC2 in many regions, in memory. A region's data is created at its first request. */
export function createSampleAccount(options: SampleAccountOptions = {}): SampleAccount {
  const {
    now = () => new Date(),
    extraImages = 0,
    spread = 'even',
    oddImages = false,
    pendingSeconds = DEFAULT_PENDING_SECONDS,
    throttle = false,
    failingName = 'this-image-fails',
    saved,
  } = options;
  const regions = new SavedRegions({ extraImages, spread, oddImages, pendingSeconds }, saved);
  const reboots: Reboot[] = [];
  let buckets = new Throttle();
  let pages = new Pages();

  const answer = async (target: RequestTarget) => {
    const { service, action, region, params, body } = target;
    const time = now().getTime();
    authorize(target);
    if (throttle && !buckets.take(action, region, time)) {
      throw new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503);
    }
    if (service === 'ssm') {
      const carryOut = Object.hasOwn(SSM_OPERATIONS, action) ? SSM_OPERATIONS[action] : undefined;
      if (!carryOut) {
        throw new ServiceError('UnknownOperationException', '');
      }
      return carryOut(await regions.of(region), JsonMembers.parse(body));
    }
    checkQuery(target);
    if (service === 'sts') {
      return callerIdentity(action);
    }
    const known = Object.hasOwn(EC2_OPERATIONS, action) ? EC2_OPERATIONS[action] : undefined;
    if (!known) {
      throw new ServiceError('InvalidAction', `The action ${action} is not valid for this web service.`);
    }
    checkParameters(params, known.parameters);
    // The list of regions needs no region's data.
    if (known.carryOut === describeRegions) {
      return describeRegions({ params });
    }
    const context: OperationContext = {
      action,
      params,
      region: await regions.of(region),
      now: time,
      pages,
      failingName,
      recordReboot: (reboot) => reboots.push(reboot),
    };
    const answered = known.carryOut(context);
    // What changes the account does so at once.
    regions.save();
    return answered;
  };

  return {
    reboots,
    publicImages(region) {
      if (!isEnabled(region)) {
        throw new Error(`The account does not use the region '${region}'.`);
      }
      return {
        ids: async () => publicImageIds(await regions.of(region), now().getTime()),
        add: async (count) => (await regions.of(region)).addPublicImages(count, now().getTime()),
        remove: async (ids) => (await regions.of(region)).removePublicImages(ids),
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
        return resultResponse(target, await answer(target), requestId);
      } catch (error) {
        return errorResponse(target.service, inWordsOf(target.service, toServiceError(error)), requestId);
      }
    },
  };
}

/** Accepts any credentials in enabled regions; other regions answer as for invalid credentials. */
function authorize({ service, scope, signed, region }: RequestTarget): void {
  if (!signed) {
    throw new ServiceError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  if (service === 'ssm' && scope !== service) {
    throw new ServiceError('InvalidSignatureException', "Credential should be scoped to correct service: 'ssm'. ");
  }
  if (!isEnabled(region)) {
    throw new ServiceError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401);
  }
}

function toServiceError(error: unknown): ServiceError {
  return error instanceof ServiceError
    ? error
    : new ServiceError('InternalError', `An internal error has occurred: ${String(error)}`, 500);
}
