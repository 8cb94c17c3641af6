/** A Date goes no further. */
const lastTime = 8.64e15;

/** The day in UTC, `2026-11-23`; undefined for what is no time. Times are milliseconds since 1970. */
export function dayOf(time: number): string | undefined {
  return Math.abs(time) <= lastTime ? isoDay(time) : undefined;
}

/** @throws RangeError for what is no time */
export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
