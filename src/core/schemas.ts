import * as v from 'valibot';

/**
 * How data of unknown making is read: what was stored by another version, what a page, an endpoint or a program has sent.
 * These say what becomes of the parts that are not understood; what is understood, valibot says itself.
 */
export type Schema<T> = v.GenericSchema<unknown, T>;

/** What is understood of a value; undefined where that is nothing. */
export function read<T>(schema: Schema<T>, value: unknown): T | undefined {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? result.output : undefined;
}

/** As `read`, of a text that may not even be JSON. */
export function readJson<T>(schema: Schema<T>, text: string): T | undefined {
  try {
    return read(schema, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Undefined where it is missing or not understood. */
// @__NO_SIDE_EFFECTS__
export function ifKnown<T>(schema: Schema<T>) {
  return v.fallback(v.undefinedable(schema), () => undefined);
}

/** A list without those of its items that are not understood. */
// @__NO_SIDE_EFFECTS__
export function listOf<T>(item: Schema<T>) {
  return v.pipe(
    v.array(v.unknown()),
    v.transform((items): readonly T[] =>
      items.map((value) => read(item, value)).filter((found) => found !== undefined),
    ),
  );
}

/** An object without those of its members that are not understood, or not among `keys`. */
// @__NO_SIDE_EFFECTS__
export function membersOf<const K extends string, T>(keys: readonly K[], member: Schema<T>) {
  return v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform((members): Readonly<Partial<Record<K, T>>> => {
      const known: Partial<Record<K, T>> = {};
      for (const key of keys) {
        const found = read(member, members[key]);
        if (found !== undefined) known[key] = found;
      }
      return known;
    }),
  );
}

/** A text that says something. */
export const someText = v.pipe(v.string(), v.nonEmpty());

/** Set only where it says so. */
export const flag = v.fallback(v.boolean(), false);
