import { type Language, languageOfContent } from '../language.ts';
import { languageOfPart } from '../languageOfPart.ts';
import { mayMention } from '../mentions.ts';
import type { EmbeddedText } from '../reading.ts';
import { type CodeNode, childrenOf, type TextNode } from '../tree/codeTree.ts';
import { withoutBackslashes } from '../withoutEscapes.ts';

/** Texts of other languages in heredocs that may have to do with images or regions, and commands in quotes. */
export function heredocsOf(text: string, node: CodeNode): readonly Omit<EmbeddedText, 'clues'>[] {
  if (node.kind !== 'text') return childrenOf(node).flatMap((child) => heredocsOf(text, child));
  if (text[node.span.start] === '"') return commandIn(text, node);
  if (text[node.span.start] !== '<' || !(mayMention(node.value) || /\bprovider\b/.test(node.value))) return [];
  return [{ span: node.inner, language: languageOfHeredoc(node.value) }];
}

/** `program = ["bash", "-c", "aws ec2 describe-images …"]` */
function commandIn(text: string, { inner, value }: TextNode): readonly Omit<EmbeddedText, 'clues'>[] {
  if (!mayMention(value) || languageOfPart(value) !== 'shell') return [];
  return [{ span: inner, language: 'shell', text: withoutBackslashes(text.slice(inner.start, inner.end)) }];
}

function languageOfHeredoc(content: string): Language {
  const known = languageOfContent(content);
  if (known) return known;
  if (/^\s*[[{]/.test(content)) return 'json';
  if (/^\s*#cloud-config|^\s*(?:- )?[\w-]+:(?:\s|$)/.test(content)) return 'yaml';
  return /\b(?:aws|sudo|export|echo|curl|apt-get|yum)\b/.test(content) ? 'shell' : 'other';
}
