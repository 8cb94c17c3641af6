import type { TextSpan } from '../textSpan.ts';
import { commentEnd, heredocReader, tokenEnd, topLevelHeader } from './hclText.ts';

const header = new RegExp(topLevelHeader.source.slice(1), 'y');
const misplacedResource = /[ \t]*resource[ \t]+"[^"\n]*"[ \t]+"[^"\n]*"[ \t]*\{/y;

/**
 * Divides HCL into its blocks and attributes of the top level, with the comments above them, which make up all of the
 * text. A block whose brace is missing ends where another one begins.
 */
export function hclBlocks(text: string): readonly TextSpan[] {
  const starts: number[] = [0];
  const readHeredoc = heredocReader(text);
  let braces = 0;
  let brackets = 0;
  let hasCode = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isLineStart = at === 0 || text.charCodeAt(at - 1) === 10;
    if (isLineStart && hasCode && beginsBlock(text, at, braces + brackets > 0)) {
      starts.push(at);
      braces = 0;
      brackets = 0;
      hasCode = false;
    }
    switch (code) {
      case 32:
      case 9:
      case 10:
      case 13:
        continue;
      case 35:
      case 47: {
        const end = commentEnd(text, at);
        if (end === undefined) break;
        at = end - 1;
        continue;
      }
      case 34:
      case 60:
        at = (tokenEnd(text, at, readHeredoc) ?? at + 1) - 1;
        break;
      case 123:
        braces += 1;
        break;
      case 125:
        braces = Math.max(0, braces - 1);
        brackets = 0;
        break;
      case 40:
      case 91:
        brackets += 1;
        break;
      case 41:
      case 93:
        brackets = Math.max(0, brackets - 1);
        break;
    }
    hasCode = true;
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

function beginsBlock(text: string, at: number, isInside: boolean): boolean {
  const code = text.charCodeAt(at);
  if (!isInside) return code > 32 && code !== 125 && code !== 93 && code !== 41;
  const pattern = code === 32 || code === 9 ? misplacedResource : code >= 97 && code <= 122 ? header : undefined;
  if (!pattern) return false;
  pattern.lastIndex = at;
  return pattern.test(text);
}
