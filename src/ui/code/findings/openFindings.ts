import * as vscode from 'vscode';
import type { Reference } from '../../../code/reference.ts';
import { type TextSpan, touch } from '../../../code/textSpan.ts';
import type { Finding } from '../../../hints/finding.ts';
import type { ImageFacts } from '../../../hints/rules/imageFacts.ts';
import { flatMapInSlices } from '../../../threads/inSlices.ts';
import { atMostEvery } from '../../shared/atMostEvery.ts';
import type { DocumentReferences } from '../openReferences.ts';
import type { UnfinishedIds } from '../unfinishedIds.ts';
import { type ReferenceFindingsParts, referenceFindings } from './referenceFindings.ts';

/** Interval (ms) in which the answers of several regions are shown together. */
const interval = 150;

export interface OpenFindingsParts extends ReferenceFindingsParts {
  readonly unfinished: UnfinishedIds;
}

/** What is wrong with the references of open documents, as far as it is known now. Asks nothing by itself. */
export class OpenFindings implements vscode.Disposable {
  readonly #parts: OpenFindingsParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #known = new WeakMap<DocumentReferences, Promise<readonly Finding[]>>();

  /** There may be other findings, or hints, of the same references. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: OpenFindingsParts) {
    this.#parts = parts;
    const fire = atMostEvery(interval, () => this.#changed.fire());
    const changed = () => {
      this.#known = new WeakMap();
      fire();
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      parts.images.onDidChange(changed),
      parts.unfinished.onDidChange(changed),
    );
  }

  /**
   * In the order of the references; those of one reference, the most important first. The host does other things
   * meanwhile.
   */
  of(found: DocumentReferences): Promise<readonly Finding[]> {
    const known = this.#known.get(found);
    if (known) return known;
    const facts = this.#parts.images.facts();
    const findings = flatMapInSlices(found.references, (reference) => this.#findingsOf(found, reference, facts));
    this.#known.set(found, findings);
    return findings;
  }

  /** As `of`, of the references that touch a part of the text. */
  at(found: DocumentReferences, span: TextSpan): readonly Finding[] {
    const facts = this.#parts.images.facts();
    return found.references
      .filter((reference) => touch(reference.kind === 'lookup' ? reference.whole : reference.span, span))
      .flatMap((reference) => this.#findingsOf(found, reference, facts));
  }

  #findingsOf({ document }: DocumentReferences, reference: Reference, facts: ImageFacts): readonly Finding[] {
    const isUnfinished = reference.kind !== 'lookup' && this.#parts.unfinished.has(document, reference);
    return isUnfinished ? [] : referenceFindings(reference, this.#parts, facts);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
