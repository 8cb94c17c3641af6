import type { LatestParameter } from '../../core/latestParameter.ts';
import { snakeCase, unique, wordsOf } from '../../core/snippets/identifier.ts';
import { hclString } from '../../core/snippets/quote.ts';
import { hclAttributes } from '../../core/snippets/terraform.ts';
import { lineAt, linesAbove } from './lines.ts';
import { importedForm } from './machineImage.ts';
import type { ParameterPlace } from './parameterForms.ts';
import { toolOf } from './toolOf.ts';

/** How code can read a public parameter where an image's id belongs as an expression, outside of quotes. */
export type ExpressionForm = 'terraform' | 'packer' | 'pulumi' | 'pulumiPython' | 'cdk' | 'cdkPython';

export interface ParameterExpression {
  readonly text: string;
  /** A block that the expression refers to, to be put on lines of its own at an offset; undefined where there is one. */
  readonly block: { readonly offset: number; readonly text: string } | undefined;
}

/** Undefined where the language has no such expression, or what it needs is not imported. */
export function expressionFormOf({ text, path, language, keys }: ParameterPlace): ExpressionForm | undefined {
  switch (language) {
    case 'hcl':
      return hclFormOf(path, text, keys.at(-1)?.name ?? '');
    case 'script':
      if (/\*\s+as\s+aws\s+from\s+["']@pulumi\/aws["']/.test(text)) return 'pulumi';
      return importedForm(language, text) && 'cdk';
    case 'python':
      if (/^\s*import\s+pulumi_aws\s+as\s+aws\b/m.test(text)) return 'pulumiPython';
      return importedForm(language, text) && 'cdkPython';
    default:
      return undefined;
  }
}

/** Values of variables and of Terragrunt may not refer to data. */
function hclFormOf(path: string, text: string, block: string): ExpressionForm | undefined {
  if (toolOf(path, text, 'hcl') === 'Packer') return block === 'source' ? 'packer' : undefined;
  const isModule = /\.(?:tf|tofu)$/i.test(path) || !/\.\w+$/.test(path);
  return isModule && /^(?:resource|module|locals|output)$/.test(block) ? 'terraform' : undefined;
}

/** How each public parameter is read at a place. */
export type ParameterExpressions = (parameter: LatestParameter) => ParameterExpression;

/**
 * The texts are read once for all parameters.
 *
 * @param place the place, in the text
 * @param sisters texts of the other files of a Terraform module, which share its names
 */
export function parameterExpressions(
  form: ExpressionForm,
  place: Pick<ParameterPlace, 'text' | 'offset'>,
  sisters: readonly string[],
): ParameterExpressions {
  const plainly = (textOf: (parameter: LatestParameter) => string) => (parameter: LatestParameter) => ({
    text: textOf(parameter),
    block: undefined,
  });
  switch (form) {
    case 'terraform':
      return dataExpressions(terraform, place, sisters);
    case 'packer':
      return dataExpressions(packer, place, sisters);
    case 'pulumi':
      return plainly(({ name }) => `aws.ssm.getParameterOutput({ name: ${JSON.stringify(name)} }).value`);
    case 'pulumiPython':
      return plainly(({ name }) => `aws.ssm.get_parameter_output(name=${JSON.stringify(name)}).value`);
    case 'cdk':
      return plainly(({ name }) => `ec2.MachineImage.fromSsmParameter('${name}').getImage(this).imageId`);
    case 'cdkPython':
      return plainly(
        ({ name }) => `ec2.MachineImage.from_ssm_parameter(${JSON.stringify(name)}).get_image(self).image_id`,
      );
  }
}

interface DataSource {
  readonly type: string;
  /** `insecure_value`: the id of a public image is no secret, and `value` would hide it in every plan. */
  readonly attribute: string;
  readonly hasRegion: boolean;
}

const terraform: DataSource = { type: 'aws_ssm_parameter', attribute: 'insecure_value', hasRegion: false };
const packer: DataSource = { type: 'amazon-parameterstore', attribute: 'value', hasRegion: true };

function dataExpressions(
  { type, attribute, hasRegion }: DataSource,
  { text, offset }: Pick<ParameterPlace, 'text' | 'offset'>,
  sisters: readonly string[],
): ParameterExpressions {
  const start = blockStart(text, offset);
  const stated = hasRegion ? undefined : placeOfBlock(blockOf(text, start));
  const blocks = [text, ...sisters].flatMap((each) => dataBlocksIn(each, type));
  return (parameter) => {
    const { provider, region } = stated ?? { provider: undefined, region: hclString(parameter.region) };
    const attributes: (readonly [string, string])[] = [
      ...(provider === undefined ? [] : [['provider', provider] as const]),
      ['name', hclString(parameter.name)],
      ...(region === undefined ? [] : [['region', region] as const]),
    ];
    const body = sorted(attributes.map(([key, value]) => `${key} = ${value}`).join('\n'));
    const known = blocks.find((block) => block.body === body);
    const own =
      known?.name ?? unique(new Set(blocks.map(({ name }) => name)), snakeCase(wordsOf(parameter.label)), '_');
    const block = `data "${type}" "${own}" {\n${hclAttributes('  ', attributes)}}\n\n`;
    return { text: `data.${type}.${own}.${attribute}`, block: known ? undefined : { offset: start, text: block } };
  };
}

/** Where a block's images are: in the region of its provider, of that of a module, or of its own. */
function placeOfBlock(block: string): { readonly provider: string | undefined; readonly region: string | undefined } {
  const indent = /\n([ \t]+)\S/.exec(block)?.[1] ?? '';
  const own = (pattern: string) => new RegExp(`^${indent}${pattern}`, 'm').exec(block)?.[1];
  return {
    provider: own('provider\\s*=\\s*([\\w.-]+)') ?? own('providers\\s*=\\s*\\{[^{}]*\\baws\\s*=\\s*([\\w.-]+)'),
    // What a module has under this name is an input of it.
    region: /^resource\b/m.test(block) ? own('region\\s*=\\s*(\\S[^\\r\\n#]*?)[ \\t]*(?:#|\\r?$)') : undefined,
  };
}

interface DataBlock {
  readonly name: string;
  /** See `sorted`. */
  readonly body: string;
}

function dataBlocksIn(text: string, type: string): readonly DataBlock[] {
  const blocks = text.matchAll(new RegExp(`^data\\s+"${type}"\\s+"([\\w-]+)"\\s*\\{([^{}]*)\\}`, 'gm'));
  return Array.from(blocks, ([, name = '', body = '']) => ({ name, body: sorted(body) }));
}

/** Attributes without what does not count: their order, and the blanks between them. */
function sorted(body: string): string {
  const lines = body.split(/\r?\n/).map((line) => line.replace(/\s+/g, ' ').trim());
  return lines
    .filter((line) => line !== '')
    .sort()
    .join('\n');
}

/** Where the outermost block around a place begins, with the comments above it. */
function blockStart(text: string, offset: number): number {
  let { start } = lineAt(text, offset);
  for (const line of linesAbove(text, offset)) {
    if (/^[a-z]/.test(line.text)) {
      start = line.start;
      break;
    }
  }
  for (let above = start; above > 0; ) {
    const line = lineAt(text, above - 1);
    if (!/^(?:#|\/\/)/.test(line.text)) break;
    start = line.start;
    above = line.start;
  }
  return start;
}

function blockOf(text: string, start: number): string {
  const end = text.indexOf('\n}', start);
  return text.slice(start, end < 0 ? text.length : end);
}
