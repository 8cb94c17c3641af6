import type { FoundId } from '../imageIds.ts';
import { findImageParameters } from '../imageParameters.ts';
import type { EmbeddedText, FoundLookup, Reading, RegionClue, RegionStatement, SourceText } from '../reading.ts';
import { fileRegions, fileZoneClues, hostClues } from '../regions/fileRegion.ts';
import { commentAboveClues, nameClue, trailingCommentClues, zoneClues } from '../regions/hintClues.ts';
import { keyClues, type NameOf } from '../regions/keyClues.ts';
import { nearClues } from '../regions/nearClues.ts';
import { pathClue } from '../regions/pathClue.ts';
import { lineAround } from '../regions/textClues.ts';
import { contains, type TextSpan } from '../textSpan.ts';
import { instanceTypeBeside } from '../tree/besideNodes.ts';
import { type CodeNode, nodesAround } from '../tree/codeTree.ts';
import { cluesInTime } from './cluesInTime.ts';

/** What a language's own files add to what all trees have in common. */
export interface TreeParts {
  readonly root: CodeNode;
  readonly nameOf: NameOf;
  /** What the tool adds to `keyClues`, behind these and behind what the file states as a whole. */
  readonly toolClues: (around: readonly CodeNode[]) => readonly RegionClue[];
  readonly lookups: readonly FoundLookup[];
  readonly statements: readonly RegionStatement[];
  readonly parts: readonly Omit<EmbeddedText, 'clues'>[];
}

/** Reads ids, lookups and parameters where they stand in a tree of keys and values. */
export function readTree({ text, path, ids }: SourceText, parts: TreeParts): Reading {
  const { root, nameOf, toolClues, lookups, statements } = parts;
  let known: FileClues | undefined;
  const clues = cluesInTime(text, (span) => {
    known ??= fileClues(text, path, root);
    return treeClues(text, { span, around: nodesAround(root, span.start), nameOf, toolClues }, known);
  });
  const placed = (span: TextSpan) => ({
    clues: clues(span),
    instanceType: instanceTypeBeside(nodesAround(root, span.start)),
  });
  return {
    ids: ids.map((found: FoundId) => ({ found, ...placed(found.span) })),
    lookups: lookups.map((lookup) => ({ ...lookup, clues: placed(lookup.span).clues })),
    parameters: findImageParameters(text).map((found) => ({
      ...found,
      ...placed(found.span),
    })),
    statements,
    embedded: parts.parts.map((part) => ({ ...part, clues: placed(part.span).clues })),
  };
}

interface Place {
  readonly span: TextSpan;
  readonly around: readonly CodeNode[];
  readonly nameOf: NameOf;
  readonly toolClues: TreeParts['toolClues'];
}

/** What a file says of all that is in it. */
interface FileClues {
  readonly regions: (reference: TextSpan) => readonly RegionClue[];
  readonly certain: readonly RegionClue[];
  readonly hints: readonly RegionClue[];
}

function fileClues(text: string, path: string, root: CodeNode): FileClues {
  return {
    regions: fileRegions(root),
    certain: [...hostClues(text), ...pathClue(path)],
    hints: fileZoneClues(root),
  };
}

/** All clues of a place in a tree, see `keyClues`, and of its words, its line and its file. */
function treeClues(text: string, { span, around, nameOf, toolClues }: Place, ofFile: FileClues): readonly RegionClue[] {
  const innermost = around.at(-1);
  // Of a file that is too large for a tree, the line alone is looked at.
  if (!innermost || innermost.span.end === 0)
    return [...nearClues(text, lineAround(text, span), span), ...ofFile.certain];
  const inText = innermost?.kind === 'text' && contains(innermost.inner, span) ? innermost.inner : undefined;
  const inCode = inText ?? (innermost?.kind === 'entry' && contains(innermost.keySpan, span) ? span : undefined);
  return [
    ...nearClues(text, inCode ?? lineAround(text, span), span),
    ...keyClues(around, nameOf),
    ...ofFile.regions(span),
    ...toolClues(around),
    ...ofFile.certain,
    ...trailingCommentClues(text, span),
    ...commentAboveClues(text, span, inCode === undefined),
    ...zoneClues(around),
    ...ofFile.hints,
    ...around.toReversed().flatMap((node) => (node.kind === 'entry' ? nameClue(node.key, node.keySpan) : [])),
  ];
}
