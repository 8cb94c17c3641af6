export const order =
  /sort|order_?by|max(?:_by|imum)?\s*\(|max_?by|reduce|latest|newest|most_?recent|creation_?date|\bmax\b|Comparator|comparing/i;
const creationDate = /creation_?date/i;
const comparison = /[<>]|\.(?:[Aa]fter|[Bb]efore|isAfter|isBefore|compareTo|localeCompare|Compare)\b|max/;
/** The first or the last of a list. */
const pick = new RegExp(
  [
    /\bmy\s*\(\s*\$\w+\s*\)\s*=/,
    /\b(?:const|let|var)\s*\[\s*\w+\s*,?\s*\]\s*=/,
    /\[\s*(?:0|-1|:1|len\([^)]*\)\s*-\s*1|[\w.]+\.(?:length|Count|size)(?:\(\))?\s*-\s*1|\$#?-?\d+)\s*\]/,
    /\.(?:fetch|get|elementAt|ElementAt)\(0\)|\.at\(-?\d\)/,
    /\.(?:first|last|max_?[bB]y\w*|MaxBy|maxWith\w*|pop|shift|head|First|Last|FirstOrDefault|LastOrDefault|findFirst|next|getFirst|getLast|max_by|min_by|max|min|single|Single)\b/,
    /\b(?:next|max|min|first|last|reset|end|current|array_shift|array_pop)\s*\(|\bhead\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
const notImages = /\.Tags\[|BlockDeviceMappings?\[0\]|block_device_mappings?\[0\]|Reservations/;

/** What lines of code take of the images that names stand for; undefined where they take none. */
export function chosenInLines(code: string, names: ReadonlySet<string>): 'newest' | 'first' | undefined {
  // A chain is one line.
  const lines = code.replace(/[\r\n]+\s*(?=\??\.\w|->\w|\|>)/g, ' ').split(/\r\n|[\r\n]/);
  const about = lines.filter((line) => mentions(line, names));
  // Whose images they are is asked here.
  if (about.some((line) => asksOwner.test(line))) return undefined;
  if (about.some(isPicked)) return isOrdered(code, names) ? 'newest' : 'first';
  const loops = lines.flatMap((_line, index) => loopAt(lines, index, names) ?? []);
  if (loops.some(keepsNewest)) return 'newest';
  return loops.some(isLeft) ? 'first' : undefined;
}

const asksOwner = /owner_?(?:id|alias)\b.*(?:==|!=|\beq\b|\bin\b|\.equals|\.includes|\.has\b|\.contains)/i;

export function isPicked(code: string): boolean {
  const isOneKept = () => reduced.test(code) && keepsOne.test(code.replace(typeArguments, ''));
  return pick.test(code.replace(notImages, '')) || isOneKept();
}

const reduced = /\.(?:reduce|inject|fold)\b/;
const typeArguments = /<[\w\s,.:|<>[\]]{1,200}>(?=\s*\()/g;
/** Two of the images are compared, not one with a number. */
const keepsOne =
  /[\w)\]]\s*[<>]=?\s*(?:[$@]|new\s|[A-Za-z_]\w*[.[(])|\.(?:[Aa]fter|[Bb]efore|isAfter|isBefore|compareTo|localeCompare|Compare)\b|max/;

/** Whether images are put in an order, or looked at for their dates. */
export function isOrdered(code: string, names: ReadonlySet<string>): boolean {
  return creationDate.test(code) || code.split(/\r\n|[\r\n]/).some((line) => mentions(line, names) && order.test(line));
}

interface Loop {
  /** What it goes through: `image`. */
  readonly items: ReadonlySet<string>;
  readonly body: readonly string[];
}

function loopAt(lines: readonly string[], index: number, names: ReadonlySet<string>): Loop | undefined {
  const line = lines[index] ?? '';
  const isEach = /\.(?:forEach|each)\b/.test(line);
  if (!(isEach || /^\s*for(?:each)?\b/.test(line)) || !mentions(line, names)) return undefined;
  const items = isEach
    ? namesIn((/\|([^|]*)\|/.exec(line) ?? callback.exec(line) ?? []).slice(1).join(' '))
    : loopNames(line);
  const behind = lines.slice(index + 1, index + 40).filter((inner) => inner.trim() !== '');
  const end = behind.findIndex((inner) => indentOf(inner) <= indentOf(line) && inner.trim() !== '{');
  return { items: new Set(items), body: end < 0 ? behind : behind.slice(0, end) };
}

interface Assigned {
  readonly names: readonly string[];
  readonly value: string;
  readonly indent: number;
}

const condition = /^\s*if\b.*?(?:[:)]|\bthen\b)\s+(?=[$@]?\w+\s*=[^=])/;

/** `if newest is None or image.date > newest.date: newest = image`: compared with what is kept of an image only then. */
function keepsNewest({ items, body }: Loop): boolean {
  const assigned = body.map((line): Assigned => {
    const [whole = '', target = ''] = assignment.exec(line.replace(condition, '')) ?? [];
    const value = line.slice(line.indexOf(whole) + whole.length);
    return { names: namesIn(target), value, indent: indentOf(line) };
  });
  const seen = new Set(items);
  for (const { names, value } of assigned) if (mentions(value, seen)) for (const name of names) seen.add(name);
  return body.some((line, index) => {
    if (!comparison.test(line.replace(/[-=]>/g, ''))) return false;
    const words = (line.match(/\w+/g) ?? []).filter((word) => seen.has(word));
    return words.some((name) => words.some((other) => other !== name) && isKeptOn(name, index, assigned, words, seen));
  });
}

/** Whether a name is given an image where a line, or what it is a condition of, is done, and not before it. */
function isKeptOn(
  name: string,
  index: number,
  assigned: readonly Assigned[],
  words: readonly string[],
  seen: ReadonlySet<string>,
): boolean {
  const indent = assigned[index]?.indent ?? 0;
  const isBefore = assigned.slice(0, index).some((made) => made.names.includes(name) && made.indent <= indent);
  const isTwice = words.filter((word) => word === name).length > 1;
  const later = assigned.slice(isTwice ? index : index + 1);
  return !isBefore && later.some(({ names, value }) => names.includes(name) && mentions(value, seen));
}

/** `for image in images: … return image.id` or `break`. */
function isLeft({ items, body }: Loop): boolean {
  return body.some((line) => /^\s*break\b/.test(line) || (/^\s*return\b/.test(line) && !isFailure(line, items)));
}

/** `return err`, `return nil, fmt.Errorf(…)` */
function isFailure(line: string, items: ReadonlySet<string>): boolean {
  return (
    !/return\b.*\w/.test(line) ||
    (/\b(?:err|error|errors|Errorf|Err|None|nil|null)\b/.test(line) && !mentions(line, items))
  );
}

/** In columns: a tab goes to the next one that eight divide. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const blank of /^\s*/.exec(line)?.[0] ?? '')
    columns = blank === '\t' ? columns - (columns % 8) + 8 : columns + 1;
  return columns;
}

/** What the answer is assigned to: `result`, `err`, `{ Images }`. */
export function assignedNames(before: string): readonly string[] {
  const [line = ''] = before.split(/[\r\n;]/);
  const [, target = ''] = /^(.*?)\s*(?::=|(?<![=!<>])=(?![=>~]))/.exec(line) ?? [];
  return namesIn(target);
}

/** `image` of `for image in images`. */
export function loopNames(line: string): readonly string[] {
  return namesIn(loop.exec(line)?.[1] ?? '');
}

/**
 * Up to where the same name is given another value, and not only on a condition. Without other blocks that give it one:
 * what they take is of theirs.
 */
export function untilAssigned(behind: string, before: string, names: ReadonlySet<string>): string {
  const [name] = names;
  if (name === undefined) return behind;
  const again = new RegExp(`^[ \\t]*(?:(?:const|let|var|my)\\s+)?[$@%]?${name}\\s*:?=(?![=>~])(.*)$`);
  const kept: string[] = [];
  let lowest = indentOf(before);
  let otherBlock: number | undefined;
  for (const line of behind.split(/(?<=\r\n|\r(?!\n)|\n)/)) {
    const indent = line.trim() === '' ? Number.POSITIVE_INFINITY : indentOf(line);
    if (otherBlock !== undefined && indent >= otherBlock) continue;
    otherBlock = undefined;
    const [, value] = again.exec(line.trimEnd()) ?? [];
    if (value !== undefined && !mentions(value, names) && kept.length > 0) {
      if (indent <= lowest) return kept.join('');
      if (indent <= indentOf(before)) {
        otherBlock = indent;
        continue;
      }
    }
    // The first line begins with the call.
    if (kept.length > 0) lowest = Math.min(lowest, indent);
    kept.push(line);
  }
  return kept.join('');
}

const assignment =
  /^\s*(?:(?:const|let|var|final|val|my|auto)\s+)?(?:[\w<>[\],.]*[\w>\]]\s+)?([$@%\w,\s{}()[\]]+?)\s*(?::=|(?<![=!<>])=(?![=>~]))/;
const loop = /\bfor\w*\s*\(?\s*(?:const|let|var|my|final)?\s*([$&\w,\s.]+?)\s*(?:\bof\b|\bin\b|:=\s*range\b|:|\()/;
/** `images.extend(page["Images"])` */
const filling = /\b(\w+)\.(?:extend|append|push|add|addAll|AddRange|Add|concat)\((.*)/;
const parameter = /[|(]([\w,\s]+)(?:\||\)?\s*=>)/;
const callback = /(?:function\s*\w*\s*\(([\w,\s$]*)\)|\(?([\w,\s$]+)\)?\s*=>)/;

/** Names of the answer in a callback, of its images, of one of them in a loop, and of what is made of these. */
export function addDerivedNames(behind: string, names: Set<string>): void {
  const [, named, arrow] = callback.exec(behind.slice(0, 3_000)) ?? [];
  for (const name of namesIn(named ?? arrow ?? '')) names.add(name);
  for (const line of behind.split(/\r\n|[\r\n]/).slice(1)) {
    const [, filled, added = ''] = filling.exec(line) ?? [];
    if (filled !== undefined && mentions(added, names)) names.add(filled);
    for (const form of [assignment, loop, parameter]) {
      const [whole = '', made] = form.exec(line) ?? [];
      const rest = form === parameter ? line : line.slice(line.indexOf(whole) + whole.length - 1);
      if (made === undefined || !mentions(rest, names)) continue;
      for (const name of namesIn(made)) if (names.size < 40) names.add(name);
    }
  }
}

export function namesIn(text: string): readonly string[] {
  return (text.match(/\w+/g) ?? []).filter((name) => !skippedName.test(name));
}

const skippedName =
  /^(?:const|let|var|final|val|my|await|async|err|error|_|ok|_err|e|\d+|new|return|if|for|i|self|this)$/;

export function mentions(line: string, names: ReadonlySet<string>): boolean {
  return (line.match(/\w+/g) ?? []).some((word) => names.has(word));
}

export function withoutComments(text: string): string {
  return text.replace(/(^|\s)(?:#|\/\/)[^\r\n]*/g, '$1');
}
