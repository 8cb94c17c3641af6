import type { RegionClue } from '../reading.ts';
import { conditionClues } from '../regions/conditionClues.ts';
import { commentAboveClues, nameClue, trailingCommentClues, zoneClues } from '../regions/hintClues.ts';
import { keyClues } from '../regions/keyClues.ts';
import { nearClues } from '../regions/nearClues.ts';
import type { TextSpan } from '../textSpan.ts';
import type { CodeNode, EntryNode } from '../tree/codeTree.ts';
import { terraformName } from './blocks.ts';
import type { TerraformFile } from './fileKind.ts';
import {
  inDefaultProvider,
  providerClues,
  regionOfValues,
  regionOfZones,
  regionVariable,
  usesOf,
} from './statements.ts';

/** Terragrunt also reads YAML, whose statements have names of their own. */
const regionsOfValues = [regionOfValues, 'value:region', 'value:aws_region'].map(
  (name): RegionClue => ({ kind: 'named', name, from: 'variable' }),
);

/** Where no provider tells a region. */
const hintsOfFolder: readonly RegionClue[] = [
  { kind: 'named', name: regionVariable, from: 'variable', isHint: true },
  { kind: 'named', name: regionOfZones, from: 'zone', isHint: true },
];

export interface Place {
  readonly span: TextSpan;
  /** See `nodesAround`. */
  readonly around: readonly CodeNode[];
  /** The block or attribute of the top level that it is in. */
  readonly block: EntryNode | undefined;
  readonly file: TerraformFile;
  readonly isInComment: boolean;
}

/** What tells the region of a place in Terraform or Packer, but for the path of its file. */
export function terraformClues(text: string, place: Place): readonly RegionClue[] {
  const { span, around, block } = place;
  const hints = [
    ...trailingCommentClues(text, span),
    ...nameHints(around),
    ...commentAboveClues(text, span, place.isInComment),
  ];
  return [
    ...textNear(text, around, span),
    ...conditionClues(text, around, span),
    ...keyClues(around, terraformName),
    ...(block ? blockScope(block, place, hints) : outsideScope(place, hints)),
    ...hints,
    ...zoneClues(around),
    ...hintsOfFolder,
  ];
}

/** What the text says that an id is a part of: an ARN, `us-east-1:ami-…`. */
function textNear(text: string, around: readonly CodeNode[], span: TextSpan): readonly RegionClue[] {
  const innermost = around.at(-1);
  const isPart = innermost?.kind === 'text' && innermost.inner.end - innermost.inner.start > span.end - span.start;
  return isPart ? nearClues(text, innermost.inner, span) : [];
}

/** What is behind the code around a place: its provider, or the places where it is used. */
function blockScope(block: EntryNode, place: Place, hints: readonly RegionClue[]): readonly RegionClue[] {
  const name = variableOf(block, place);
  if (name === undefined) return providerClues(block);
  const used: RegionClue = { kind: 'named', name: usesOf(name), from: 'provider' };
  // The default provider is not the one of a value that says another region by its name.
  const isHinted = hints.length > 0;
  return [used, ...(place.file === 'module' ? [] : regionsOfValues), ...(isHinted ? [] : providerClues(block))];
}

/** Of a place in a comment between blocks. */
function outsideScope({ file }: Place, hints: readonly RegionClue[]): readonly RegionClue[] {
  return file === 'module' && hints.length === 0 ? [inDefaultProvider] : [];
}

/** The variable or local whose value a place is a part of. */
function variableOf({ key, labels }: EntryNode, { around, span, file }: Place): string | undefined {
  if (key === 'variable') return `var.${labels[0] ?? ''}`;
  if (key === 'locals' || key === 'inputs') {
    const entries = around.filter((node) => node.kind === 'entry');
    const inner = entries[entries.findIndex((entry) => entry.key === key) + 1];
    return inner && inner.span.start <= span.start ? `${key === 'locals' ? 'local' : 'var'}.${inner.key}` : undefined;
  }
  return labels.length === 0 && file !== 'module' ? `var.${key}` : undefined;
}

/** Labels and keys from the closest on. */
function nameHints(around: readonly CodeNode[]): readonly RegionClue[] {
  return around
    .toReversed()
    .flatMap((node) =>
      node.kind === 'entry'
        ? [node.key, ...node.labels.toReversed()].flatMap((name) => nameClue(name, node.keySpan))
        : [],
    );
}
