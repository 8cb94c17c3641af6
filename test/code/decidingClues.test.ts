import { expect, it } from 'vitest';
import type { RegionClue } from '../../src/code/reading.ts';
import type { RegionSource } from '../../src/code/reference.ts';
import { decidingClues } from '../../src/code/regions/decidingClues.ts';
import type { ExplainName } from '../../src/code/regions/explainedNames.ts';
import { regionInForce } from '../../src/code/regions/regionInForce.ts';

const span = { start: 0, end: 0 };
const stated = (regions: readonly string[], from: RegionSource, isHint = false): RegionClue => ({
  kind: 'stated',
  regions,
  from,
  span,
  isHint,
});

const kinds: readonly RegionClue[] = [
  stated(['us-east-1'], 'argument'),
  stated(['eu-west-1'], 'path'),
  stated(['sa-east-1'], 'comment', true),
  stated([], 'block'),
  { kind: 'named', name: 'var.told', from: 'provider' },
  { kind: 'named', name: 'var.computed', from: 'provider' },
  { kind: 'named', name: 'var.unknown', from: 'provider' },
  { kind: 'untold' },
];

const explain: ExplainName = (name) =>
  name === 'var.told'
    ? { regions: ['ap-south-1'], path: 'variables.tf', span }
    : name === 'var.computed'
      ? 'untold'
      : undefined;

function* orders(length: number): Generator<readonly RegionClue[]> {
  if (length === 0) yield [];
  else for (const first of kinds) for (const rest of orders(length - 1)) yield [first, ...rest];
}

it('leaves out nothing that could tell another region', () => {
  for (const clues of orders(4)) {
    const all = regionInForce(clues, 'main.tf', explain);
    expect(regionInForce(decidingClues(clues), 'main.tf', explain)).toEqual(all);
  }
});

it('looks for nothing behind the clue that decides', () => {
  function* clues() {
    yield stated(['sa-east-1'], 'comment', true);
    yield stated(['us-east-1'], 'argument');
    throw new Error('asked for more');
  }
  expect(decidingClues(clues())).toHaveLength(2);
});
