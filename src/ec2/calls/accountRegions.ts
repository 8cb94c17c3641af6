import { AmiError } from '../../core/errors.ts';
import { leadingRegionOf, partitionOf, type Region } from '../../core/regions.ts';

export interface AccountRegionsDeps {
  /** The connection's own region. */
  readonly homeRegion: string;
  /** DescribeRegions, asked of a region; rejects with AmiError. */
  readonly ask: (region: string, signal: AbortSignal) => Promise<readonly Region[]>;
}

/** How long (ms) a failure waits for the list of regions, which may explain it. */
const patience = 15_000;

/**
 * The codes with which a region that is not opted in refuses good keys: EC2's, STS's and SSM's. They are the same as for
 * bad keys.
 */
const refusals: ReadonlySet<string> = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'RegionDisabledException',
]);

/** A region that does not exist has no host. */
const hostNotFound = 'ENOTFOUND';

/** What asking for the list has shown. */
type Finding =
  | { readonly kind: 'list'; readonly regions: readonly Region[] }
  /** The list is not for these keys, which are good therefore: a region has accepted them. */
  | { readonly kind: 'keys accepted'; readonly by: string }
  | { readonly kind: 'nothing' };

/**
 * The account's regions, and what they say of a failure: a region that is not opted in answers in the words of bad keys,
 * and one that does not exist as a host that is not found.
 */
export class AccountRegions {
  readonly #deps: AccountRegionsDeps;
  #finding: Promise<Finding> | undefined;

  constructor(deps: AccountRegionsDeps) {
    this.#deps = deps;
  }

  /** Asked of the connection's region, and of the partition's first where that one may be closed to the account. */
  list(signal: AbortSignal): Promise<readonly Region[]> {
    return askEither(this.#deps.homeRegion, (region) => this.#deps.ask(region, signal), mayBeAboutRegion);
  }

  /** The same failure, of the kind `not-opted-in` or `region-unknown` where the region is to blame. */
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
      return { kind: 'list', regions: await this.list(AbortSignal.timeout(patience)) };
    } catch (error) {
      return error instanceof AmiError && error.kind === 'access-denied' && error.region !== undefined
        ? { kind: 'keys accepted', by: error.region }
        : { kind: 'nothing' };
    }
  }
}

/**
 * Asks a region what every region knows, and its partition's first where that one may be closed to the account. Rejects with
 * what the region has said unless the other says more.
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
      // Two regions that refuse the keys, or cannot be found, say no more than one.
      throw mayBeClosed(another) ? error : another;
    });
  }
}

/** Where else to ask what every region knows; undefined where there is no other that is open to everybody. */
function spareRegionOf(region: string): string | undefined {
  const leading = leadingRegionOf(partitionOf(region));
  return leading === region ? undefined : leading;
}

/** Whether a region that is closed to the account, or does not exist, would fail in this way. */
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
  const { message, operation, region, code, requestId } = cause;
  return new AmiError(message, { kind, operation, region, code, requestId, cause });
}
