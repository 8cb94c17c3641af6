import { type Replacement, wellKnownReplacements } from './familyNames.ts';
import { endsWithProductId, type Ownership, type ProductName, readProductName } from './marketplace.ts';
import { generalReplacements } from './nameTokens.ts';
import { escapeWildcards } from './wildcard.ts';

/**
 * A value of EC2's filter `name` that finds the builds of this name's family:
 * `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*`. A name of only dates and numbers stays as it is, since
 * its pattern would find anything; so does the product id of a Marketplace image. Undefined for the empty name.
 *
 * The result is printable ASCII. EC2 allows no other characters in names, and those of other endpoints become `?`, so
 * that nothing invisible gets into a user's code.
 */
export function namePatternOf(name: string, owner: Ownership = {}): string | undefined {
  if (name === '') return undefined;
  const { base, product } = partsOf(name, owner);
  let pattern = '';
  let at = 0;
  for (const { start, end, text, joins } of replacementsIn(base)) {
    const unchanged = base.slice(at, start);
    pattern += joins && at > 0 && !/[A-Za-z0-9]/.test(unchanged) ? text : literal(unchanged) + text;
    at = end;
  }
  pattern += literal(base.slice(at)) + (product === undefined ? '' : productPart(name, product));
  return /[A-Za-z][A-Za-z0-9]/.test(pattern) ? pattern.replaceAll(/\*{2,}/g, '*') : literal(name);
}

/**
 * A regular expression that is more exact than the pattern: `^web-[0-9]+$`. It has no braces, quotes or backslashes, so
 * it needs no escaping in any language and means the same to RE2, JavaScript and Python.
 *
 * @param build an expression for builds of any form, instead of those for the forms in this name
 */
export function nameExpressionOf(name: string, owner: Ownership, build?: string): string {
  const { base, product } = partsOf(name, owner);
  let expression = '';
  let at = 0;
  for (const part of replacementsIn(base)) {
    const unchanged = base.slice(at, part.start);
    const joined = build !== undefined && at > 0 && !/[A-Za-z0-9]/.test(unchanged);
    expression += joined ? '' : literalExpression(unchanged) + (build ?? part.expression);
    at = part.end;
  }
  const sold = product === undefined ? '' : `[ -]+${literalExpression(product.id)}.*`;
  return `^${expression}${literalExpression(base.slice(at))}${sold}$`;
}

/**
 * The pattern, with the separators inside this build's parts: `app-v*.*.*-20*`. With `each`, a `?` for each character
 * instead of `*`: `web-??`.
 */
export function nameShapeOf(name: string, owner: Ownership, each: boolean): string {
  const { base, product } = partsOf(name, owner);
  let shape = '';
  let at = 0;
  for (const { start, end, text, expression } of replacementsIn(base)) {
    const part = base.slice(start, end);
    // The beginning that the pattern keeps, such as a century or a `v`, stays here too; so does a word such as `build`.
    const prefixLength = expression === part ? part.length : (/^[0-9A-Za-z]*/.exec(text)?.[0].length ?? 0);
    const changing = part.slice(prefixLength).replaceAll(each ? /[0-9A-Za-z]/g : /[0-9A-Za-z]+/g, each ? '?' : '*');
    shape += literal(base.slice(at, start)) + part.slice(0, prefixLength) + changing;
    at = end;
  }
  return shape + literal(base.slice(at)) + (product === undefined ? '' : productPart(name, product));
}

function partsOf(name: string, owner: Ownership): { readonly base: string; readonly product: ProductName | undefined } {
  const product = endsWithProductId(owner) ? readProductName(name) : undefined;
  return { base: product?.base ?? name, product };
}

/** Sorted and without overlaps. */
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

/** The product's id, with wildcards around it where sellers' names differ. */
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
