import { oncePer } from '../oncePer.ts';
import type { RegionClue, RegionStatement } from '../reading.ts';
import { regionNamed } from '../regions/regionNames.ts';
import { type CodeNode, childrenOf, countParts, type EntryNode, entryOf } from '../tree/codeTree.ts';

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

/** Salt Cloud: a profile names its provider, of which another place or file says the location. */
export function providerClues(around: readonly CodeNode[]): readonly RegionClue[] {
  return around.toReversed().flatMap(providerIn);
}

const providerIn = oncePer((node: CodeNode): readonly RegionClue[] => {
  const provider = entryOf(node, 'provider', 'driver')?.value;
  if (provider?.kind !== 'text' || provider.isTemplate) return [];
  return ['location', 'region'].map((key) => named(`${provider.value}.${key}`));
}, countParts);

/** Ansible: what the variables of a role or of all hosts say, which any task may use. */
export function playClues(path: string): readonly RegionClue[] {
  if (!/(?:^|\/)(?:tasks|handlers|vars|defaults|group_vars|host_vars)\//.test(path)) return [];
  return ['region', 'aws_region', 'ec2_region'].map(named);
}

function named(name: string): RegionClue {
  return { kind: 'named', name: statementName(name), from: 'variable' };
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
