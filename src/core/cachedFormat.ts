const formats = new Map<string, unknown>();

/** A format of `Intl`, made once for each language and form: making one takes longer than using it for all rows on screen. */
export function cachedFormat<T>(language: string, form: string, make: () => T): T {
  const key = `${language} ${form}`;
  const known = formats.get(key);
  if (known !== undefined) {
    return known as T;
  }
  const made = make();
  formats.set(key, made);
  return made;
}
