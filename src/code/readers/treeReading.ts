import type { FoundId } from '../imageIds.ts';
import { findImageParameters } from '../imageParameters.ts';
import { once } from '../oncePer.ts';
import type { EmbeddedText, FoundLookup, Reading, RegionClue, RegionStatement, SourceText } from '../reading.ts';
import { arnClues, arnHints } from '../regions/arnClues.ts';
import { decidingClues } from '../regions/decidingClues.ts';
import { fileRegions, fileZoneClues, hostClues } from '../regions/fileRegion.ts';
import { commentAboveClues, nameClue, trailingCommentClues, zoneClues } from '../regions/hintClues.ts';
import { keyClues, type NameOf } from '../regions/keyClues.ts';
import { nearClues } from '../regions/nearClues.ts';
import { pathClue } from '../regions/pathClue.ts';
import { lineAround } from '../regions/textClues.ts';
import { contains, type TextSpan } from '../textSpan.ts';
import { instanceTypeBeside } from '../tree/besideNodes.ts';
import { type CodeNode, nodesAround } from '../tree/codeTree.ts';
import { boundedClues, lineClues } from './boundedClues.ts';

/** What a language's own files add to what all trees have in common. */
export interface TreeParts {
  readonly root: CodeNode;
  /** How far the text was read for the tree. */
  readonly end: number;
  readonly nameOf: NameOf;
  /** What the tool adds to `keyClues`, behind these and behind what the file states as a whole. */
  readonly toolClues: (around: readonly CodeNode[]) => readonly RegionClue[];
  readonly lookups: readonly FoundLookup[];
  readonly statements: readonly RegionStatement[];
  readonly parts: readonly Omit<EmbeddedText, 'clues'>[];
}

/** Reads ids, lookups and parameters where they stand in a tree of keys and values. */
export function readTree({ text, path, ids }: SourceText, parts: TreeParts): Reading {
  const { root, end, nameOf, toolClues, lookups, statements } = parts;
  const known = once(() => fileClues(text, path, root));
  const behindClues = lineClues({ text, path });
  const cluesAt = (span: TextSpan) =>
    span.start < end
      ? treeClues(text, { span, around: nodesAround(root, span.start), nameOf, toolClues }, known())
      : behindClues(span);
  const clues = boundedClues({ text, path }, (span) => decidingClues(cluesAt(span)));
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
    // What is embedded may state a region that is not told, behind which only some of these count.
    embedded: parts.parts.map((part) => ({ ...part, clues: [...cluesAt(part.span)] })),
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
  const certain = once(() => [...hostClues(text), ...pathClue(path)]);
  const hints = once(() => fileZoneClues(root));
  const regions = once(() => fileRegions(root));
  return {
    regions: (reference) => regions()(reference),
    get certain() {
      return certain();
    },
    get hints() {
      return hints();
    },
  };
}

/** All clues of a place in a tree, see `keyClues`, and of its words, its line and its file. */
function* treeClues(
  text: string,
  { span, around, nameOf, toolClues }: Place,
  ofFile: FileClues,
): Generator<RegionClue, void> {
  const innermost = around.at(-1);
  const inText = innermost?.kind === 'text' && contains(innermost.inner, span) ? innermost.inner : undefined;
  const inCode = inText ?? (innermost?.kind === 'entry' && contains(innermost.keySpan, span) ? span : undefined);
  yield* nearClues(text, inCode ?? lineAround(text, span), span);
  yield* keyClues(around, nameOf);
  yield* arnClues(around);
  yield* ofFile.regions(span);
  yield* toolClues(around);
  yield* ofFile.certain;
  yield* trailingCommentClues(text, span);
  yield* commentAboveClues(text, span, inCode === undefined);
  yield* zoneClues(around);
  yield* arnHints(around);
  yield* ofFile.hints;
  for (const node of around.toReversed()) {
    if (node.kind === 'entry') yield* nameClue(node.key, node.keySpan);
  }
}
