import * as v from 'valibot';

/**
 * Reads data from outside or from another version: valibot describes the data, and these schemas drop the parts that
 * are not valid.
 */
export type Schema<T> = v.GenericSchema<unknown, T>;

/** The valid parts of a value; undefined where it is not valid at all. */
export function read<T>(schema: Schema<T>, value: unknown): T | undefined {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? result.output : undefined;
}

/** As `read`, for a text that may not even be JSON. */
export function readJson<T>(schema: Schema<T>, text: string): T | undefined {
  try {
    return read(schema, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Undefined where the value is missing or not valid. */
// @__NO_SIDE_EFFECTS__
export function ifKnown<T>(schema: Schema<T>) {
  return v.fallback(v.undefinedable(schema), () => undefined);
}

/** A list without its invalid items. */
// @__NO_SIDE_EFFECTS__
export function listOf<T>(item: Schema<T>) {
  return v.pipe(
    v.array(v.unknown()),
    v.transform((items): readonly T[] =>
      items.map((value) => read(item, value)).filter((found) => found !== undefined),
    ),
  );
}

/** An object without its invalid members and without members that are not in `keys`. */
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

/** A text that is not empty. */
export const someText = v.pipe(v.string(), v.nonEmpty());

/** True only where the value is `true`. */
export const flag = v.fallback(v.boolean(), false);
