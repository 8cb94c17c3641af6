import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { CallNode, CodeNode, EntryNode, TextNode } from './codeTree.ts';
import {
  childrenOfSyntax,
  entryNode,
  joinedNode,
  maxTreeDepth,
  operandsOf,
  otherNode,
  spanOf,
  unescaped,
} from './lezerTree.ts';
import { parsedTree } from './parsedTree.ts';
import { SyntaxReader } from './syntaxReader.ts';

/** Reads Python 2 and 3. */
export function pythonTree(text: string): CodeNode {
  return parsedTree(parser, text, (topNode) => new PythonTree(text).node(topNode, 0));
}

const blocks = /Script|Body|Comprehension/;

class PythonTree extends SyntaxReader {
  override node(node: SyntaxNode, depth: number): CodeNode | undefined {
    if (depth > maxTreeDepth) return undefined;
    switch (node.name) {
      case 'Comment':
      case 'TypeDef':
      case 'ImportStatement':
        return undefined;
      case 'String':
      case 'FormatString':
        return this.#string(node);
      case 'ContinuedString':
        return this.#continued(node);
      case 'DictionaryExpression':
        return { kind: 'map', span: spanOf(node), entries: this.#dictionary(node, depth) };
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'SetExpression':
        return { kind: 'list', span: spanOf(node), items: this.nodes(childrenOfSyntax(node), depth) };
      case 'VariableName':
      case 'Number':
      case 'Boolean':
      case 'None':
        return { kind: 'name', span: spanOf(node), value: this.slice(node) };
      case 'MemberExpression':
        return this.#member(node, depth);
      case 'CallExpression':
        return this.#call(node, depth);
      case 'AssignStatement':
        return this.#assignment(node, depth);
      case 'ParamList':
        return otherNode(spanOf(node), this.#arguments(node, depth).named);
      case 'ClassDefinition':
        return this.#named('class', node, depth);
      case 'FunctionDefinition':
        return this.#named('function', node, depth);
      case 'LambdaExpression': {
        const value = otherNode(spanOf(node), this.nodes(childrenOfSyntax(node), depth));
        return entryNode('function', { keySpan: { start: node.from, end: node.from }, span: spanOf(node), value });
      }
      case 'IfStatement':
        return this.#condition(node, depth);
      case 'MatchClause':
        return this.#matchClause(node, depth);
      case 'BinaryExpression':
        return joinedNode(spanOf(node), this.nodes(operandsOf(node), depth));
      default:
        return this.parts(node, depth, blocks);
    }
  }

  #string(node: SyntaxNode): TextNode {
    const [, prefix = '', quote = ''] = /^([a-zA-Z]*)("""|'''|"|')/.exec(this.slice(node)) ?? [];
    const start = node.from + prefix.length + quote.length;
    const isClosed = node.to - quote.length >= start && this.text.slice(node.to - quote.length, node.to) === quote;
    const inner = { start: Math.min(start, node.to), end: isClosed ? node.to - quote.length : node.to };
    const written = this.text.slice(inner.start, inner.end);
    const value = /r/i.test(prefix) ? written : unescaped(written);
    return { kind: 'text', span: spanOf(node), value, inner, isTemplate: node.name === 'FormatString', tag: undefined };
  }

  /** `"a" "b"` is one text; its inside is what stands between the outer quotes. */
  #continued(node: SyntaxNode): TextNode {
    const parts = childrenOfSyntax(node)
      .filter(({ name }) => name === 'String' || name === 'FormatString')
      .map((part) => this.#string(part));
    const inner = { start: parts[0]?.inner.start ?? node.from, end: parts.at(-1)?.inner.end ?? node.to };
    return {
      kind: 'text',
      span: spanOf(node),
      value: parts.map(({ value }) => value).join(''),
      inner,
      isTemplate: parts.some(({ isTemplate }) => isTemplate),
      tag: undefined,
    };
  }

  #dictionary(node: SyntaxNode, depth: number): readonly EntryNode[] {
    const entries: EntryNode[] = [];
    let key: SyntaxNode | undefined;
    let isValue = false;
    for (const part of childrenOfSyntax(node)) {
      if (part.name === ':') isValue = key !== undefined;
      else if (part.name === ',' || part.name === '{') [key, isValue] = [undefined, false];
      else if (part.name === '**') [key, isValue] = [part, true];
      else if (key && isValue) {
        const value = this.node(part, depth + 1);
        const span = { start: key.from, end: part.to };
        if (value) entries.push(entryNode(this.#keyOf(key), { keySpan: spanOf(key), span, value }));
        isValue = false;
      } else if (part.name !== 'Comment') key = part;
    }
    return entries;
  }

  #keyOf(node: SyntaxNode): string {
    if (node.name === '**') return '...';
    return /String$/.test(node.name) ? this.#string(node).value : this.#path(node);
  }

  #path(node: SyntaxNode): string {
    return this.slice(node).replace(/\s+/g, '');
  }

  #isPath(node: SyntaxNode | null, depth: number): boolean {
    if (!node || depth > maxTreeDepth) return false;
    if (node.name === 'VariableName') return true;
    if (node.name !== 'MemberExpression') return false;
    const [object, ...rest] = childrenOfSyntax(node);
    const isPlain = ({ name }: SyntaxNode) => /^(?:\.|[[\]]|PropertyName|String|Number|VariableName)$/.test(name);
    return rest.every(isPlain) && this.#isPath(object ?? null, depth + 1);
  }

  #member(node: SyntaxNode, depth: number): CodeNode {
    if (this.#isPath(node, depth)) return { kind: 'name', span: spanOf(node), value: this.#path(node) };
    return otherNode(spanOf(node), this.nodes(childrenOfSyntax(node), depth));
  }

  #call(node: SyntaxNode, depth: number): CallNode {
    const target = node.firstChild ?? node;
    const args = node.getChild('ArgList');
    const isPath = target === node || this.#isPath(target, depth);
    const isMember = !isPath && target.name === 'MemberExpression';
    const last = isMember ? (target.lastChild ?? target) : target;
    const object = isPath ? undefined : isMember ? (target.firstChild ?? undefined) : target;
    const { positional, named } = args ? this.#arguments(args, depth) : { positional: [], named: [] };
    return {
      kind: 'call',
      span: spanOf(node),
      callee: target === node ? '' : this.#path(last).slice(0, 300),
      calleeSpan: spanOf(last),
      receiver: object && this.node(object, depth + 1),
      isNew: false,
      args: positional,
      named,
    };
  }

  #arguments(node: SyntaxNode, depth: number): { positional: readonly CodeNode[]; named: readonly EntryNode[] } {
    const positional: CodeNode[] = [];
    const named: EntryNode[] = [];
    let name: SyntaxNode | undefined;
    let isNamed = false;
    const close = () => {
      if (name && !isNamed) positional.push(...this.nodes([name], depth));
      [name, isNamed] = [undefined, false];
    };
    for (const part of childrenOfSyntax(node)) {
      if (part.name === ',') close();
      else if (part.name === 'AssignOp') isNamed = name !== undefined;
      else if (part.name === '**') [name, isNamed] = [part, true];
      else if (name && isNamed) {
        const value = this.node(part, depth + 1);
        const span = { start: name.from, end: part.to };
        if (value) named.push(entryNode(this.#keyOf(name), { keySpan: spanOf(name), span, value }));
        else if (part.name === 'Comment') continue;
        name = undefined;
      } else if (!/^(?:[()*/]|TypeDef|Comment)$/.test(part.name)) {
        if (name) positional.push(...this.nodes([name], depth));
        name = part;
      }
    }
    close();
    return { positional, named };
  }

  #assignment(node: SyntaxNode, depth: number): CodeNode | undefined {
    const parts = childrenOfSyntax(node).filter(({ name }) => name !== 'TypeDef' && name !== 'Comment');
    const equals = parts.findLastIndex(({ name }) => name === 'AssignOp');
    const [target] = parts;
    if (!target || equals === -1) return this.parts(node, depth, blocks);
    const values = this.nodes(parts.slice(equals + 1), depth);
    const [only] = values;
    if (!only) return undefined;
    const end = values.at(-1)?.span.end ?? node.to;
    const value: CodeNode =
      values.length === 1 ? only : { kind: 'list', span: { start: only.span.start, end }, items: values };
    return entryNode(this.#path(target), { keySpan: spanOf(target), span: spanOf(node), value });
  }

  #named(kind: 'class' | 'function', node: SyntaxNode, depth: number): CodeNode {
    const name = node.getChild('VariableName');
    const keySpan = name ? spanOf(name) : { start: node.from, end: node.from };
    const parts = childrenOfSyntax(node).filter(({ from }) => from !== name?.from);
    const value = otherNode(spanOf(node), this.nodes(parts, depth));
    return entryNode(kind, { keySpan, span: spanOf(node), value, labels: name ? [this.slice(name)] : [] });
  }

  /** What is done where something equals a text is an entry with the text as its key. */
  #condition(node: SyntaxNode, depth: number): CodeNode {
    const children: CodeNode[] = [];
    let condition: SyntaxNode | undefined;
    for (const part of childrenOfSyntax(node)) {
      if (part.name !== 'Body') {
        children.push(...this.nodes([part], depth));
        condition = /^(?:if|elif|else)$/.test(part.name) ? undefined : part;
        continue;
      }
      const text = condition && this.#comparedText(condition);
      const value = this.node(part, depth + 1);
      if (text && value) {
        // The condition's own names are of no use beside the entry.
        if (children.at(-1)?.span.start === condition?.from) children.pop();
        children.push(
          entryNode(text.value, { keySpan: text.inner, span: { start: text.span.start, end: part.to }, value }),
        );
      } else if (value) children.push(value);
    }
    return otherNode(spanOf(node), children);
  }

  #comparedText(condition: SyntaxNode): TextNode | undefined {
    const inner = condition.name === 'ParenthesizedExpression' ? condition.getChild('BinaryExpression') : condition;
    const operator = inner?.getChild('CompareOp');
    const text = inner?.getChild('String');
    return operator && this.slice(operator) === '==' && text ? this.#string(text) : undefined;
  }

  #matchClause(node: SyntaxNode, depth: number): CodeNode {
    const text = node.getChild('LiteralPattern')?.getChild('String') ?? node.getChild('String');
    const body = node.getChild('Body');
    const value = body ? this.node(body, depth + 1) : undefined;
    if (!text || !value) return this.parts(node, depth, blocks) ?? otherNode(spanOf(node), []);
    const { value: key, inner } = this.#string(text);
    return entryNode(key, { keySpan: inner, span: spanOf(node), value });
  }
}
