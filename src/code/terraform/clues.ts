import type { RegionClue } from '../reading.ts';
import { commentAboveClues, nameClue, trailingCommentClues, zoneClues } from '../regions/hintClues.ts';
import { keyClues } from '../regions/keyClues.ts';
import type { TextSpan } from '../textSpan.ts';
import type { CodeNode, EntryNode } from '../tree/codeTree.ts';
import { terraformName } from './blocks.ts';
import type { TerraformFile } from './fileKind.ts';
import { defaultProviderAt, providerClues, regionOfValues, regionVariable, usesOf } from './statements.ts';

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
    ...keyClues(around, terraformName),
    ...(block ? blockScope(block, place, hints) : outsideScope(place, hints)),
    ...hints,
    ...zoneClues(around),
    { kind: 'named', name: regionVariable, from: 'variable', span, isHint: true },
  ];
}

/** What is behind the code around a place: its provider, or the places where it is used. */
function blockScope(block: EntryNode, place: Place, hints: readonly RegionClue[]): readonly RegionClue[] {
  const name = variableOf(block, place);
  if (name === undefined) return providerClues(block);
  const { span } = place;
  const used: RegionClue = { kind: 'named', name: usesOf(name), from: 'provider', span };
  const values: RegionClue = { kind: 'named', name: regionOfValues, from: 'variable', span };
  // The default provider is not the one of a value that says another region by its name.
  const isHinted = hints.length > 0;
  return [used, ...(place.file === 'module' ? [] : [values]), ...(isHinted ? [] : providerClues(block))];
}

/** Of a place in a comment between blocks. */
function outsideScope({ file, span }: Place, hints: readonly RegionClue[]): readonly RegionClue[] {
  return file === 'module' && hints.length === 0 ? [defaultProviderAt(span)] : [];
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
