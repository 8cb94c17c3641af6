import { findImageIds } from '../imageIds.ts';
import { findImageParameters } from '../imageParameters.ts';
import { lastUpTo } from '../lastUpTo.ts';
import type { Reading } from '../reading.ts';
import { textClues } from '../regions/textClues.ts';
import { contains, type TextSpan } from '../textSpan.ts';
import { instanceTypeBeside } from '../tree/besideNodes.ts';
import { type EntryNode, type MapNode, nodesAround } from '../tree/codeTree.ts';
import { terraformBlocks } from './blocks.ts';
import { terraformClues } from './clues.ts';
import type { TerraformFile } from './fileKind.ts';
import { heredocsOf } from './heredocs.ts';
import { blockLookups } from './lookups.ts';
import { terraformStatements } from './statements.ts';

/** Reads a text of Terraform, Terragrunt or Packer, in whichever syntax, but for the path of its file. */
export function readTerraform(text: string, root: MapNode, file: TerraformFile): Reading {
  const blocks = file === 'part' ? [] : terraformBlocks(root);
  const placed = (span: TextSpan) => {
    const around = nodesAround(root, span.start);
    const block = blockAround(blocks, span);
    const innermost = around.at(-1);
    const isInCode = innermost?.kind === 'text' || (innermost?.kind === 'entry' && contains(innermost.keySpan, span));
    const clues = terraformClues(text, { span, around, block, file, isInComment: !isInCode });
    return { clues: [...(isInCode ? [] : textClues(text, span)), ...clues], instanceType: instanceTypeBeside(around) };
  };
  return {
    ids: findImageIds(text).map((found) => ({ found, ...placed(found.span) })),
    lookups: blocks
      .flatMap((block) => blockLookups(text, block))
      .map((lookup) => ({ ...lookup, clues: placed(endOf(lookup.whole)).clues })),
    parameters: findImageParameters(text).map((found) => ({ ...found, ...placed(found.span) })),
    statements: blocks.flatMap((block) => terraformStatements(block, file)),
    embedded: heredocsOf(text, root).map((heredoc) => ({ ...heredoc, clues: placed(heredoc.span).clues })),
  };
}

/** A lookup's own arguments count for it: at its closing brace it has all of them around it. */
function endOf({ end }: TextSpan): TextSpan {
  return { start: end - 1, end };
}

function blockAround(blocks: readonly EntryNode[], span: TextSpan): EntryNode | undefined {
  const block = blocks[lastUpTo(blocks, (one) => one.span.start, span.start)];
  return block && contains(block.span, span) ? block : undefined;
}
