const imageStates = [
  'available',
  'pending',
  'failed',
  'disabled',
  'deregistered',
  'error',
  'invalid',
  'transient',
] as const;

const instanceStates = ['pending', 'running', 'shutting-down', 'terminated', 'stopping', 'stopped'] as const;

/**
 * The kinds of tree items and the flags of each kind, for `when` clauses of menus. `named`: the names of the images tell
 * their family; `public`: a family of a publisher's images; `series`: images that take each other's place, and not the
 * rest of a publisher's; `owned`: the account owns the image, wherever it stands; `pinnedImage`: the image is pinned;
 * `pinnedFamily`: the image stands for a pinned family; `newer`: there is a newer image that can take its place in
 * files; `imageable`: an image can be made of the instance as it is; `signedOut`: signing in may resolve the error.
 */
export const treeItemFlags = {
  region: [],
  scope: ['pinned', 'owned', 'shared', 'latest', 'public'],
  publisher: [],
  family: ['named', 'public'],
  publicFamily: ['series'],
  latestGroup: [],
  image: ['owned', 'pinnedImage', 'pinnedFamily', 'newer', ...imageStates],
  parameter: [],
  missingPin: [],
  instance: ['imageable', ...instanceStates],
  error: ['signedOut'],
  codeGroup: [],
  codePlace: ['newer'],
  codeMore: [],
  more: [],
  note: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type TreeItemKind = keyof typeof treeItemFlags;
export type TreeItemFlag<Kind extends TreeItemKind> = (typeof treeItemFlags)[Kind][number];

/** The `contextValue` of an item: its kind, followed by its flags. */
export function contextValue<Kind extends TreeItemKind>(
  kind: Kind,
  ...flags: readonly (TreeItemFlag<Kind> | undefined)[]
): string {
  return [kind, ...flags.filter((flag) => flag !== undefined)].join(' ');
}

/** Undefined for a state that this version does not know, which may be any text. */
export function imageStateFlag(state: string | undefined): (typeof imageStates)[number] | undefined {
  return imageStates.find((known) => known === state);
}

/** As `imageStateFlag`. */
export function instanceStateFlag(state: string): (typeof instanceStates)[number] | undefined {
  return instanceStates.find((known) => known === state);
}
