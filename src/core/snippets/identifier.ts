/** Names of variables, resources and parameters, made from an image's name. */

/** ASCII words of a label in lower case; at least one, and the first begins with a letter. */
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

function camelCase(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? word : capitalised(word))).join('');
}

/** `ubuntu2404Amd64Image`: the ending avoids JavaScript's reserved words. */
export function variableName(words: readonly string[]): string {
  return camelCase(words.at(-1) === 'image' ? words : [...words, 'image']);
}

/** `Ubuntu2404Amd64Image`: the ending avoids words with a special meaning in YAML. */
export function logicalName(words: readonly string[]): string {
  const name = words.map(capitalised).join('');
  return words.at(-1) === 'image' ? name : `${name}Image`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Makes a name unique: a second `web` becomes `web` with the number 2 after it. */
export function unique(taken: Set<string>, name: string, separator: string): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate); number++) candidate = `${name}${separator}${number}`;
  taken.add(candidate);
  return candidate;
}
