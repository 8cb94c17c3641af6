import type { LatestParameter } from '../core/latestParameter.ts';
import type { LatestGroup } from '../core/latestParameterGroups.ts';
import type { ParameterReader } from '../ec2/port.ts';
import { sideBySide } from './sideBySide.ts';

/** Each path is a call or two, and SSM throttles an account beyond some 40 a second. */
const pathsAtOnce = 4;

/** So many pages show whether a namespace is short: many regions lack it, or have few parameters in it. */
const firstPages = 2;

/**
 * A group's parameters: the first pages of its namespace, then the known paths, then the rest of the namespace. One
 * that fails does not stop the others, unless all known paths asked together fail. The first error is thrown at the
 * end.
 */
export async function* latestPages(
  ec2: ParameterReader,
  region: string,
  { namespace, known }: LatestGroup,
  signal: AbortSignal,
): AsyncIterable<readonly LatestParameter[]> {
  const all = ec2.listLatest(region, namespace, signal)[Symbol.asyncIterator]();
  let failure: { readonly error: unknown } | undefined;
  try {
    for (let count = 0; count < firstPages; count += 1) {
      const page = await all.next();
      if (page.done) {
        return;
      }
      yield page.value;
    }
  } catch (error) {
    failure = { error };
  }
  for (let start = 0; start < known.length; start += pathsAtOnce) {
    let isAnswered = false;
    try {
      const few = known.slice(start, start + pathsAtOnce);
      for await (const page of sideBySide(few.map((path) => ec2.listLatest(region, path, signal)))) {
        isAnswered = true;
        yield page;
      }
    } catch (error) {
      failure ??= { error };
      if (!isAnswered) {
        throw failure.error;
      }
    }
  }
  for (let page = await all.next(); !page.done; page = await all.next()) {
    yield page.value;
  }
  if (failure) {
    throw failure.error;
  }
}
