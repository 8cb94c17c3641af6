import { type Language, languageOfContent } from '../language.ts';
import { mayMention } from '../mentions.ts';
import type { EmbeddedText } from '../reading.ts';
import { type CodeNode, childrenOf } from '../tree/codeTree.ts';

/** Texts of other languages in heredocs that may have to do with images or regions. */
export function heredocsOf(text: string, node: CodeNode): readonly Omit<EmbeddedText, 'clues'>[] {
  if (node.kind !== 'text') return childrenOf(node).flatMap((child) => heredocsOf(text, child));
  if (text[node.span.start] !== '<' || !(mayMention(node.value) || /\bprovider\b/.test(node.value))) return [];
  return [{ span: node.inner, language: languageOfHeredoc(node.value) }];
}

function languageOfHeredoc(content: string): Language {
  const known = languageOfContent(content);
  if (known) return known;
  if (/^\s*[[{]/.test(content)) return 'json';
  if (/^\s*#cloud-config|^\s*(?:- )?[\w-]+:(?:\s|$)/.test(content)) return 'yaml';
  return /\b(?:aws|sudo|export|echo|curl|apt-get|yum)\b/.test(content) ? 'shell' : 'other';
}
