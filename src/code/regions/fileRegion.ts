import { lastUpTo } from '../lastUpTo.ts';
import type { RegionClue } from '../reading.ts';
import { contains, type TextSpan } from '../textSpan.ts';
import { type CodeNode, childrenOf, type EntryNode, entryOf } from '../tree/codeTree.ts';
import { isRegionKey, presetIn } from './keyClues.ts';
import { regionNamed, regionsIn } from './regionNames.ts';

/** Sections whose region is that of something else: of a store, or of where copies go. */
const elsewhere =
  /s3|bucket|backend|remote_?state|storage|backup|kms|replica|copy|copies|dest|source|mirror|log|dns|route53|ecr|registry|cache|artifact|lambda|sns|sqs|dynamo|secret/i;

/** Collections of which each member stands for itself. */
const collections = /^(?:jobs|stages|environments?|hosts|services|clusters|accounts|profiles)$/i;

interface Stated {
  readonly region: string;
  readonly span: TextSpan;
  /** A default of a parameter may be overridden. */
  readonly isHint: boolean;
}

/**
 * The regions that a file states in other places than beside a reference: `driver.region` of Test Kitchen, `metadata.region`
 * of eksctl, the step of a workflow that signs in. They tell only where there is one alone.
 */
export function fileRegions(root: CodeNode): (reference: TextSpan) => readonly RegionClue[] {
  const ofFile: Stated[] = [];
  const ofMembers = new Map<TextSpan, Stated[]>();
  const add = ({ value }: EntryNode, member: TextSpan | undefined, isHint: boolean): void => {
    const region = regionOf(value);
    if (region === undefined) return;
    const stated = member ? (ofMembers.get(member) ?? []) : ofFile;
    stated.push({ region, span: value.span, isHint });
    if (member) ofMembers.set(member, stated);
  };
  const open: { readonly node: CodeNode; readonly member: TextSpan | undefined }[] = [
    { node: root, member: undefined },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, member } = next;
    if (node.kind === 'entry') {
      if (elsewhere.test(node.key)) continue;
      if (isRegionKey(node.key)) {
        add(node, member, false);
        const preset = entryOf(node.value, 'default', 'value');
        if (preset) add(preset, member, true);
      }
    }
    const hasMembers = node.kind === 'entry' && member === undefined && collections.test(node.key);
    for (const child of childrenOf(node)) {
      const members = hasMembers ? childrenOf(child) : [];
      for (const inner of members) open.push({ node: inner, member: inner.span });
      if (members.length === 0) open.push({ node: child, member });
    }
  }
  const clues = (stated: readonly Stated[]) => [
    ...onlyOne(stated.filter(({ isHint }) => !isHint)),
    ...onlyOne(stated.filter(({ isHint }) => isHint)),
  ];
  const cluesOfFile = clues(ofFile);
  const members = Array.from(ofMembers, ([span, stated]) => ({ span, stated })).sort(
    (a, b) => a.span.start - b.span.start,
  );
  return (reference) => {
    const own = members[lastUpTo(members, ({ span }) => span.start, reference.start)];
    return own && contains(own.span, reference) ? clues([...ofFile, ...own.stated]) : cluesOfFile;
  };
}

function regionOf(value: CodeNode): string | undefined {
  return value.kind === 'text' ? (regionNamed(value.value) ?? presetIn(value)) : undefined;
}

function onlyOne(stated: readonly Stated[]): readonly RegionClue[] {
  const [first] = stated;
  return first && stated.every(({ region }) => region === first.region)
    ? [{ kind: 'stated', regions: [first.region], from: 'default', span: first.span, isHint: first.isHint }]
    : [];
}

const host = /\b(?:ec2|ssm|autoscaling)\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com/g;

/** The host of EC2 that a text calls, where it is one alone. */
export function hostClues(text: string): readonly RegionClue[] {
  if (!text.includes('.amazonaws.com')) return [];
  const found = [...text.matchAll(host)];
  const [first] = found;
  const region = first?.[1];
  if (!first || region === undefined || found.some((other) => other[1] !== region)) return [];
  return [
    {
      kind: 'stated',
      regions: [region],
      from: 'url',
      span: { start: first.index, end: first.index + first[0].length },
    },
  ];
}

const element = /<((?:[\w.-]+:)?[\w.-]*region\w*)>\s*([a-z]{2}(?:-[a-z]+)+-\d)\s*<\/\1>/gi;

/** The region in the elements of a document in XML, where it is one alone: `<region>us-west-2</region>`. */
export function elementClues(text: string): readonly RegionClue[] {
  if (!text.includes('</')) return [];
  const found = [...text.matchAll(element)].filter(([, name = '']) => isRegionKey(name));
  const [first] = found;
  const region = regionNamed(first?.[2] ?? '');
  if (!first || region === undefined || found.some((other) => other[2] !== first[2])) return [];
  return [
    {
      kind: 'stated',
      regions: [region],
      from: 'default',
      span: { start: first.index, end: first.index + first[0].length },
    },
  ];
}

/** The region of all zones that stand in a file as values, as a hint; those of examples and choices do not count. */
export function fileZoneClues(root: CodeNode): readonly RegionClue[] {
  const zones: { readonly region: string; readonly span: TextSpan }[] = [];
  const open: CodeNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'entry' && /descri|allowed|constraint|example|comment|label|mapping/i.test(node.key)) continue;
    if (node.kind === 'text' && node.value.length < 100 && isZones.test(node.value)) {
      zones.push(...regionsIn(node.value).map(({ region }) => ({ region, span: node.span })));
    }
    for (const child of childrenOf(node)) open.push(child);
  }
  const first = zones.at(-1);
  return first && zones.every(({ region }) => region === first.region)
    ? [{ kind: 'stated', regions: [first.region], from: 'zone', span: first.span, isHint: true }]
    : [];
}

const isZones = /^[a-z]{2}(?:-[a-z]+)+-\d[a-f](?:\s*,\s*[a-z]{2}(?:-[a-z]+)+-\d[a-f])*$/;
