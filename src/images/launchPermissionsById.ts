import { AmiError } from '../core/errors.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import type { ImageReader, LaunchPermissions } from '../ec2/port.ts';
import { remember } from './remember.ts';

/** How long (ms) an answer counts. */
const lifetime = 60_000;

type Answer =
  | { readonly kind: 'known'; readonly permissions: LaunchPermissions }
  | { readonly kind: 'denied'; readonly error: AmiError };

/** Who may launch each image of one connection. Remembers what EC2 has answered, and that one may not ask. */
export class LaunchPermissionsById {
  readonly #ec2: Pick<ImageReader, 'describeLaunchPermissions'>;
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly answer: Answer; readonly since: number }>();

  /** @param now milliseconds since 1970 */
  constructor(ec2: Pick<ImageReader, 'describeLaunchPermissions'>, now: () => number) {
    this.#ec2 = ec2;
    this.#now = now;
  }

  /** @throws AmiError of the call, `access-denied` also from memory */
  async get(
    ref: ImageRef,
    signal: AbortSignal,
    { maxAge = lifetime }: { readonly maxAge?: number } = {},
  ): Promise<LaunchPermissions> {
    const key = refKey(ref);
    const kept = this.#kept.get(key);
    if (kept && this.#now() - kept.since < Math.min(maxAge, lifetime)) {
      return permissionsOf(kept.answer);
    }
    const answer = await this.#ask(ref, signal);
    remember(this.#kept, key, { answer, since: this.#now() });
    return permissionsOf(answer);
  }

  /** The image has been changed, or may have been. */
  forget(ref: ImageRef): void {
    this.#kept.delete(refKey(ref));
  }

  async #ask({ region, id }: ImageRef, signal: AbortSignal): Promise<Answer> {
    try {
      return { kind: 'known', permissions: await this.#ec2.describeLaunchPermissions(region, id, signal) };
    } catch (error) {
      if (error instanceof AmiError && error.kind === 'access-denied') {
        return { kind: 'denied', error };
      }
      throw error;
    }
  }
}

function permissionsOf(answer: Answer): LaunchPermissions {
  if (answer.kind === 'denied') {
    throw answer.error;
  }
  return answer.permissions;
}
