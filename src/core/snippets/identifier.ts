/** Names for variables, resources and parameters, made from what an image is called. */

/** ASCII words of a label in lower case; at least one, the first beginning with a letter. */
export function wordsOf(label: string): readonly string[] {
  const words = label
    .normalize('NFKD')
    .replaceAll(/(\d)\.(?=\d)/g, '$1 ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const limited = words.slice(0, 10).map((word) => word.slice(0, 30));
  const [first] = limited;
  return first !== undefined && /^[a-z]/.test(first) ? limited : ['image', ...limited];
}

/** `ubuntu_24_04_amd64` */
export function snakeCase(words: readonly string[]): string {
  return words.join('_');
}

/** `ubuntu2404Amd64` */
export function camelCase(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? word : capitalised(word))).join('');
}

/** `Ubuntu2404Amd64` */
export function pascalCase(words: readonly string[]): string {
  return words.map(capitalised).join('');
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Gives each name once: a second `web` becomes `web` with the number 2 after it. */
export function unique(taken: Set<string>, name: string, separator: string): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate); number++) candidate = `${name}${separator}${number}`;
  taken.add(candidate);
  return candidate;
}
