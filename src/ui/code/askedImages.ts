import type { IdReference, ParameterReference } from '../../code/reference.ts';
import type { ParameterImages } from '../../hints/parameterImages.ts';
import type { ReferencedImages } from '../../hints/referencedImages.ts';

/** So many are asked for at a time, whose answers the host takes in one turn. */
const askedTogether = 400;

/** How long (ms) what was asked for is left alone while a text is edited: as long as the shortest-lived answer lives. */
const askInterval = 5_000;

export type WantedReference = IdReference | ParameterReference;

/** A reference whose images are asked for, and what is asked. */
export type Wanted = readonly [key: string, reference: WantedReference];

export interface AskedImagesParts {
  readonly referenced: Pick<ReferencedImages, 'isResolved' | 'resolve'>;
  readonly parameters: Pick<ParameterImages, 'isResolved' | 'resolve'>;
  /** Nothing more is asked once it is aborted. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** What open documents ask for by themselves on one connection: a part at a time, and nothing again and again. */
export class AskedImages {
  readonly #parts: AskedImagesParts;
  /** When each reference was asked for, by its key. */
  readonly #times = new Map<string, number>();

  constructor(parts: AskedImagesParts) {
    this.#parts = parts;
  }

  /** Asks for what is not known, or no longer. Never rejects. */
  async ask(wanted: readonly Wanted[], changed: () => void): Promise<void> {
    const { referenced, parameters, signal, now = Date.now } = this.#parts;
    let left = wanted;
    while (!signal.aborted) {
      // Others may have asked for it meanwhile.
      left = left.filter((each) => this.#isToBeAsked(each));
      if (left.length === 0) return;
      const together = left.slice(0, askedTogether);
      left = left.slice(askedTogether);
      for (const [key] of together) this.#times.set(key, now());
      const references = together.map(([, reference]) => reference);
      const ids = references.filter((reference) => reference.kind === 'id');
      const named = references.filter((reference) => reference.kind === 'parameter');
      await Promise.all([
        referenced.resolve(ids, signal, changed),
        parameters.resolve(named, signal).then(({ length }) => length > 0 && changed()),
      ]);
    }
  }

  /** What was asked for may be asked for again at once. */
  forget(): void {
    this.#times.clear();
  }

  #isToBeAsked([key, reference]: Wanted): boolean {
    const { referenced, parameters, now = Date.now } = this.#parts;
    const isKnown = reference.kind === 'id' ? referenced.isResolved(reference) : parameters.isResolved(reference);
    return !isKnown && now() - (this.#times.get(key) ?? 0) >= askInterval;
  }
}
