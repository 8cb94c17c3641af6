/** A part of a text, in UTF-16 code units from its beginning; `end` is behind the last one. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export function contains(outer: TextSpan, inner: TextSpan): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether they have a place in common, be it an end. */
export function touch(one: TextSpan, other: TextSpan): boolean {
  return one.start <= other.end && other.start <= one.end;
}

export function shifted({ start, end }: TextSpan, by: number): TextSpan {
  return { start: start + by, end: end + by };
}
