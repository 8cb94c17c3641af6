import type { CodeNode, EntryNode, MapNode } from '../tree/codeTree.ts';

/** How many labels a block has. In JSON, the keys of objects in objects are the labels. */
const labelCounts: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  source: 2,
  variable: 1,
  output: 1,
  module: 1,
  provider: 1,
};

/**
 * Blocks and attributes of the top level, the same for both syntaxes of Terraform: a block of JSON has the keys around
 * it as its labels.
 */
export function terraformBlocks(root: MapNode): readonly EntryNode[] {
  return root.entries.flatMap((entry) => unfolded(entry, labelCounts[entry.key] ?? 0));
}

function unfolded(entry: EntryNode, labelCount: number): readonly EntryNode[] {
  const { key, labels, value } = entry;
  if (value.kind === 'list' && labelCount > 0) {
    return value.items.flatMap((item) => unfolded({ ...entry, span: item.span, value: item }, labelCount));
  }
  if (labels.length >= labelCount || value.kind !== 'map') return [entry];
  return value.entries.flatMap((inner) =>
    unfolded({ ...inner, key, labels: [...labels, inner.key, ...inner.labels] }, labelCount),
  );
}

/** A name of a variable, a local or the like, as statements have it: `var.amis["web"]` is `var.amis.web`. */
export function terraformName(node: CodeNode): string | undefined {
  const written = node.kind === 'name' ? node.value : node.kind === 'text' ? onlyInterpolation(node.value) : undefined;
  if (written === undefined) return undefined;
  const name = written.replace(/\[["']?([\w-]+)["']?\]/g, '.$1');
  if (!/^[a-z_]\w*(?:\.[\w-]+)+$/i.test(name)) return undefined;
  const ofRegion = /^data\.aws_region\.([\w-]+)\.(?:name|id|region)$/.exec(name);
  if (ofRegion) return `data.aws_region.${ofRegion[1]}`;
  return /^(?:each|count|self|path|module|data|dependency)\./.test(name) ? undefined : name;
}

/** Of a text in JSON: `${var.region}`, and Packer's ``{{user `region`}}``. */
function onlyInterpolation(text: string): string | undefined {
  const packer = /^\{\{-?\s*user\s+[`'"\\]*([\w-]+)[`'"\\]*\s*-?\}\}$/.exec(text);
  return packer ? `user.${packer[1]}` : /^\$\{\s*([^{}]+?)\s*\}$/.exec(text)?.[1];
}

/** A provider as code refers to it: `aws.west`, `"aws.west"`, `aws`. */
export function providerName(node: CodeNode): string | undefined {
  const written = node.kind === 'name' || node.kind === 'text' ? node.value : '';
  const name = /^(?:\$\{)?(aws(?:cc)?(?:[.-][\w-]+)?)(?:\[.*\])?\}?$/.exec(written)?.[1];
  return name === undefined ? undefined : `provider:${name}`;
}
