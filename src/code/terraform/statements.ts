import type { RegionClue, RegionStatement } from '../reading.ts';
import { isRegionKey, regionBeside } from '../regions/keyClues.ts';
import { regionNamed, regionsIn } from '../regions/regionNames.ts';
import type { TextSpan } from '../textSpan.ts';
import { type CodeNode, childrenOf, type EntryNode, entryOf } from '../tree/codeTree.ts';
import { providerName, terraformName } from './blocks.ts';
import type { TerraformFile } from './fileKind.ts';

/** What other files say of a region where no provider does: a variable or a value with a name such as `aws_region`. */
export const regionVariable = 'variable:region';
/** The region of a file of values, or of Terragrunt's inputs. */
export const regionOfValues = 'values:region';
/** The zones in a file, which are in one region as a rule. */
export const regionOfZones = 'zones:region';
/** Where a variable or a local is used. */
export const usesOf = (name: string) => `uses:${name}`;

type Told = Pick<RegionStatement, 'regions' | 'refersTo' | 'span'>;

/** What a block or an attribute of the top level states about regions. */
export function terraformStatements(block: EntryNode, file: TerraformFile): readonly RegionStatement[] {
  return [...regionStatements(block, file), ...zoneStatements(block)];
}

/** A zone as a value of its own: `availability_zone = "us-east-1b"`, the default of a variable. */
function zoneStatements(node: CodeNode): readonly RegionStatement[] {
  if (node.kind !== 'text') return childrenOf(node).flatMap(zoneStatements);
  if (node.value.length > 40) return [];
  const [found] = regionsIn(node.value);
  const isZone = found?.isZone && found.span.start === 0 && found.span.end === node.value.length;
  return isZone ? [{ name: regionOfZones, regions: [found.region], refersTo: undefined, span: node.span }] : [];
}

function regionStatements(block: EntryNode, file: TerraformFile): readonly RegionStatement[] {
  const { key, labels, value } = block;
  switch (key) {
    case 'provider':
      return providerStatements(block);
    case 'variable':
      return variableStatements(block);
    case 'locals':
      return value.kind === 'map'
        ? value.entries.flatMap((entry) => [...localStatements(entry), ...uses(entry, `local.${entry.key}`)])
        : [];
    case 'inputs':
      return value.kind === 'map' ? value.entries.flatMap((entry) => valueStatements(entry, file)) : [];
    case 'data':
      return labels[0] === 'aws_region' && labels[1] !== undefined
        ? [{ name: `data.aws_region.${labels[1]}`, ...toldByBlock(block) }, ...uses(block)]
        : uses(block);
    case 'resource':
    case 'module':
    case 'source':
    case 'ephemeral':
      return uses(block);
    default:
      return labels.length === 0 ? valueStatements(block, file) : [];
  }
}

function providerStatements({ labels: [type], value, span }: EntryNode): readonly RegionStatement[] {
  if (type !== 'aws' && type !== 'awscc') return [];
  const alias = entryOf(value, 'alias')?.value;
  const suffix = alias?.kind === 'text' || alias?.kind === 'name' ? `.${alias.value}` : '';
  const region = entryOf(value, 'region')?.value;
  const told = region ? toldBy(region) : { regions: [], refersTo: undefined, span };
  return [{ name: `provider:${type}${suffix}`, ...told }];
}

function variableStatements({ labels: [name = ''], value, span }: EntryNode): readonly RegionStatement[] {
  const preset = entryOf(value, 'default')?.value;
  const own: Told = preset ? toldBy(preset) : { regions: [], refersTo: undefined, span };
  return [
    { name: `var.${name}`, ...own },
    ...(preset ? nested(`var.${name}`, preset) : []),
    ...(isRegionKey(name) && preset && isTold(preset) ? [{ name: regionVariable, ...own }] : []),
  ];
}

function localStatements({ key, value }: EntryNode): readonly RegionStatement[] {
  const told = toldBy(value);
  return [
    { name: `local.${key}`, ...told },
    ...nested(`local.${key}`, value),
    ...(isRegionKey(key) && isTold(value) ? [regionVariable, regionOfValues].map((name) => ({ name, ...told })) : []),
  ];
}

/** Values of variables, in a file of them or in Terragrunt's inputs. */
function valueStatements({ key, value }: EntryNode, file: TerraformFile): readonly RegionStatement[] {
  const told = toldBy(value);
  const strength = file === 'values' ? ('assigned' as const) : ('ownFile' as const);
  return [
    { name: `var.${key}`, ...told, strength },
    ...nested(`var.${key}`, value).map((statement) => ({ ...statement, strength })),
    ...(isRegionKey(key) && isTold(value)
      ? [regionVariable, regionOfValues].map((name) => ({ name, ...told, strength }))
      : []),
  ];
}

/** `var.aws.region` of a variable whose value is a map, `local.regions.0` of a list. */
function nested(name: string, value: CodeNode): readonly RegionStatement[] {
  const parts =
    value.kind === 'map'
      ? value.entries.map(({ key, value }) => ({ key, value }))
      : value.kind === 'list'
        ? value.items.map((item, index) => ({ key: `${index}`, value: item }))
        : [];
  return parts.slice(0, 100).flatMap(({ key, value: part }) => {
    const told = toldBy(part);
    return told.regions.length > 0 ? [{ name: `${name}.${key}`, ...told }] : [];
  });
}

/** Whether a region is written there, be it one that does not exist. */
function isTold(value: CodeNode): boolean {
  return value.kind === 'text' && value.value !== '' && !value.isTemplate;
}

function toldBy(value: CodeNode): Told {
  const region = value.kind === 'text' ? regionNamed(value.value) : undefined;
  return { regions: region === undefined ? [] : [region], refersTo: terraformName(value), span: value.span };
}

/** Each variable and local of an image that a block uses, with the block's region. */
function uses(block: EntryNode, asName?: string): readonly RegionStatement[] {
  const names = new Map<string, TextSpan>();
  collectNames(block, false, names);
  if (names.size === 0) return [];
  const told = asName === undefined ? toldByBlock(block) : { regions: [], refersTo: usesOf(asName) };
  return Array.from(names, ([name, span]) => ({ name: usesOf(name), ...told, span, isOneOfMany: true }));
}

const ofImages = /ami|image/i;

function collectNames(node: CodeNode, isOfImages: boolean, names: Map<string, TextSpan>): void {
  if (node.kind === 'name' || (node.kind === 'text' && node.isTemplate)) {
    for (const [name] of node.value.matchAll(/\b(?:var|local|user)\.[\w-]+|(?<=\{\{\s*user `)[\w-]+/g)) {
      const whole = name.includes('.') ? name : `user.${name}`;
      if (isOfImages || ofImages.test(node.value)) names.set(whole, node.span);
    }
    return;
  }
  const isInside = isOfImages || (node.kind === 'entry' && node.labels.length === 0 && ofImages.test(node.key));
  for (const child of childrenOf(node)) collectNames(child, isInside, names);
}

function toldByBlock(block: EntryNode): Told {
  const [clue] = blockClues(block);
  if (clue?.kind === 'stated') return { regions: clue.regions, refersTo: undefined, span: clue.span };
  return { regions: [], refersTo: clue?.kind === 'named' ? clue.name : undefined, span: block.span };
}

/** The region that a block as a whole is in: its own, that of its provider, or that of the default provider. */
export function blockClues(block: EntryNode): readonly RegionClue[] {
  const beside = block.value.kind === 'map' ? regionBeside(block.value, terraformName) : [];
  return [...beside, ...providerClues(block)];
}

export function providerClues({ key, value }: EntryNode): readonly RegionClue[] {
  if (key === 'source') return [];
  const providers = key === 'module' ? entryOf(value, 'providers')?.value : undefined;
  const passed = providers ? entryOf(providers, 'aws') : entryOf(value, 'provider');
  const name = passed && providerName(passed.value);
  if (name === undefined || name === defaultProvider) {
    return [inDefaultProvider];
  }
  return [{ kind: 'named', name, from: 'provider' }, { kind: 'untold' }];
}

const defaultProvider = 'provider:aws';

export const inDefaultProvider: RegionClue = { kind: 'named', name: defaultProvider, from: 'provider' };
