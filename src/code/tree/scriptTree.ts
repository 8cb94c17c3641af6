import type { SyntaxNode } from '@lezer/common';
import { parser as javascript } from '@lezer/javascript';
import type { TextSpan } from '../textSpan.ts';
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

const dialects = {
  javascript: javascript.configure({ dialect: 'jsx ts' }),
  casts: javascript.configure({ dialect: 'ts' }),
};

/** Reads JavaScript and TypeScript. With `jsx`, `<T>x` is an element, without it a cast. */
export function scriptTree(text: string, { jsx = true }: { readonly jsx?: boolean } = {}): CodeNode {
  const parser = jsx ? dialects.javascript : dialects.casts;
  return parsedTree(parser, text, (topNode) => new ScriptTree(text).node(topNode, 0));
}

const skipped =
  /^(?:LineComment|BlockComment|TypeAnnotation|TypeArgList|TypeParamList|TypeAliasDeclaration|InterfaceDeclaration|ImportDeclaration)$|Type$/;

const blocks = /Script|Block|Function|Body/;

class ScriptTree extends SyntaxReader {
  override node(node: SyntaxNode, depth: number): CodeNode | undefined {
    if (depth > maxTreeDepth || skipped.test(node.name)) return undefined;
    switch (node.name) {
      case 'String':
      case 'JSXAttributeValue':
        return this.#string(node);
      case 'TemplateString':
        return this.#template(node);
      case 'TaggedTemplateExpression':
        return this.node(node.lastChild ?? node, depth + 1);
      case 'ObjectExpression':
        return { kind: 'map', span: spanOf(node), entries: this.#properties(node, depth) };
      case 'ArrayExpression':
        return { kind: 'list', span: spanOf(node), items: this.nodes(childrenOfSyntax(node), depth) };
      case 'VariableName':
      case 'this':
      case 'super':
      case 'Number':
      case 'BooleanLiteral':
      case 'null':
        return { kind: 'name', span: spanOf(node), value: this.slice(node) };
      case 'MemberExpression':
        return this.#member(node, depth);
      case 'CallExpression':
      case 'NewExpression':
        return this.#call(node, depth);
      case 'VariableDeclaration':
      case 'ParamList':
        return this.#definitions(node, depth);
      case 'PropertyDeclaration':
      case 'AssignmentExpression':
      case 'JSXAttribute':
        return this.#assignment(node, depth);
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.#named('class', node, depth);
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunction':
      case 'MethodDeclaration':
        return this.#named('function', node, depth);
      case 'IfStatement':
      case 'ConditionalExpression':
        return this.#condition(node, depth);
      case 'SwitchBody':
        return this.#cases(node, depth);
      case 'BinaryExpression':
        return joinedNode(spanOf(node), this.nodes(operandsOf(node), depth));
      default:
        return this.parts(node, depth, blocks);
    }
  }

  #string(node: SyntaxNode): TextNode {
    const isClosed = node.to - node.from > 1 && this.text[node.to - 1] === this.text[node.from];
    const inner = { start: node.from + 1, end: isClosed ? node.to - 1 : node.to };
    return this.#textNode(node, inner, false);
  }

  #template(node: SyntaxNode): TextNode {
    const isClosed = node.to - node.from > 1 && this.text[node.to - 1] === '`';
    const inner = { start: node.from + 1, end: isClosed ? node.to - 1 : node.to };
    return this.#textNode(node, inner, node.getChild('Interpolation') !== null);
  }

  #textNode(node: SyntaxNode, inner: TextSpan, isTemplate: boolean): TextNode {
    const value = unescaped(this.text.slice(inner.start, inner.end));
    return { kind: 'text', span: spanOf(node), value, inner, isTemplate, tag: undefined };
  }

  #properties(node: SyntaxNode, depth: number): readonly EntryNode[] {
    return node.getChildren('Property').flatMap((property): readonly EntryNode[] => {
      const parts = childrenOfSyntax(property).filter(({ name }) => !/^(?:[[\]:,]|async|get|set|\*)$/.test(name));
      const [key, ...rest] = parts;
      const value = rest.at(-1);
      if (!key) return [];
      const span = spanOf(property);
      if (key.name === 'Spread') {
        const spread = value && this.node(value, depth + 1);
        return spread ? [entryNode('...', { keySpan: spanOf(key), span, value: spread })] : [];
      }
      const name: CodeNode = { kind: 'name', span: spanOf(key), value: this.slice(key) };
      const inner =
        value?.name === 'Block'
          ? otherNode(spanOf(value), this.nodes(childrenOfSyntax(value), depth))
          : value && this.node(value, depth + 1);
      return [entryNode(this.#keyOf(key), { keySpan: spanOf(key), span, value: inner ?? name })];
    });
  }

  #keyOf(node: SyntaxNode): string {
    return node.name === 'String' || node.name === 'TemplateString' ? this.#string(node).value : this.#path(node);
  }

  /** A name or a path of names as written, without blanks and the marks of what may be undefined. */
  #path(node: SyntaxNode): string {
    return this.slice(node)
      .replace(/\s+/g, '')
      .replace(/[?!]\./g, '.')
      .replace(/!$/, '');
  }

  #isPath(node: SyntaxNode | null, depth: number): boolean {
    if (!node || depth > maxTreeDepth) return false;
    if (/^(?:VariableName|this|super)$/.test(node.name)) return true;
    if (node.name !== 'MemberExpression' && node.name !== 'PostfixExpression') return false;
    const [object, ...rest] = childrenOfSyntax(node);
    const isPlain = ({ name }: SyntaxNode) =>
      /^(?:\.|\?\.|[[\]]|PropertyName|PrivatePropertyName|String|Number|VariableName|LogicOp)$/.test(name);
    return rest.every(isPlain) && this.#isPath(object ?? null, depth + 1);
  }

  #member(node: SyntaxNode, depth: number): CodeNode {
    if (this.#isPath(node, depth)) return { kind: 'name', span: spanOf(node), value: this.#path(node) };
    return otherNode(spanOf(node), this.nodes(childrenOfSyntax(node), depth));
  }

  #call(node: SyntaxNode, depth: number): CallNode {
    const args = node.getChild('ArgList');
    const isNew = node.name === 'NewExpression';
    const wrapped = (isNew ? node.firstChild?.nextSibling : node.firstChild) ?? node;
    const target = wrapped.name === 'InstantiationExpression' ? (wrapped.firstChild ?? wrapped) : wrapped;
    const isPath = target === node || this.#isPath(target, depth);
    const last = isPath ? target : (target.lastChild ?? target);
    const object = isPath ? undefined : target.name === 'MemberExpression' ? (target.firstChild ?? undefined) : target;
    return {
      kind: 'call',
      span: spanOf(node),
      callee: target === node ? '' : this.#path(isPath || object === target ? target : last).slice(0, 300),
      calleeSpan: spanOf(isPath ? target : last),
      receiver: object && this.node(object, depth + 1),
      isNew,
      args: args ? this.nodes(childrenOfSyntax(args), depth) : [],
      named: [],
    };
  }

  /** `const a = 1, b = 2`, or parameters with their defaults. */
  #definitions(node: SyntaxNode, depth: number): CodeNode {
    const entries: CodeNode[] = [];
    let target: SyntaxNode | undefined;
    let hasValue = false;
    for (const part of childrenOfSyntax(node)) {
      if (/^(?:VariableDefinition|ArrayPattern|ObjectPattern)$/.test(part.name)) {
        target = part;
        hasValue = false;
      } else if (part.name === 'Equals') hasValue = true;
      else if (target && hasValue) {
        const value = this.node(part, depth + 1);
        const span = { start: target.from, end: part.to };
        if (value) entries.push(entryNode(this.#path(target), { keySpan: spanOf(target), span, value }));
        target = undefined;
      }
    }
    const [only] = entries;
    return entries.length === 1 && only ? only : otherNode(spanOf(node), entries);
  }

  #assignment(node: SyntaxNode, depth: number): CodeNode | undefined {
    const parts = childrenOfSyntax(node).filter(({ name }) => !skipped.test(name));
    const target = parts.find(
      ({ name }) => !/^(?:Privacy|readonly|static|declare|override|abstract|Decorator)$/.test(name),
    );
    const value = parts.findLast(({ name }) => name !== ';');
    if (!target || !value || target === value) return undefined;
    const converted = this.node(value, depth + 1);
    if (!converted) return undefined;
    return entryNode(this.#path(target), { keySpan: spanOf(target), span: spanOf(node), value: converted });
  }

  #named(kind: 'class' | 'function', node: SyntaxNode, depth: number): CodeNode {
    const name = node.getChild('VariableDefinition') ?? node.getChild('PropertyDefinition');
    const keySpan = name ? spanOf(name) : { start: node.from, end: node.from };
    const value = otherNode(spanOf(node), this.nodes(childrenOfSyntax(node), depth));
    return entryNode(kind, { keySpan, span: spanOf(node), value, labels: name ? [this.slice(name)] : [] });
  }

  /** What is done where something equals a text is an entry with the text as its key, like a case. */
  #condition(node: SyntaxNode, depth: number): CodeNode {
    const parts = childrenOfSyntax(node).filter(({ name }) => !/^(?:if|else|LogicOp|:)$/.test(name));
    const [condition, ...branches] = parts;
    const text = condition && this.#comparedText(condition);
    const [first, ...rest] = branches;
    if (!text || !first) return otherNode(spanOf(node), this.nodes(parts, depth));
    const value = this.node(first, depth + 1) ?? otherNode(spanOf(first), []);
    const span = { start: condition.from, end: first.to };
    const entry = entryNode(text.value, { keySpan: text.inner, span, value });
    return otherNode(spanOf(node), [entry, ...this.nodes(rest, depth)]);
  }

  #comparedText(condition: SyntaxNode): TextNode | undefined {
    const inner = condition.name === 'ParenthesizedExpression' ? condition.getChild('BinaryExpression') : condition;
    if (inner?.name !== 'BinaryExpression') return undefined;
    const operator = inner.getChild('CompareOp');
    const text = inner.getChild('String');
    return operator && /^===?$/.test(this.slice(operator)) && text ? this.#string(text) : undefined;
  }

  #cases(node: SyntaxNode, depth: number): CodeNode {
    const entries: CodeNode[] = [];
    let label: TextNode | undefined;
    let body: SyntaxNode[] = [];
    const close = () => {
      const [first, last] = [body[0], body.at(-1)];
      if (label && first && last) {
        const value = otherNode({ start: first.from, end: last.to }, this.nodes(body, depth));
        const span = { start: label.span.start, end: last.to };
        entries.push(entryNode(label.value, { keySpan: label.inner, span, value }));
      } else entries.push(...this.nodes(body, depth));
      body = [];
    };
    for (const part of childrenOfSyntax(node)) {
      if (part.name === 'CaseLabel' || part.name === 'DefaultLabel') {
        close();
        const text = part.getChild('String');
        label = text ? this.#string(text) : undefined;
      } else if (!/^[{}]$/.test(part.name)) body.push(part);
    }
    close();
    return otherNode(spanOf(node), entries);
  }
}
