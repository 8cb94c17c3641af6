import { describe, expect, it } from 'vitest';
import type { RegionClue, RegionStatement } from '../../src/code/reading.ts';
import { nameExplainer } from '../../src/code/regions/explainedNames.ts';
import { regionInForce } from '../../src/code/regions/regionInForce.ts';

const span = { start: 0, end: 0 };
const stated = (region: string, more: Partial<RegionClue> = {}): RegionClue =>
  ({ kind: 'stated', regions: [region], from: 'argument', span, ...more }) as RegionClue;
const named = (name: string): RegionClue => ({ kind: 'named', name, from: 'provider' });

function statement(name: string, told: string, more: Partial<RegionStatement> = {}): RegionStatement {
  const isRegion = told.includes('-');
  return { name, regions: isRegion ? [told] : [], refersTo: isRegion || told === '' ? undefined : told, span, ...more };
}

function told(clues: readonly RegionClue[], files: Readonly<Record<string, readonly RegionStatement[]>> = {}) {
  const [own, ...others] = Object.entries({ 'a/main.tf': [], ...files }).map(([path, statements]) => ({
    path,
    statements,
  }));
  if (!own) throw new Error('no file');
  const { regions, isGuess } = regionInForce(clues, own.path, nameExplainer(own, others));
  return isGuess ? [...regions, 'guess'] : regions;
}

describe('the region in force', () => {
  it('is told by the first clue that tells one', () => {
    expect(told([named('nobody'), stated('eu-west-1'), stated('us-east-1')])).toEqual(['eu-west-1']);
  });

  it('is a hint only where nothing else tells', () => {
    const zone = stated('us-east-1', { isHint: true });
    expect(told([zone, stated('eu-west-1')])).toEqual(['eu-west-1']);
    expect(told([zone, named('nobody')])).toEqual(['us-east-1', 'guess']);
    expect(told([{ kind: 'untold' }, zone])).toEqual(['us-east-1', 'guess']);
  });

  it('is nothing behind a statement that does not tell, but for the path', () => {
    const clues = [named('var.region'), stated('eu-west-1'), stated('sa-east-1', { from: 'path' })];
    expect(told(clues, { 'a/main.tf': [statement('var.region', '')] })).toEqual(['sa-east-1']);
    expect(told([{ kind: 'untold' }, stated('sa-east-1', { from: 'path' })])).toEqual([]);
  });

  it('follows names through files', () => {
    expect(
      told([named('provider:aws')], {
        'a/main.tf': [],
        'a/providers.tf': [statement('provider:aws', 'local.region')],
        'a/locals.tf': [statement('local.region', 'var.region')],
        'a/variables.tf': [statement('var.region', 'us-west-2')],
      }),
    ).toEqual(['us-west-2']);
  });

  it('takes what is assigned before a default, and what a file assigns for itself before all', () => {
    const files = {
      'a/main.tf': [],
      'a/variables.tf': [statement('var.region', 'us-east-1')],
      'a/terraform.tfvars': [statement('var.region', 'eu-west-1', { strength: 'assigned' })],
      'a/prod.tfvars': [statement('var.region', 'eu-west-2', { strength: 'ownFile' })],
    };
    expect(told([named('var.region')], files)).toEqual(['eu-west-1']);
    const { 'a/prod.tfvars': prod, ...others } = files;
    const ownFirst = [
      { path: 'a/prod.tfvars', statements: prod },
      ...Object.entries(others).map(([path, statements]) => ({ path, statements })),
    ];
    const [own, ...rest] = ownFirst;
    if (!own) throw new Error('no file');
    expect(regionInForce([named('var.region')], own.path, nameExplainer(own, rest)).regions).toEqual(['eu-west-2']);
  });

  it('takes a file to choose from only where nothing else tells, and all of them agree', () => {
    const prod = [statement('var.region', 'eu-west-2', { strength: 'ownFile' })];
    const dev = [statement('var.region', 'us-east-1', { strength: 'ownFile' })];
    const none = { 'a/main.tf': [statement('var.region', '')] };
    expect(told([named('var.region')], { ...none, 'a/prod.tfvars': prod })).toEqual(['eu-west-2']);
    expect(told([named('var.region')], { ...none, 'a/prod.tfvars': prod, 'a/dev.tfvars': dev })).toEqual([]);
  });

  it('is untold by two of a name that contradict each other in a folder, and by a circle of names', () => {
    const two = {
      'a/x.tf': [statement('provider:aws', 'us-east-1')],
      'a/y.tf': [statement('provider:aws', 'us-west-2')],
    };
    expect(told([named('provider:aws')], two)).toEqual([]);
    const circle = { 'a/main.tf': [statement('local.a', 'local.b'), statement('local.b', 'local.a')] };
    expect(told([named('local.a')], circle)).toEqual([]);
  });

  it('takes the closest folder', () => {
    const folders = {
      'a/b/region.hcl': [statement('region', 'us-east-1')],
      'a/region.hcl': [statement('region', 'us-west-2')],
    };
    expect(told([named('region')], folders)).toEqual(['us-east-1']);
  });

  it('is several where a name is used for several', () => {
    const uses = ['us-east-1', 'us-west-2', 'us-east-1'].map((region) =>
      statement('used:var.ami', region, { isOneOfMany: true }),
    );
    expect(told([named('used:var.ami')], { 'a/main.tf': uses })).toEqual(['us-east-1', 'us-west-2']);
  });
});
