/** Context keys for `when` clauses, with all values of each. */
export const contextKeys = {
  connection: ['opening', 'open', 'noCredentials', 'signedOut', 'failed'],
  /** Whether the Images view is filtered. */
  filtered: [true, false],
} as const satisfies Readonly<Record<string, readonly (string | boolean)[]>>;

export type ContextKey = keyof typeof contextKeys;
export type ContextKeyValue<Key extends ContextKey> = (typeof contextKeys)[Key][number];

export function contextKeyId<Key extends ContextKey>(key: Key): `amiExplorer.${Key}` {
  return `amiExplorer.${key}`;
}
