import type { Language } from '../language.ts';
import { languageOfPart } from '../languageOfPart.ts';
import type { EmbeddedText, RegionClue, SourceText } from '../reading.ts';
import { type CodeNode, childrenOf, type TextNode } from '../tree/codeTree.ts';
import { withoutBackslashes } from '../withoutEscapes.ts';

const mention =
  /ami-[0-9a-f]{8}|aws_ami|describe-images|ec2_ami|amazon-ami|source_ami|\/aws\/service\/|amiSelectorTerms|--image-ids?/i;

/** Texts of other languages in the strings of code: YAML in a docstring, JSON, a command. */
export function embeddedTexts(
  { text }: SourceText,
  root: CodeNode,
  clues: (node: TextNode) => readonly RegionClue[],
): readonly EmbeddedText[] {
  const found: EmbeddedText[] = [];
  const open: CodeNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'text') {
      const inner = embeddedIn(node, text);
      if (inner) found.push({ span: node.inner, ...inner, clues: clues(node) });
    } else for (const child of childrenOf(node)) open.push(child);
  }
  return found;
}

function embeddedIn({ inner, value }: TextNode, text: string): Pick<EmbeddedText, 'text' | 'language'> | undefined {
  const written = text.slice(inner.start, inner.end);
  if (written.length < 20 || !mention.test(written)) return undefined;
  const read = text[inner.start - 1] === '`' ? written : withoutBackslashes(written);
  // In parts, or with other escapes, it is not the same text.
  if (written !== value && read.replaceAll('\0', '') !== value) return undefined;
  const language: Language | undefined = languageOfPart(read.replaceAll('\0', ' '));
  return language && { text: read, language };
}
