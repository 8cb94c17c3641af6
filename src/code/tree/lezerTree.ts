import type { SyntaxNode } from '@lezer/common';
import type { TextSpan } from '../textSpan.ts';
import type { CodeNode, EntryNode, OtherNode } from './codeTree.ts';

/** What is nested deeper is left out: the call stack bounds what can be walked. */
export const maxTreeDepth = 300;

export function spanOf({ from, to }: SyntaxNode): TextSpan {
  return { start: from, end: to };
}

export function childrenOfSyntax(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

export function otherNode(span: TextSpan, children: readonly CodeNode[]): OtherNode {
  return { kind: 'other', span, children };
}

/** One operand, as of `x as string`, is the value itself. */
export function joinedNode(span: TextSpan, operands: readonly CodeNode[]): CodeNode {
  const [only] = operands;
  return operands.length === 1 && only ? only : otherNode(span, operands);
}

export function entryNode(
  key: string,
  {
    keySpan,
    span,
    value,
    labels = [],
  }: { keySpan: TextSpan; span: TextSpan; value: CodeNode; labels?: readonly string[] },
): EntryNode {
  return { kind: 'entry', key, keySpan, span, value, labels };
}

/** The operands of `a + b + c`, of which a parser makes one node in another. */
export function operandsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const lastFirst: SyntaxNode[] = [];
  let left: SyntaxNode | null = node;
  while (left && left.name === 'BinaryExpression') {
    const [first, ...rest] = childrenOfSyntax(left);
    lastFirst.push(...rest.reverse());
    left = first ?? null;
  }
  if (left) lastFirst.push(left);
  return lastFirst.reverse();
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' };

/** The value of a string's inside, by the escapes that most languages have. */
export function unescaped(inner: string): string {
  if (!inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_whole, long?: string, short?: string, byte?: string, character = '') => {
      const digits = long ?? short ?? byte;
      if (digits !== undefined) {
        const code = Number.parseInt(digits, 16);
        return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
      }
      return /[\r\n]/.test(character) ? '' : (escapes[character] ?? character);
    },
  );
}
