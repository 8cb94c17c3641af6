import { AmiError, type AmiErrorKind } from '../core/errors.ts';
import { callErrorText, errorText, isNoRegion } from './errorText.ts';

/** What could not be checked. */
export interface Problem {
  /** In sentences. */
  readonly text: string;
  /** `note`: it lies outside of what the account can be asked, so that nothing can be done about it here. */
  readonly level: 'error' | 'note';
}

export function problem(text: string): Problem {
  return { text, level: 'error' };
}

/**
 * The errors of calls, each kind once: what is wrong with credentials or the network is so for all calls, and what is
 * denied is denied in each region.
 *
 * @param chosen the regions that the caller has chosen, rather than the code
 */
export function callProblems(errors: readonly unknown[], chosen: readonly string[]): readonly Problem[] {
  const groups = new Map<string, unknown[]>();
  for (const error of new Set(errors)) {
    const key = error instanceof AmiError ? `${levelOf(error, chosen)} ${keyOf(error)}` : errorText(error);
    groups.set(key, [...(groups.get(key) ?? []), error]);
  }
  return Array.from(groups.values(), (group): Problem => {
    const calls = group.filter((error) => error instanceof AmiError);
    const [first] = calls;
    if (!first) return problem(errorText(group[0]));
    const operations = new Set(calls.map(({ operation }) => operation));
    const regions = new Set(calls.flatMap(({ region }) => region ?? []));
    return {
      text: callErrorText(first, [...operations], [...regions]),
      level: levelOf(first, chosen),
    };
  });
}

/** Errors that one operation may have while the others work: they are told for each operation. */
const ofOneOperation: ReadonlySet<AmiErrorKind> = new Set(['access-denied', 'invalid-parameter', 'unsupported']);

/** Errors that services give different codes: their kind alone tells whether they are the same. */
const sameWhateverCode: ReadonlySet<AmiErrorKind> = new Set([
  ...(['credentials-expired', 'credentials-invalid', 'credentials-failed', 'no-credentials', 'signed-out'] as const),
  ...(['clock-wrong', 'throttled', 'not-opted-in'] as const),
]);

function keyOf(error: AmiError): string {
  const { kind, code, operation, message } = error;
  if (sameWhateverCode.has(kind) || isNoRegion(error)) return kind;
  return [kind, code ?? message, ofOneOperation.has(kind) && operation].join(' ');
}

/**
 * Code may name regions of other partitions, and those that the account has not opted in to. One that does not exist can
 * be corrected.
 */
function levelOf(error: AmiError, chosen: readonly string[]): Problem['level'] {
  const { kind, region = '' } = error;
  const isClosed = kind === 'not-opted-in' || (kind === 'region-unknown' && !isNoRegion(error));
  return isClosed && !chosen.includes(region) ? 'note' : 'error';
}
