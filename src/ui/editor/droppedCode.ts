import type { Image } from '../../core/image.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { NamedImage } from '../commands/imageArguments.ts';
import type { Session } from '../session/session.ts';
import type { CodeOfImages, ImageCode } from './imageCode.ts';

/** How long (ms) what was begun with a drag is kept for its drop. */
const lifetime = 60_000;

/** Images beyond so many are dropped as ids alone: nobody reads so much code. */
const maxImages = 100;

export interface DroppedCodeParts {
  readonly code: ImageCode;
  readonly session: Session;
  readonly images: ConnectionImages;
}

/** The code of dragged images. It is asked for when the drag begins, since the editor waits for it at the drop. */
export class DroppedCode {
  readonly #parts: DroppedCodeParts;
  #last: { readonly key: string; readonly since: number; readonly code: Promise<CodeOfImages | undefined> } | undefined;

  constructor(parts: DroppedCodeParts) {
    this.#parts = parts;
  }

  /** Never rejects: there is no code where EC2 cannot be asked for the images. */
  of(images: readonly NamedImage[]): Promise<CodeOfImages | undefined> {
    const key = JSON.stringify(images);
    if (this.#last?.key !== key || Date.now() - this.#last.since > lifetime) {
      this.#last = { key, since: Date.now(), code: this.#ask(images).catch(() => undefined) };
    }
    return this.#last.code;
  }

  async #ask(images: readonly NamedImage[]): Promise<CodeOfImages | undefined> {
    const { state } = this.#parts.session;
    if (images.length === 0 || images.length > maxImages || state.kind !== 'open') {
      return undefined;
    }
    const found = await this.#described(state.connection, images);
    return found.length > 0 ? this.#parts.code(found) : undefined;
  }

  /** What is gone is left out. */
  async #described(connection: Connection, named: readonly NamedImage[]): Promise<readonly Image[]> {
    const { session, images } = this.#parts;
    const byId = images.of(connection);
    const signal = AbortSignal.timeout(lifetime);
    const refs = await Promise.all(
      named.map(async ({ id, region }) =>
        region ? { id, region } : byId.find(id, session.regions(connection), signal),
      ),
    );
    return byId.getAll(
      refs.filter((ref) => ref !== undefined),
      signal,
    );
  }
}
