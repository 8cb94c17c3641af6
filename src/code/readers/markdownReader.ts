import { maxParsed, withinBound } from '../bounds.ts';
import { findImageParameters } from '../imageParameters.ts';
import { fenceLanguage } from '../markdown/fenceLanguage.ts';
import { type ProseBlock, proseBlocks } from '../markdown/proseBlocks.ts';
import { aroundBlock, proseClues } from '../markdown/proseClues.ts';
import type { EmbeddedText, Reader, RegionClue } from '../reading.ts';
import { pathClue } from '../regions/pathClue.ts';
import { boundedClues } from './boundedClues.ts';

/** Reads documents: Markdown, reStructuredText, AsciiDoc, plain text, logs. */
export const markdownReader: Reader = ({ text, path, ids }) => {
  const blocks = proseBlocks(withinBound(text, maxParsed.prose));
  const ofDocument = pathClue(path);
  const clues = boundedClues({ text, path }, (span) => [...proseClues(text, blocks, span), ...ofDocument]);
  return {
    ids: ids.map((found) => ({ found, clues: clues(found.span), instanceType: undefined })),
    lookups: [],
    parameters: findImageParameters(text).map((found) => ({
      ...found,
      instanceType: undefined,
      clues: clues(found.span),
    })),
    statements: [],
    embedded: blocks.flatMap((block, index) => embedded(text, blocks, { block, index }, ofDocument)),
  };
};

function embedded(
  text: string,
  blocks: readonly ProseBlock[],
  { block, index }: { readonly block: ProseBlock; readonly index: number },
  ofDocument: readonly RegionClue[],
): readonly EmbeddedText[] {
  if (block.kind !== 'code') return [];
  const language = fenceLanguage(block.info, text.slice(block.span.start, block.span.end));
  if (language === undefined) return [];
  return [{ span: block.span, language, clues: [...aroundBlock(blocks, index), ...ofDocument] }];
}
