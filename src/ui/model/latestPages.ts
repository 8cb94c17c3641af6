import type { LatestParameter } from '../../core/latest.ts';
import type { LatestGroup } from '../../core/latestGroups.ts';
import type { Ec2Port } from '../../ec2/port.ts';
import { sideBySide } from './manyPages.ts';

/** How many paths are asked for at once: each is a call or two, and an account may make 40 a second. */
const pathsAtOnce = 4;

/**
 * A group's parameters, from path to path. Where one fails the others are asked all the same, as long as any is answered; the
 * first failure is thrown at the end.
 */
export async function* latestPages(
  ec2: Pick<Ec2Port, 'listLatest'>,
  region: string,
  { paths }: LatestGroup,
  signal: AbortSignal,
): AsyncIterable<readonly LatestParameter[]> {
  let failure: { readonly error: unknown } | undefined;
  for (let start = 0; start < paths.length; start += pathsAtOnce) {
    let isAnswered = false;
    try {
      const few = paths.slice(start, start + pathsAtOnce);
      for await (const page of sideBySide(few.map((path) => ec2.listLatest(region, path, signal)))) {
        isAnswered = true;
        yield page;
      }
    } catch (error) {
      failure ??= { error };
      if (!isAnswered) {
        break;
      }
    }
  }
  if (failure) {
    throw failure.error;
  }
}
