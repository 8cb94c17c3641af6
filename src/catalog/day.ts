/** In ms. */
export const day = 86_400_000;

/** The last time that a Date can have. */
const lastTime = 8.64e15;

/** The day in UTC, `2026-11-23`, of milliseconds since 1970; undefined if a Date cannot have that time. */
export function dayOf(time: number): string | undefined {
  return Math.abs(time) <= lastTime ? isoDay(time) : undefined;
}

/** @throws RangeError if a Date cannot have that time */
export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
