import type { LatestParameter } from '../core/latest.ts';
import type { LatestGroup } from '../core/latestGroups.ts';
import type { ParameterReader } from '../ec2/port.ts';
import { sideBySide } from './sideBySide.ts';

/** How many paths are asked for at once: each is a call or two, and an account may make 40 a second. */
const pathsAtOnce = 4;

/** A namespace that ends before has been read whole: many regions lack one, or have little in it. */
const firstPages = 2;

/**
 * A group's parameters: the beginning of its namespace, then the known paths, then the rest of the namespace. Where one of
 * them fails the others are asked all the same, as long as any is answered; the first failure is thrown at the end.
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
