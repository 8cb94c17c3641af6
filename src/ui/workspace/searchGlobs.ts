/** Folders that have no code of the user's own. */
const neverSearchedFolders: readonly string[] = ['.git', '.terraform', 'node_modules'];

/** The endings of files that cannot have references. The thread would find out by reading them. */
const neverText: readonly string[] = [
  ...[
    'png',
    'jpg',
    'jpeg',
    'gif',
    'webp',
    'ico',
    'svg',
    'pdf',
    'woff',
    'woff2',
    'ttf',
    'eot',
    'mp3',
    'mp4',
    'mov',
    'avi',
  ],
  ...['zip', 'gz', 'tgz', 'bz2', 'xz', '7z', 'jar', 'war', 'class', 'so', 'dll', 'dylib', 'exe', 'bin', 'wasm'],
  ...['sqlite', 'db', 'pyc', 'map'],
];

/** The most patterns that one with braces is taken apart into. */
const maxChoices = 100;

/** A glob for what some patterns of settings hide, and for what is never searched. */
export function excludingGlob(patterns: readonly string[]): string {
  const own = [...neverSearchedFolders.map((name) => `**/${name}`), ...neverText.map((ending) => `**/*.${ending}`)];
  return `{${[...new Set([...patterns.flatMap(withoutBraces), ...own])].join(',')}}`;
}

/** Whether the file of a path, with `/`, is left out whatever the settings say. */
export function isNeverSearched(path: string): boolean {
  const parts = path.split('/');
  const ending = /\.([^.]+)$/.exec(parts.at(-1) ?? '')?.[1];
  return neverSearchedFolders.some((name) => parts.includes(name)) || (!!ending && neverText.includes(ending));
}

/** Braces do not nest in the editor's globs: the inner ones would end the outer ones. */
function withoutBraces(pattern: string): readonly string[] {
  let patterns: readonly string[] = [pattern];
  while (patterns.some((each) => innermost.test(each)) && patterns.length <= maxChoices) {
    patterns = patterns.flatMap((each) => {
      const [braces, choices] = innermost.exec(each) ?? [];
      return braces === undefined || choices === undefined
        ? [each]
        : choices.split(',').map((choice) => each.replace(braces, () => choice));
    });
  }
  // What is left of them, as a comma of a name, stands for itself.
  return patterns.map((each) => each.replace(/[{},]/g, '?'));
}

const innermost = /\{([^{}]*)\}/;
