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
  const product = namesProduct(owner) ? readProductName(name) : undefined;
  const base = product?.base ?? name;
  const replacements = [...(wellKnownReplacements(base) ?? generalReplacements(base))].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
  const pattern = replace(base, replacements) + (product === undefined ? '' : productPart(name, product));
  return /[A-Za-z]{2}/.test(pattern) ? pattern.replaceAll(/\*{2,}/g, '*') : literal(name);
}

/** The product's id as it stands; sellers are not strict with what stands around it. */
function productPart(name: string, { base, id, start, end }: ProductName): string {
  const separator = name.slice(base.length, start);
  return `${separator === '-' ? separator : '*'}${id}${end < name.length ? '*' : ''}`;
}

function replace(name: string, replacements: readonly Replacement[]): string {
  let pattern = '';
  let at = 0;
  for (const { start, end, text } of replacements) {
    // A part may lie within another one.
    if (start < at) continue;
    pattern += literal(name.slice(at, start)) + text;
    at = end;
  }
  return pattern + literal(name.slice(at));
}

function literal(text: string): string {
  return [...text].map((character) => (/[ -~]/.test(character) ? escapeWildcards(character) : '?')).join('');
}
