import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { unique } from '../../core/snippets/identifier.ts';
import type { CodePlace, PlacedCode } from './codePlace.ts';
import { indentOf, lineAt, startWithComments } from './lines.ts';
import { placedBlock } from './placedBlock.ts';
import { referenceText, valueSpanAt } from './valueSpan.ts';

const typescript = parser.configure({ dialect: 'ts jsx' });

const containers = /^(?:Script|Block|ClassBody|SwitchBody)$/;

/** Declarations stand among statements: before the one around the place; in the body of a class they are its properties. */
export function placedDeclarations(code: string, tool: string, place: CodePlace): PlacedCode {
  const { text, span } = place;
  const tree = typescript.parse(text);
  const value = takesValue(tree, text, span.start) ? valueSpanAt(place) : undefined;
  const around = statementAround(tree, place, value !== undefined);
  const isInClass = around.container === 'ClassBody';
  const taken = new Set(Array.from(text.matchAll(/\b(?:const|let|var|readonly)\s+([\w$]+)/g), ([, name = '']) => name));
  const names: string[] = [];
  const keyword = isInClass ? (/\.[cm]?jsx?$/.test(place.path) ? '' : 'private readonly ') : 'const ';
  const written = code.replace(/^const ([\w$]+)/gm, (_, name: string) => {
    names.push(unique(taken, name, ''));
    return `${keyword}${names.at(-1)}`;
  });
  if (around.statement === undefined) return { code: placedBlock(written, place), reference: undefined };
  const references = names.map((name) => `${isInClass ? 'this.' : ''}${name}${suffixOf(tool, code, name)}`);
  const { start: lineStart, text: line } = lineAt(text, around.statement);
  const isAlone = line.slice(0, around.statement - lineStart).trim() === '';
  const start = isAlone ? startWithComments(text, around.statement) : around.statement;
  return {
    code: placedBlock(written, { ...place, span: { start, end: start } }),
    reference: value ? { span: value, newText: referenceText(references, place, value) } : undefined,
    scope: around.start,
  };
}

/** Neither a parameter, nor a type, nor what follows a label is a value. */
function takesValue(tree: Tree, text: string, offset: number): boolean {
  const { name, parent } = tree.resolveInner(text.slice(0, offset).trimEnd().length, -1);
  return (
    tree.resolveInner(offset, 0).name !== 'ParamList' &&
    !(name === ':' && /^(?:CaseLabel|DefaultLabel|TypeAnnotation)$/.test(parent?.name ?? ''))
  );
}

/** Of what Pulumi's functions give; the CDK takes an object of an image. */
function suffixOf(tool: string, code: string, name: string): string {
  if (tool !== 'Pulumi' || name.endsWith('Id')) return '';
  return code.includes('getParameterOutput') ? '.value' : '.id';
}

interface Around {
  readonly container: string;
  /** Of the container. */
  readonly start: number;
  /** Where the statement or the member around the place begins; undefined between them. */
  readonly statement: number | undefined;
}

/** Nothing stands before a label but its `switch`; `this` of what is static has no properties of an instance. */
function isPassedOver(node: SyntaxNode): boolean {
  return /^(?:CaseLabel|DefaultLabel)$/.test(node.name) || node.getChild('static') !== null;
}

function statementAround(tree: Tree, { text, span }: CodePlace, isValue: boolean): Around {
  const offset = span.start;
  let node: SyntaxNode | null = tree.resolveInner(offset, 0);
  while (node) {
    if (containers.test(node.name)) {
      // What lacks its value may be no statement so far.
      const { start, text: line } = lineAt(text, offset);
      const statement = isValue ? start + indentOf(line).length : undefined;
      return { container: node.name, start: node.from, statement };
    }
    const parent: SyntaxNode | null = node.parent;
    const isMember: boolean = parent !== null && containers.test(parent.name);
    if (parent && isMember && !isPassedOver(node)) {
      const statement = node.from < offset && offset <= node.to ? node.from : undefined;
      return { container: parent.name, start: parent.from, statement };
    }
    // Behind a container that is passed over, its own place counts.
    node = isMember ? (parent?.parent ?? null) : parent;
  }
  return { container: 'Script', start: 0, statement: undefined };
}
