/** A part of a text, in UTF-16 code units from its beginning; `end` is behind the last one. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export function contains(outer: TextSpan, inner: TextSpan): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function shifted({ start, end }: TextSpan, by: number): TextSpan {
  return { start: start + by, end: end + by };
}
