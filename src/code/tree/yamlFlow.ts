import { BracketTree, nothingAt } from './bracketTree.ts';
import type { CodeNode } from './codeTree.ts';
import {
  isEndOrBlank,
  isKeyColon,
  lineEndAt,
  plainEnd,
  plainNode,
  quotedNode,
  quoteEnd,
  templateEnd,
} from './yamlScalars.ts';

const stops = ',[]{}';

/**
 * Braces and brackets in YAML.
 *
 * @param goesOn whether a line that begins here may be part of it: where a bracket is not closed, the lines behind belong
 *   to what is around it
 */
export function parseFlow(
  text: string,
  start: number,
  tag: string | undefined,
  goesOn: (line: number) => boolean,
): { readonly node: CodeNode; readonly end: number } {
  const tree = new BracketTree();
  let pendingTag = tag;
  let at = start;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '\n' && !goesOn(at + 1)) break;
    if (isEndOrBlank(char)) at += 1;
    else if (char === '#' && isEndOrBlank(text[at - 1])) at = lineEndAt(text, at);
    else if (char === ',') {
      tree.comma();
      at += 1;
    } else if (char === ':' && (isKeyColon(text, at, stops) || isBehindQuote(text, at))) {
      tree.colon();
      at += 1;
    } else if ((char === '{' || char === '[') && templateEnd(text, at) === undefined) {
      tree.open(char === '{' ? 'map' : 'list', at, pendingTag);
      pendingTag = undefined;
      at += 1;
    } else if (char === '}' || char === ']') {
      tree.close(char === '}' ? 'map' : 'list', at);
      at += 1;
      if (tree.depth === 0) break;
    } else if ((char === '!' || char === '&') && !isEndOrBlank(text[at + 1])) {
      const end = wordEnd(text, at);
      if (char === '!') pendingTag = text.slice(at, end);
      at = end;
    } else {
      const { node, end } = scalarAt(text, at, pendingTag, goesOn);
      tree.add(node);
      pendingTag = undefined;
      at = end;
    }
  }
  return { node: tree.finish(at)[0] ?? nothingAt(start), end: at };
}

function scalarAt(text: string, at: number, tag: string | undefined, goesOn: (line: number) => boolean) {
  const char = text[at];
  if (char === '"' || char === "'") {
    const end = quoteEnd(text, at, goesOn);
    if (end !== undefined && /[,:\]}#\s]|^$/.test(text.charAt(end)))
      return { node: quotedNode(text, at, end, tag), end };
    const open = plainEnd(text, at + 1, lineEndAt(text, at), stops);
    return { node: quotedNode(text, at, open, tag), end: open };
  }
  const end = Math.max(at + 1, plainEnd(text, at, lineEndAt(text, at), stops));
  return { node: plainNode(text, { start: at, end }, tag), end };
}

/** JSON writes `"key":value`. */
function isBehindQuote(text: string, colon: number): boolean {
  return text[colon - 1] === '"' || text[colon - 1] === "'";
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (!isEndOrBlank(text[at]) && !stops.includes(text.charAt(at))) at += 1;
  return at;
}
