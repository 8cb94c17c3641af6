import type { Parser, SyntaxNode } from '@lezer/common';
import { maxParserSteps } from '../bounds.ts';
import { type CodeNode, childrenOf } from './codeTree.ts';
import { otherNode, spanOf } from './lezerTree.ts';
import { looseTree } from './looseTree.ts';

/**
 * The tree of a text, see `maxParserSteps`: what stands behind the last step is read by its brackets and quotes.
 *
 * @param read makes a tree of what the parser has found
 */
export function parsedTree(
  parser: Parser,
  text: string,
  read: (topNode: SyntaxNode) => CodeNode | undefined,
  maxSteps = maxParserSteps,
): CodeNode {
  const parse = parser.startParse(text);
  let tree = parse.advance();
  for (let step = 1; !tree; step += 1) {
    if (step === maxSteps) parse.stopAt(parse.parsedPos);
    tree = parse.advance();
  }
  const { topNode } = tree;
  const root = read(topNode) ?? otherNode(spanOf(topNode), []);
  const { stoppedAt } = parse;
  if (stoppedAt === null || stoppedAt >= text.length) return root;
  const behind = looseTree(`${' '.repeat(stoppedAt)}${text.slice(stoppedAt)}`, '');
  return otherNode({ start: 0, end: text.length }, [...childrenOf(root), ...childrenOf(behind)]);
}
