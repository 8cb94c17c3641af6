/** The extension's context keys for `when` clauses, with all values of each. */
export const contextKeys = {
  /** Of the connection: `opening`, `open`, or what prevents it. */
  connection: [
    'opening',
    'open',
    'noCredentials',
    'signedOutOfSso',
    'signedOutOfConsole',
    'mfaCodeMissing',
    'badConfigFile',
    'badSetting',
    'unreachable',
    'clockWrong',
    'badCredentials',
    'failed',
  ],
  /** Whether the AWS console has pages for what the connection shows. */
  hasConsole: [true, false],
  /** What the user has done at least once in this window, for the walkthrough. */
  imageShown: [true],
  imageCreated: [true],
  imageInserted: [true],
  /** Whether the sample account is connected. */
  sampleAccount: [true, false],
  /** Whether the Images view is filtered. */
  filtered: [true, false],
} as const satisfies Readonly<Record<string, readonly (string | boolean)[]>>;

/** The editor's own that clauses may ask for, with all values of each. */
export const editorKeys = {
  editorIsOpen: [false, true],
  /** True where two, or several, items are selected. */
  listDoubleSelection: [false, true],
  listMultiSelection: [false, true],
} as const satisfies Readonly<Record<string, readonly boolean[]>>;

export type ContextKey = keyof typeof contextKeys;
export type ContextKeyValue<Key extends ContextKey> = (typeof contextKeys)[Key][number];

export function contextKeyId<Key extends ContextKey>(key: Key): `amiExplorer.${Key}` {
  return `amiExplorer.${key}`;
}
