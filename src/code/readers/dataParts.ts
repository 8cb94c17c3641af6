import type { Language } from '../language.ts';
import { languageOfPart } from '../languageOfPart.ts';
import { mayMention } from '../mentions.ts';
import type { EmbeddedText } from '../reading.ts';
import { type CodeNode, childrenOf, type TextNode } from '../tree/codeTree.ts';
import { withoutEscapes } from '../withoutEscapes.ts';

/** Keys under which commands stand. */
const scriptKey =
  /^(?:run|scripts?|(?:before|after)_script|commands?|shell|(?:ansible\.builtin\.)?(?:shell|command|raw)|cmd|args|inline|user_?data(?:base64)?|fn::base64|entrypoint|(?:pre|post)?_?(?:install|build|deploy)|bash|sh|steps?|execute_command|content)$/i;

/** Scripts and documents in the texts of a configuration file: `run: |`, user data, JSON in YAML. */
export function dataParts(text: string, root: CodeNode): readonly Omit<EmbeddedText, 'clues'>[] {
  const found: Omit<EmbeddedText, 'clues'>[] = [];
  const open: { readonly node: CodeNode; readonly key: string }[] = [{ node: root, key: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, key } = next;
    if (node.kind === 'text') {
      const part = partOf(text, node, key);
      if (part) found.push(part);
    }
    const inner = node.kind === 'entry' ? node.key : key;
    for (const child of childrenOf(node)) open.push({ node: child, key: inner });
  }
  return found;
}

const shortest = 20;

function partOf(text: string, node: TextNode, key: string): Omit<EmbeddedText, 'clues'> | undefined {
  const { inner, span } = node;
  if (inner.end - inner.start < shortest || !/\s/.test(node.value) || !mayMention(node.value)) return undefined;
  const written = text.slice(inner.start, inner.end);
  const read = text[span.start] === '|' ? written : unescaped(written, text[span.start]);
  const language: Language | undefined = languageOfPart(read) ?? (scriptKey.test(key) ? 'shell' : undefined);
  return language && { span: inner, text: read, language };
}

/** Breaks of folded lines are blanks. */
function unescaped(written: string, quote: string | undefined): string {
  return withoutEscapes(
    written.replace(/\r?\n(?!\s*(?:\n|$))/g, (end) => ' '.repeat(end.length)),
    quote,
  );
}
