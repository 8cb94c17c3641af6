import type { Reference } from '../../code/reference.ts';
import { Emitter } from '../../core/emitter.ts';
import type { Finding } from '../../hints/finding.ts';
import type { ResolvedReference } from '../../hints/referencedImages.ts';
import type { ImageFacts } from '../../hints/rules/imageFacts.ts';
import { flatMapInSlices } from '../../threads/inSlices.ts';
import { referenceFindings } from '../code/findings/referenceFindings.ts';
import type { OpenImages } from '../code/openImages.ts';
import type { Session } from '../session/session.ts';
import type { WorkspaceKnowledge } from './workspaceRows.ts';

interface Known {
  readonly resolved: ResolvedReference | undefined;
  readonly findings: readonly Finding[];
}

type KnownImages = Pick<OpenImages, 'of' | 'ofParameter' | 'facts' | 'onDidChange'>;
type KnownSession = Pick<Session, 'scope' | 'onDidChange'>;

/** What is known of the references in files, looked up once until more is known. */
export class CachedKnowledge {
  readonly #images: KnownImages;
  readonly #session: KnownSession;
  readonly #changed = new Emitter();
  readonly #subscriptions: readonly { dispose(): void }[];
  #known = new WeakMap<Reference, Known>();
  #facts: ImageFacts | undefined;

  /** Something else may be known of any reference. */
  readonly onDidChange = this.#changed.event;

  constructor(images: KnownImages, session: KnownSession) {
    this.#images = images;
    this.#session = session;
    const forget = () => this.forget();
    this.#subscriptions = [images.onDidChange(forget), session.onDidChange(forget)];
  }

  /**
   * What is known of some references, while the host does other things. What is forgotten meanwhile stays in the answer, and is
   * told of as a change.
   */
  async lookUp(references: readonly Reference[]): Promise<WorkspaceKnowledge> {
    const known = new Map<Reference, Known>();
    await flatMapInSlices(references, (reference) => {
      known.set(reference, this.#of(reference));
      return [];
    });
    return {
      resolved: (reference) => known.get(reference)?.resolved,
      findings: (reference) => known.get(reference)?.findings ?? [],
    };
  }

  forget(): void {
    this.#known = new WeakMap();
    this.#facts = undefined;
    this.#changed.fire();
  }

  #of(reference: Reference): Known {
    const known = this.#known.get(reference);
    if (known) return known;
    this.#facts ??= this.#images.facts();
    const found = {
      resolved: reference.kind === 'id' ? this.#images.of(reference) : undefined,
      findings: referenceFindings(reference, { images: this.#images, session: this.#session }, this.#facts),
    };
    this.#known.set(reference, found);
    return found;
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#changed.dispose();
  }
}
