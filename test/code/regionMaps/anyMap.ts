/** A pseudo-random number generator (mulberry32), so that a failure can be repeated by its seed. */
export function randomOf(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  const pick = <T>(...values: readonly T[]): T => values[below(values.length)] as T;
  return { below, pick, chance: (share: number) => next() < share };
}

type Random = ReturnType<typeof randomOf>;

export type MapLanguage = 'hcl' | 'yaml' | 'json' | 'script' | 'python';

const someRegions = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'ap-southeast-2',
  'sa-east-1',
  'us-gov-west-1',
  'ap-northeast-1',
  'ca-central-1',
] as const;

export function anyId(random: Random): string {
  // The first digits keep it from being a placeholder.
  return `ami-0a9${Array.from({ length: 14 }, () => random.pick(...'0123456789abcdef')).join('')}`;
}

/** A file of one language with a region map, as people write them, and other code around it. */
export function anyMapText(language: MapLanguage, random: Random): string {
  const regions = someRegions.filter(() => random.chance(0.6));
  if (regions.length === 0) regions.push('us-east-1');
  if (random.chance(0.4)) regions.sort();
  const inner = random.pick([], [], ['HVM64'], ['x86_64', 'arm64'], ['x86_64', 'arm64', 'user']) as readonly string[];
  const style = styleOf(language, random);
  const rows = regions.map((region, index) => {
    const isFirst = index === 0;
    const isPlain = inner.length === 0;
    const value = isPlain
      ? style.leaf(isFirst, random)
      : style.map(
          inner
            .filter((key) => isFirst || key !== 'arm64' || random.chance(0.7))
            .map((key) => [style.innerKey(key), key === 'user' ? style.text('ubuntu') : style.leaf(isFirst, random)]),
          2,
        );
    return [style.key(region), value] as const;
  });
  return style.whole(style.map(rows, 1));
}

interface Style {
  readonly key: (region: string) => string;
  readonly innerKey: (key: string) => string;
  readonly text: (value: string) => string;
  readonly leaf: (isFirst: boolean, random: Random) => string;
  readonly map: (rows: readonly (readonly [string, string])[], depth: number) => string;
  readonly whole: (map: string) => string;
}

function styleOf(language: MapLanguage, random: Random): Style {
  const quote = language === 'json' || language === 'hcl' ? '"' : random.pick('"', "'");
  const isQuoted = random.chance(0.5) || language === 'json' || language === 'script' || language === 'python';
  const hasComments = language !== 'json' && random.chance(0.5);
  const mark = language === 'script' ? '//' : '#';
  const isBlock = language === 'yaml' && random.chance(0.7);
  const isInline = !isBlock && random.chance(0.25);
  const hasCommas = language !== 'hcl' || isInline || random.chance(0.2);
  const hasTrailing = language !== 'json' && random.chance(0.5);
  const separator = language === 'hcl' ? random.pick(' = ', ' = ', '=', ' : ') : random.pick(': ', ': ', ':  ', ' : ');
  const end = random.pick('\n', '\n', '\r\n');
  const unit = random.pick('  ', '    ');
  const text = (value: string) => (isBlock && !isQuoted ? value : `${quote}${value}${quote}`);
  const empty = { hcl: 'null', yaml: '~', json: 'null', script: 'undefined', python: 'None' }[language];
  const comment = () =>
    hasComments && random.chance(0.4) ? ` ${mark} ${random.pick('ok', 'a "b', "it's {", 'x, y = z')}` : '';
  const map: Style['map'] = (rows, depth) => {
    const indent = unit.repeat(depth + 1);
    if (isBlock) {
      const lines = rows.map(([key, value]) =>
        value.startsWith(end) ? `${indent}${key}:${value}` : `${indent}${key}: ${value}${comment()}`,
      );
      return end + lines.join(end);
    }
    const commas = hasCommas ? ',' : '';
    if (isInline || (depth === 2 && random.chance(0.3) && hasCommas)) {
      return `{ ${rows.map(([key, value]) => key + separator + value).join(`${commas} `)} }`;
    }
    const lines = rows.map(
      ([key, value], index) =>
        `${indent}${key}${separator}${value}${index === rows.length - 1 && !hasTrailing ? '' : commas}${comment()}`,
    );
    return `{${end}${lines.join(end)}${end}${unit.repeat(depth)}}`;
  };
  const around: Readonly<Record<MapLanguage, (map: string) => string>> = {
    hcl: (whole) => `variable "x" {${end}${unit}default = ${whole}${end}}${end}`,
    yaml: (whole) => `before: 1${end}amis:${isBlock ? '' : ' '}${whole}${end}after: { a: 1 }${end}`,
    json: (whole) => `{"before": [1],${end} "amis": ${whole}, "after": {"a": 1}}${end}`,
    script: (whole) => `const before = { a: 1 };${end}const amis = ${whole};${end}`,
    python: (whole) => `before = {"a": 1}${end}amis = ${whole}${end}`,
  };
  return {
    key: (region) => (isQuoted ? `${quote}${region}${quote}` : region),
    innerKey: (key) => (isQuoted ? `${quote}${key}${quote}` : key),
    text,
    leaf: (isFirst, by) =>
      isFirst || by.chance(0.6) ? text(anyId(by)) : by.pick(`${quote}${quote}`, empty, text('TODO')),
    map,
    whole: around[language],
  };
}
