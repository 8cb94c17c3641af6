import type { Language } from '../language.ts';
import { languageOfPart } from '../languageOfPart.ts';
import type { EmbeddedText, RegionClue, SourceText } from '../reading.ts';
import { type CodeNode, childrenOf, type TextNode } from '../tree/codeTree.ts';

const mention =
  /ami-[0-9a-f]{8}|aws_ami|describe-images|ec2_ami|amazon-ami|source_ami|\/aws\/service\/|amiSelectorTerms|--image-ids?/i;

/** Texts of other languages in the strings of code: YAML in a docstring, JSON, a command. */
export function embeddedTexts(
  { text }: SourceText,
  root: CodeNode,
  clues: (node: CodeNode) => readonly RegionClue[],
): readonly EmbeddedText[] {
  const found: EmbeddedText[] = [];
  const open: CodeNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'text') {
      const inner = embeddedIn(node, text);
      if (inner) found.push({ span: node.inner, language: inner, clues: clues(node) });
    } else open.push(...childrenOf(node));
  }
  return found;
}

function embeddedIn({ inner, value }: TextNode, text: string): Language | undefined {
  const written = text.slice(inner.start, inner.end);
  // With escapes or in parts it is not the same text.
  if (written.length < 20 || written !== value || !mention.test(written)) return undefined;
  return languageOfPart(written);
}
