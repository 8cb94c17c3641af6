import * as vscode from 'vscode';
import type { Reference } from '../../../code/reference.ts';
import { type TextSpan, touch } from '../../../code/textSpan.ts';
import type { Finding } from '../../../hints/finding.ts';
import { flatMapInSlices } from '../../../threads/inSlices.ts';
import { atMostEvery } from '../../shared/atMostEvery.ts';
import type { OpenImages } from '../openImages.ts';
import type { DocumentReferences } from '../openReferences.ts';
import type { UnfinishedIds } from '../unfinishedIds.ts';
import { KeptFindings } from './keptFindings.ts';
import { type ReferenceFindingsParts, referenceFindings } from './referenceFindings.ts';

/** Interval (ms) in which the answers of several regions are shown together. */
const interval = 150;

export interface OpenFindingsParts extends ReferenceFindingsParts {
  readonly images: OpenImages;
  readonly unfinished: UnfinishedIds;
}

/** What is wrong with the references of open documents, as far as it is known now. Asks nothing by itself. */
export class OpenFindings implements vscode.Disposable {
  readonly #parts: OpenFindingsParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #kept = new WeakMap<vscode.TextDocument, KeptFindings>();
  #known = new WeakMap<DocumentReferences, Promise<readonly Finding[]>>();

  /** There may be other findings, or hints, of the same references. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: OpenFindingsParts) {
    this.#parts = parts;
    const fire = atMostEvery(interval, () => this.#changed.fire());
    const changed = () => {
      this.#known = new WeakMap();
      this.#kept = new WeakMap();
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
    const findings = flatMapInSlices(found.references, this.#finder(found));
    this.#known.set(found, findings);
    return findings;
  }

  /** As `of`, of the references that touch a part of the text. */
  at(found: DocumentReferences, span: TextSpan): readonly Finding[] {
    return found.references
      .filter((reference) => touch(reference.kind === 'lookup' ? reference.whole : reference.span, span))
      .flatMap(this.#finder(found));
  }

  #finder({ document }: DocumentReferences): (reference: Reference) => readonly Finding[] {
    const facts = this.#parts.images.facts();
    const isUnfinished = this.#parts.unfinished.testIn(document);
    const kept = this.#kept.get(document) ?? new KeptFindings();
    this.#kept.set(document, kept);
    const find = (reference: Reference) => referenceFindings(reference, this.#parts, facts);
    return (reference) => {
      if (reference.kind === 'lookup') return find(reference);
      return isUnfinished(reference) ? [] : kept.of(reference, find);
    };
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
