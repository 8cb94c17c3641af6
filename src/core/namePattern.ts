import { type Replacement, wellKnownReplacements } from './familyNames.ts';
import { namesProduct, type Ownership, type ProductName, readProductName } from './marketplace.ts';
import { generalReplacements } from './nameTokens.ts';
import { escapeWildcards } from './wildcard.ts';

/**
 * A value of EC2's filter `name` that finds this name and those of the other builds of its family:
 * `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*`. A name that is nothing but dates and numbers is not
 * generalised, since the pattern would find anything; nor is the product of an image that the Marketplace sells. Undefined
 * for the empty name.
 *
 * Consists of printable ASCII only: EC2 allows no other characters in names, and an endpoint that sends them all the
 * same gets `?` in their place, so that nothing invisible reaches a user's code.
 */
export function namePatternOf(name: string, owner: Ownership = {}): string | undefined {
  if (name === '') return undefined;
  const { base, product } = partsOf(name, owner);
  let pattern = '';
  let at = 0;
  for (const { start, end, text, joins } of replacementsIn(base)) {
    const kept = base.slice(at, start);
    pattern += joins && at > 0 && !/[A-Za-z0-9]/.test(kept) ? text : literal(kept) + text;
    at = end;
  }
  pattern += literal(base.slice(at)) + (product === undefined ? '' : productPart(name, product));
  return /[A-Za-z][A-Za-z0-9]/.test(pattern) ? pattern.replaceAll(/\*{2,}/g, '*') : literal(name);
}

/**
 * A regular expression for the same names that is more exact than a pattern can be: `^web-[0-9]+$`. It has no braces,
 * quotes and backslashes in it, so that it stands as it is in the strings of any language, and means the same to RE2,
 * JavaScript and Python.
 *
 * @param build for builds of any form, in the place of expressions for the forms in this name
 */
export function nameExpressionOf(name: string, owner: Ownership, build?: string): string {
  const { base, product } = partsOf(name, owner);
  let expression = '';
  let at = 0;
  for (const part of replacementsIn(base)) {
    const kept = base.slice(at, part.start);
    const joined = build !== undefined && at > 0 && !/[A-Za-z0-9]/.test(kept);
    expression += joined ? '' : literalExpression(kept) + (build ?? part.expression);
    at = part.end;
  }
  const sold = product === undefined ? '' : `[ -]+${literalExpression(product.id)}.*`;
  return `^${expression}${literalExpression(base.slice(at))}${sold}$`;
}

/**
 * The pattern with the separators that this build's parts have in them, which patterns for any build leave out:
 * `app-v*.*.*-20*`. With `each`, a `?` for each character in the place of `*`: `web-??`.
 */
export function nameShapeOf(name: string, owner: Ownership, each: boolean): string {
  const { base, product } = partsOf(name, owner);
  let shape = '';
  let at = 0;
  for (const { start, end, text, expression } of replacementsIn(base)) {
    const part = base.slice(start, end);
    // What the pattern keeps of the part, a century or a `v`, stays here, too; so does a word such as `build`.
    const kept = expression === part ? part.length : (/^[0-9A-Za-z]*/.exec(text)?.[0].length ?? 0);
    const changing = part.slice(kept).replaceAll(each ? /[0-9A-Za-z]/g : /[0-9A-Za-z]+/g, each ? '?' : '*');
    shape += literal(base.slice(at, start)) + part.slice(0, kept) + changing;
    at = end;
  }
  return shape + literal(base.slice(at)) + (product === undefined ? '' : productPart(name, product));
}

function partsOf(name: string, owner: Ownership): { readonly base: string; readonly product: ProductName | undefined } {
  const product = namesProduct(owner) ? readProductName(name) : undefined;
  return { base: product?.base ?? name, product };
}

/** In their order, none within another. */
function replacementsIn(name: string): readonly Replacement[] {
  const sorted = [...(wellKnownReplacements(name) ?? generalReplacements(name))].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
  let at = 0;
  return sorted.filter(({ start, end }) => {
    if (start < at) return false;
    at = end;
    return true;
  });
}

/** The product's id as it stands; sellers are not strict with what stands around it. */
function productPart(name: string, { base, id, start, end }: ProductName): string {
  const separator = name.slice(base.length, start);
  return `${separator === '-' ? separator : '*'}${id}${end < name.length ? '*' : ''}`;
}

function literal(text: string): string {
  return [...text].map((character) => (/[ -~]/.test(character) ? escapeWildcards(character) : '?')).join('');
}

function literalExpression(text: string): string {
  return [...text]
    .map((character) => {
      if (/[A-Za-z0-9 _/@:,-]/.test(character)) return character;
      return /[.()]/.test(character) ? `[${character}]` : '.';
    })
    .join('');
}
