import type { SyntaxNode } from '@lezer/common';
import type { CodeNode } from './codeTree.ts';
import { childrenOfSyntax, otherNode, spanOf } from './lezerTree.ts';

/** What the readers of all languages that lezer parses have in common. */
export abstract class SyntaxReader {
  protected readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Undefined for what has no meaning of its own: punctuation, types, comments. */
  abstract node(node: SyntaxNode, depth: number): CodeNode | undefined;

  protected slice({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }

  protected nodes(nodes: readonly SyntaxNode[], depth: number): readonly CodeNode[] {
    return nodes.map((node) => this.node(node, depth + 1)).filter((node) => node !== undefined);
  }

  /**
   * A node that has only parts: `await x`, `(x)`, `return x` are x.
   *
   * @param blocks names of nodes whose only part stays one of them: a function's or a file's only statement
   */
  protected parts(node: SyntaxNode, depth: number, blocks: RegExp): CodeNode | undefined {
    const children = this.nodes(childrenOfSyntax(node), depth);
    if (children.length === 0) return node.name === 'Script' ? otherNode(spanOf(node), []) : undefined;
    const [only] = children;
    return children.length === 1 && only && !blocks.test(node.name) ? only : otherNode(spanOf(node), children);
  }
}
