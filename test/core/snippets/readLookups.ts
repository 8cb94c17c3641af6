import type { SnippetId } from '../../../src/core/snippets.ts';
import { shellWords } from './judges.ts';

/** What a tool asks EC2 for, and how it chooses among the answers. */
export interface AskedLookup {
  readonly owners: readonly string[];
  readonly filters: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly includeDeprecated: boolean;
  readonly expression: string | undefined;
}

type Filters = Readonly<Record<string, string | readonly string[]>>;

function listed(filters: Filters): AskedLookup['filters'] {
  return Object.entries(filters).map(([name, values]) => ({ name, values: [values].flat() }));
}

/** Reads the lookups of a snippet as its tool does; an id instead of a lookup gives none. */
export const readLookups: Readonly<Partial<Record<SnippetId, (code: string) => readonly AskedLookup[]>>> = {
  'terraform-data-source': (code) =>
    blocks(code, /^data "aws_ami" "\w+" \{\n(.*?)^\}\n/gms).map((block) => ({
      owners: hclList(block, 'owners'),
      filters: blocks(block, /^ {2}filter \{\n(.*?)^ {2}\}\n/gms).map((filter) => ({
        name: hclText(filter, 'name') ?? '',
        values: hclList(filter, 'values'),
      })),
      includeDeprecated: /^ {2}include_deprecated += true$/m.test(block),
      expression: hclText(block, 'name_regex'),
    })),
  'packer-source-filter': (code) =>
    blocks(code, /^source_ami_filter \{\n(.*?)^\}\n/gms).map((block) => ({
      owners: hclList(block, 'owners'),
      filters: [
        ...(/^ {2}filters = \{\n(.*?)^ {2}\}\n/ms.exec(block)?.[1] ?? '').matchAll(/^ {4}(\S+) += (".*")$/gm),
      ].map(([, name = '', value = '']) => ({ name, values: commaSeparated(hclLiteral(value)) })),
      includeDeprecated: /^ {2}include_deprecated += true$/m.test(block),
      expression: undefined,
    })),
  'cdk-lookup': (code) => {
    const asked: AskedLookup[] = [];
    const lookup = (props: { name: string; owners: readonly string[]; filters: Filters; windows?: boolean }) => {
      // As the CDK's LookupMachineImage combines them.
      const own = { name: [props.name], state: ['available'], 'image-type': ['machine'] };
      const filters = { ...own, ...(props.windows ? { platform: ['windows'] } : {}), ...props.filters };
      asked.push({ owners: props.owners, filters: listed(filters), includeDeprecated: false, expression: undefined });
    };
    const none = () => undefined;
    new Function('ec2', code)({ MachineImage: { lookup, genericLinux: none, genericWindows: none } });
    return asked;
  },
  'pulumi-lookup': (code) => {
    const asked: AskedLookup[] = [];
    const getAmiOutput = (args: {
      owners: readonly string[];
      filters: AskedLookup['filters'];
      includeDeprecated?: boolean;
      nameRegex?: string;
    }) =>
      asked.push({
        owners: args.owners,
        filters: args.filters,
        includeDeprecated: args.includeDeprecated ?? false,
        expression: args.nameRegex,
      });
    new Function('aws', code)({ ec2: { getAmiOutput } });
    return asked;
  },
  'aws-cli': (code) => {
    const words = shellWords(code, 'aws');
    const calls = words.flatMap((word, index) => (word === 'describe-images' ? [index] : []));
    return calls.map((start, call) => {
      const own = words.slice(start, calls[call + 1]);
      const after = (option: string) => own.slice(own.indexOf(option) + 1);
      const end = after('--filters').findIndex((word) => word.startsWith('--'));
      const given = after('--filters').slice(0, end);
      const filters = given[0]?.startsWith('[')
        ? (JSON.parse(given[0]) as { Name: string; Values: string[] }[]).map(({ Name, Values }) => ({
            name: Name,
            values: Values,
          }))
        : given.map((word) => {
            const [, name = '', values = ''] = /^Name=([^,]+),Values=(.*)$/.exec(word) ?? [];
            return { name, values: values.split(',') };
          });
      return {
        owners: after('--owners').slice(0, 1),
        filters,
        includeDeprecated: own.includes('--include-deprecated'),
        expression: undefined,
      };
    });
  },
};

/** Takes Ansible's tasks as parsed YAML. */
export function readAnsible(tasks: unknown): readonly AskedLookup[] {
  const list = Array.isArray(tasks) ? (tasks as readonly Record<string, unknown>[]) : [];
  return list.flatMap((task, index) => {
    const asked = task['amazon.aws.ec2_ami_info'] as { owners: string[]; filters: Filters } | undefined;
    if (!asked) return [];
    const chosen = JSON.stringify(list[index + 1]);
    const expression = /selectattr\('name', 'match', '([^']*)'\)/.exec(chosen)?.[1];
    return [{ owners: asked.owners, filters: listed(asked.filters), includeDeprecated: false, expression }];
  });
}

function blocks(code: string, expression: RegExp): readonly string[] {
  return [...code.matchAll(expression)].map(([, block = '']) => block);
}

function hclText(block: string, attribute: string): string | undefined {
  const literal = new RegExp(`^ +${attribute} += (".*")$`, 'm').exec(block)?.[1];
  return literal === undefined ? undefined : hclLiteral(literal);
}

function hclList(block: string, attribute: string): readonly string[] {
  const list = new RegExp(`^ +${attribute} += \\[(".*")\\]`, 'm').exec(block)?.[1] ?? '';
  return [...list.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([literal]) => hclLiteral(literal));
}

/** Reads a filter's values as Packer does, with Go's package encoding/csv. */
function commaSeparated(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  );
}

/** Snippets use JSON's escapes, `$${` and `%%{`. */
function hclLiteral(literal: string): string {
  return String(JSON.parse(literal)).replaceAll(/([$%])\1\{/g, '$1{');
}
