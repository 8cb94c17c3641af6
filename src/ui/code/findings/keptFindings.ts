import type { IdReference, ParameterReference } from '../../../code/reference.ts';
import type { TextSpan } from '../../../code/textSpan.ts';
import type { Finding } from '../../../hints/finding.ts';

/** In ms: what nobody tells of, such as the end of a deprecation's days, is seen no later. */
const lifetime = 10_000;

type Asked = IdReference | ParameterReference;

/** Findings of references that are found again, in their place or moved, in a document that is being edited. */
export class KeptFindings {
  readonly #now: () => number;
  /** By reference and place, and the last ones by reference alone. */
  #findings = new Map<string, readonly Finding[]>();
  #since = 0;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The same findings where the reference is where it was. */
  of(reference: Asked, find: (reference: Asked) => readonly Finding[]): readonly Finding[] {
    if (this.#now() - this.#since > lifetime) {
      this.#findings = new Map();
      this.#since = this.#now();
    }
    const key = keyOf(reference);
    const place = `${key} ${reference.span.start}`;
    const before = this.#findings.get(place) ?? this.#findings.get(key);
    const findings = before?.map((each) => (isInPlace(each, reference) ? each : moved(each, reference)));
    const all = findings ?? find(reference);
    this.#findings.set(key, all).set(place, all);
    return all;
  }
}

/** Equal where everything is but places. */
function keyOf(reference: Asked): string {
  const { kind, value, region, instanceType, ignored } = reference;
  const { regions, isGuess, from } = region;
  // Of a name that is computed, what stands in the code may be all of another one.
  const isWhole = kind === 'id' || reference.isWhole;
  return `${kind} ${value} ${isWhole} ${isGuess} ${from} ${instanceType?.value} ${ignored} ${regions.join(' ')}`;
}

function isInPlace({ reference: { span, region } }: Finding, reference: Asked): boolean {
  const { at } = reference.region;
  return isSame(span, reference.span) && isSame(region.at?.span, at?.span) && region.at?.path === at?.path;
}

function isSame(one: TextSpan | undefined, other: TextSpan | undefined): boolean {
  return one?.start === other?.start && one?.end === other?.end;
}

/** What is wrong with an id or a parameter is underlined, and replaced, as a whole. */
function moved(finding: Finding, reference: Asked): Finding {
  const { span } = reference;
  const fixes = finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, span })) }));
  return { ...finding, reference, span, fixes };
}
