import { AmiError } from '../../core/errors.ts';
import { leadingRegionOf, partitionOf, type Region } from '../../core/regions.ts';

export interface AccountRegionsDeps {
  /** The connection's own region. */
  readonly homeRegion: string;
  /** Calls DescribeRegions in a region; rejects with AmiError. */
  readonly ask: (region: string, signal: AbortSignal) => Promise<readonly Region[]>;
}

/** How long (ms) an error waits for the list of regions, which may explain it. */
const listTimeout = 15_000;

/** The codes with which EC2, STS and SSM refuse keys, good ones too in a region that is not opted in. */
const refusals: ReadonlySet<string> = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'RegionDisabledException',
]);

/** A region that does not exist has no host. */
const hostNotFound = 'ENOTFOUND';

/** What the call for the list has shown. */
type Finding =
  | { readonly kind: 'list'; readonly regions: readonly Region[] }
  /** The keys may not list regions, but are valid: the region `by` has accepted them. */
  | { readonly kind: 'keys accepted'; readonly by: string }
  | { readonly kind: 'nothing' };

/**
 * The account's regions, which explain errors: a region that is not opted in answers as if the keys were invalid, and
 * one that does not exist has no host.
 */
export class AccountRegions {
  readonly #deps: AccountRegionsDeps;
  #finding: Promise<Finding> | undefined;

  constructor(deps: AccountRegionsDeps) {
    this.#deps = deps;
  }

  /** Asks the connection's region, and the partition's leading one if the account may not have access to that. */
  list(signal: AbortSignal): Promise<readonly Region[]> {
    return askEither(this.#deps.homeRegion, (region) => this.#deps.ask(region, signal), mayBeAboutRegion);
  }

  /** The same error, with the kind `not-opted-in` or `region-unknown` if the region is its cause. */
  async explain(error: AmiError): Promise<AmiError> {
    if (!mayBeAboutRegion(error)) {
      return error;
    }
    const finding = this.#finding ?? this.#find();
    this.#finding = finding;
    const found = await finding;
    if (found.kind !== 'list') {
      this.#finding = undefined;
    }
    const kind = kindOf(error, found);
    return kind ? ofKind(error, kind) : error;
  }

  async #find(): Promise<Finding> {
    try {
      return { kind: 'list', regions: await this.list(AbortSignal.timeout(listTimeout)) };
    } catch (error) {
      return error instanceof AmiError && error.kind === 'access-denied' && error.region !== undefined
        ? { kind: 'keys accepted', by: error.region }
        : { kind: 'nothing' };
    }
  }
}

/**
 * Asks a region something that every region can answer, and the partition's leading region if `mayBeClosed` says so of
 * the error. Rejects with the first error unless the second one says more.
 */
export async function askEither<T>(
  region: string,
  ask: (region: string) => Promise<T>,
  mayBeClosed: (error: unknown) => boolean,
): Promise<T> {
  try {
    return await ask(region);
  } catch (error) {
    const spare = spareRegionOf(region);
    if (spare === undefined || !mayBeClosed(error)) {
      throw error;
    }
    return ask(spare).catch((another: unknown) => {
      // A second region that refuses the keys, or is not found, adds nothing.
      throw mayBeClosed(another) ? error : another;
    });
  }
}

/** The partition's leading region, which every account has access to; undefined if it is the region itself. */
function spareRegionOf(region: string): string | undefined {
  const leading = leadingRegionOf(partitionOf(region));
  return leading === region ? undefined : leading;
}

/** Whether the cause may be that the account has no access to the region, or that the region does not exist. */
export function mayBeAboutRegion(error: unknown): boolean {
  const code = error instanceof AmiError ? error.code : undefined;
  return code !== undefined && (refusals.has(code) || code === hostNotFound);
}

function kindOf(error: AmiError, found: Finding): 'not-opted-in' | 'region-unknown' | undefined {
  switch (found.kind) {
    case 'list': {
      const region = found.regions.find(({ name }) => name === error.region);
      if (region) {
        return region.optIn === 'not-opted-in' ? 'not-opted-in' : undefined;
      }
      return found.regions.length > 0 ? 'region-unknown' : undefined;
    }
    case 'keys accepted':
      return error.code !== hostNotFound && found.by !== error.region ? 'not-opted-in' : undefined;
    case 'nothing':
      return undefined;
  }
}

function ofKind(cause: AmiError, kind: 'not-opted-in' | 'region-unknown'): AmiError {
  const { said, operation, region, code, requestId } = cause;
  return new AmiError(said, { kind, operation, region, code, requestId, cause });
}
