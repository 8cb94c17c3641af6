import type { RegionStatement } from '../reading.ts';
import { regionNamed } from '../regions/regionNames.ts';
import { type CodeNode, childrenOf, type EntryNode } from '../tree/codeTree.ts';

/** `{{ aws_region }}`, `{{ aws.region | default('x') }}`, `${AWS_REGION}`, `$REGION` */
const variable =
  /^\s*(?:\{\{-?\s*(?:user\s*`)?\.?([\w.]+)`?\s*(?:\|[^{}]*)?-?\}\}|\$\{(\w+)(?::?[-=?+][^{}]*)?\}|\$(\w+))\s*$/;

/** The variable that a text of a configuration file is filled in with: its name among the file's statements. */
export function variableNamed(value: CodeNode): string | undefined {
  if (value.kind !== 'text') return undefined;
  const [, jinja, braced, plain] = variable.exec(value.value) ?? [];
  const name = jinja ?? braced ?? plain;
  return name === undefined || /^item\b/.test(name) ? undefined : statementName(name);
}

function statementName(name: string): string {
  return `value:${name.split('.').slice(-2).join('.')}`;
}

/** Sections whose keys are variables by their own names. */
const variableSections =
  /^(?:vars|variables|all|env|environment|defaults?|set_fact|ansible\.builtin\.set_fact|parameters|global)$/i;

/** What the keys of a configuration file state, each under its own name or that of its section and its own. */
export function valueStatements(root: CodeNode): readonly RegionStatement[] {
  const found: RegionStatement[] = [];
  const visit = (node: CodeNode, section: string | undefined): void => {
    if (node.kind !== 'entry') {
      for (const child of childrenOf(node)) visit(child, section);
      return;
    }
    const { key, value } = node;
    if (value.kind === 'text') found.push(...statementOf(node, section));
    visit(value, variableSections.test(key) ? undefined : key);
  };
  visit(root, undefined);
  return found;
}

function statementOf({ key, value }: EntryNode, section: string | undefined): readonly RegionStatement[] {
  if (value.kind !== 'text' || value.value.length > 200) return [];
  const region = regionNamed(value.value);
  const refersTo = region === undefined && /region/i.test(key) ? variableNamed(value) : undefined;
  if (region === undefined && refersTo === undefined) return [];
  const name = statementName(section === undefined ? key : `${section}.${key}`);
  return [{ name, regions: region === undefined ? [] : [region], refersTo, span: value.span }];
}
