import { oncePer } from '../oncePer.ts';
import type { RegionClue, StatedClue } from '../reading.ts';
import type { RegionSource } from '../reference.ts';
import { type CodeNode, countParts, type EntryNode, type MapNode } from '../tree/codeTree.ts';
import { regionNamed, regionOfCode, regionsIn } from './regionNames.ts';

/** The name by which a language's statements know a value that stands elsewhere: `var.region`; undefined for others. */
export type NameOf = (value: CodeNode) => string | undefined;

/**
 * What the code around a reference says of its region, from the closest to the farthest: keys of maps, `region` beside
 * it, a pair of a region and an id.
 *
 * @param around the nodes around the reference, the outermost first, see `nodesAround`
 */
export function keyClues(around: readonly CodeNode[], nameOf: NameOf): readonly RegionClue[] {
  const inner = around.toReversed();
  return inner.flatMap((node, index) => {
    switch (node.kind) {
      case 'entry':
        return [...regionOfKey(node, inner[index + 1]), ...(index === 0 ? regionOfEntry(node, nameOf) : [])];
      case 'map':
        return [...sourceRegion(node, inner[index - 1], nameOf), ...regionBeside(node, nameOf)];
      case 'list':
        return regionInPair(node.items);
      default:
        return [];
    }
  });
}

/**
 * A region's name, or one with more behind it (`us-east-1`, `eu_west_1`, `us-west-2.docker`, `eu-west-1a/hvm`), or, in
 * AWS's own form, before it: `RHEL.us-east-1`. Others, such as `ami_us_east_1`, are names, unless the keys beside them
 * have other regions.
 */
function regionOfKey({ key, keySpan, labels }: EntryNode, map: CodeNode | undefined): readonly RegionClue[] {
  if (labels.length > 0 || key.length > 200) return [];
  const [first, ...others] = regionsIn(key);
  const region = first ? first.region : regionOfCode(key);
  if (region === undefined || others.length > 0) return [];
  const isFirst = !first || first.span.start === 0;
  const isLast = first && key.endsWith(region) && !first.isZone;
  return isFirst || isLast || isAmongRegions(map, region) ? [stated(region, 'mapKey', keySpan)] : [];
}

/** How many entries of a map are looked at. */
const maxBeside = 40;

function isAmongRegions(map: CodeNode | undefined, region: string): boolean {
  if (map?.kind !== 'map') return false;
  return map.entries.slice(0, maxBeside).some(({ key }) => {
    const [first] = regionsIn(key.slice(0, 200));
    return first !== undefined && first.region !== region;
  });
}

/** The region may also be the value, and the id the key, or stand in what the key has: `ec2_ami_info: {region: …}`. */
function regionOfEntry({ value }: EntryNode, nameOf: NameOf): readonly RegionClue[] {
  if (value.kind === 'map') return regionBeside(value, nameOf);
  const region = value.kind === 'text' ? regionNamed(value.value) : undefined;
  return region === undefined ? [] : [stated(region, 'mapKey', value.span)];
}

const regionKey = /(?:^|[-_.:\s]|(?<=[a-z]))region(?:[-_.]?(?:name|id|static))?$/i;

/** What else has a region: stores, keys and logs may be elsewhere, and so may what is copied or kept for a failure. */
const ofSomethingElse =
  /s3|bucket|backend|state|backup|dest|copy|copies|replica|remote|log|ecr|registry|dynamo|sns|sqs|kms|secret|source|lambda|cloudfront|acm|cert|dns|route53|ses|mail|second|fail|peer|other|dr(?![a-z])|azure|gcp|google|do_/i;

/** Whether a key or a variable's name is one under which people write the region that they work in. */
export function isRegionKey(key: string): boolean {
  const name = key.length > 80 ? undefined : regionKey.exec(key);
  return name !== undefined && name !== null && !ofSomethingElse.test(key.slice(0, name.index));
}

/** Of an image that is copied: `source_ami_region` beside `source_ami_id`, `SourceRegion` beside `SourceImageId`. */
function sourceRegion({ entries }: MapNode, inner: CodeNode | undefined, nameOf: NameOf): readonly RegionClue[] {
  const entry = inner && sourceRegionEntry(entries, inner);
  return entry ? [clueOfValue(entry.value, 'argument', nameOf)] : [];
}

/** The entry that says where an image is that another entry beside it names as a source. */
export function sourceRegionEntry(entries: readonly EntryNode[], inner: CodeNode): EntryNode | undefined {
  if (inner.kind !== 'entry' || !/^source/i.test(inner.key)) return undefined;
  return entries.find(({ key }) => /^source[-_]?(?:(?:ami|image)[-_]?)?region$/i.test(key));
}

/** The region that a map states for all that is in it. */
export function regionBeside(map: MapNode, nameOf: NameOf): readonly RegionClue[] {
  const entry = regionEntry(map);
  return entry ? [clueOfValue(entry.value, 'argument', nameOf)] : [];
}

const regionEntry = oncePer(
  ({ entries }: MapNode) =>
    entries.find(({ key, labels }) => labels.length === 0 && isRegionKey(key)) ??
    entries.find(({ key, value }) => /^(?:name|key|location)$/i.test(key) && isRegionText(value)),
  countParts,
);

/** What a value tells that stands where a region belongs. */
function clueOfValue(value: CodeNode, from: RegionSource, nameOf: NameOf): RegionClue {
  const region = value.kind === 'text' || value.kind === 'name' ? regionNamed(value.value) : undefined;
  if (region !== undefined) return stated(region, from, value.span);
  const presetRegion = presetIn(value);
  const preset = presetRegion === undefined ? undefined : stated(presetRegion, 'default', value.span);
  const name = nameOf(value);
  if (name === undefined) return preset ?? { kind: 'untold' };
  return { kind: 'named', name, from, ...(preset && { preset }) };
}

const maxTemplate = 200;

/**
 * The region that a template takes where nothing is set: `{{ region | default('us-east-1') }}`, `${REGION:-us-east-1}`,
 * `<%= ENV['REGION'] || 'us-east-1' %>`. Undefined where it names several.
 */
export function presetIn(value: CodeNode): string | undefined {
  if (value.kind !== 'text' || !value.isTemplate || value.value.length > maxTemplate) return undefined;
  const found = regionsIn(value.value);
  const [first] = found;
  if (!first || found.some(({ region, isZone }) => isZone || region !== first.region)) return undefined;
  return found.some(({ span }) => presetBefore.test(value.value.slice(0, span.start))) ? first.region : undefined;
}

const presetBefore = /(?:\bdefault\b\s*\(?|\|\|?|\?\?|\bor|,|:[-=])\s*["']?$/;

/** `["us-east-1", "ami-…"]` */
function regionInPair(items: readonly CodeNode[]): readonly RegionClue[] {
  const [region, ...others] = items.length > 4 ? [] : items.filter(isRegionText);
  return region?.kind === 'text' && others.length === 0
    ? [stated(regionNamed(region.value) ?? '', 'argument', region.span)]
    : [];
}

function isRegionText(node: CodeNode): boolean {
  return node.kind === 'text' && regionNamed(node.value) !== undefined;
}

function stated(region: string, from: RegionSource, span: CodeNode['span']): StatedClue {
  return { kind: 'stated', regions: [region], from, span };
}
