import type { LookupChoice } from '../reference.ts';

/** Variables that are made of the answer, and of these. */
const maxSteps = 3;
const maxExpression = 2_000;

const order = /\bsort\b|\bsort_by\b|\bmax\b|\bmin\b|\breverse\b/;
const one = /\|\s*(?:first|last|max|min)\b|\[\s*-?\d+\s*\]|\.\d+\b|\b(?:max|min)_by\(/;
/** Of one image, or of what is around the list: they choose none. */
const notImages = /block_device_mappings(?:\[\d+\]|\.\d+)|\.results(?:\[\d+\]|\.\d+)(?=\.images)/g;

/** What the expressions of a play take of the images in a variable: `… | sort(attribute='creation_date') | last`. */
export function chosenByJinja(text: string, variable: string): LookupChoice {
  const names = new Set([variable]);
  let isSorted = false;
  let isOne = false;
  for (let step = 0; step < maxSteps; step += 1) {
    const known = names.size;
    for (const { key, expression } of expressionsWith(text, names)) {
      const images = expression.replace(notImages, '');
      isSorted ||= order.test(images);
      isOne ||= one.test(images);
      if (key !== undefined && !/^(?:when|msg|that|var|debug|image|image_id|ami|ami_id|until|assert)$/.test(key))
        names.add(key);
    }
    if (names.size === known) break;
  }
  if (!isOne) return 'unknown';
  return isSorted ? 'newest' : 'first';
}

/** Jinja in `{{ … }}`, and conditions, with the key that they are the value of. */
function expressionsWith(text: string, names: ReadonlySet<string>) {
  const found: { readonly key: string | undefined; readonly expression: string }[] = [];
  const name = new RegExp(
    `(?<![\\w.'"-])(?:${[...names].map((one) => one.replace(/\W/g, '\\$&')).join('|')})(?![\\w-])`,
    'g',
  );
  for (const { index } of text.matchAll(name)) {
    const open = text.lastIndexOf('{{', index);
    const close = text.indexOf('}}', index);
    const isInside = open >= 0 && close >= 0 && close - open < maxExpression && !text.slice(open, index).includes('}}');
    if (!isInside) continue;
    const key = /([\w-]+)["']?\s*:\s*(?:[|>][-+]?\s*)?["']?[^\n:{}]*$/.exec(
      text.slice(Math.max(0, open - 200), open),
    )?.[1];
    found.push({ key, expression: text.slice(open, close) });
  }
  return found;
}
