import type { LookupFilter } from '../reference.ts';
import type { ShellWord } from '../shell/shellCommands.ts';
import { type Assignment, variableIn } from '../shell/shellVariables.ts';
import { type CodeNode, childrenOf, entryOf } from '../tree/codeTree.ts';
import { parseJson } from '../tree/jsonTree.ts';

/**
 * Filters as the AWS CLI takes them: `Name=name,Values=a,b`, JSON, `name=value` of the older tools, hashtables of PowerShell.
 *
 * @returns `isWhole` is false where some of them come from elsewhere, so that nothing can be said of what they do
 */
export function filtersOfWords(
  words: readonly ShellWord[],
  assignments: readonly Assignment[],
): { readonly filters: readonly LookupFilter[]; readonly isWhole: boolean } {
  const filters: LookupFilter[] = [];
  let isWhole = true;
  for (const word of words) {
    const read = filtersOfText(textOf(word, assignments));
    filters.push(...read.map((filter) => ({ ...filter, span: word.inner })));
    if (read.length === 0 && (word.isTemplate || /^(?:file|https?):/.test(word.value) || word.value.startsWith('@')))
      isWhole = false;
  }
  return { filters, isWhole };
}

const maxSteps = 4;
const variables = /\$\{?(\w+)(?:\[[@*]\])?\}?/g;

/** What a variable, or a list of them, stands for. */
function textOf({ value }: ShellWord, assignments: readonly Assignment[]): string {
  const name = variableIn(value)?.name;
  return expanded(name === undefined ? value : `$${name}`, assignments, 0) ?? value;
}

function expanded(value: string, assignments: readonly Assignment[], steps: number): string | undefined {
  if (steps > maxSteps || /[^@(),\s]/.test(value.replace(variables, ''))) return undefined;
  const texts = Array.from(value.matchAll(variables), ([, name = '']) => assignedTexts(name, assignments, steps));
  return texts.every((text) => text !== undefined) && texts.length > 0 ? texts.join(' ; ') : undefined;
}

function assignedTexts(name: string, assignments: readonly Assignment[], steps: number): string | undefined {
  const valuesOf = (wanted: RegExp) =>
    assignments.filter((made) => wanted.test(made.name)).flatMap(({ values }) => values.map(({ value }) => value));
  // `$filter.Name = "name"` and `$filter.Values = "x"` of PowerShell.
  const values = valuesOf(new RegExp(`^${name}\\.Values?$`, 'i'));
  const members = valuesOf(new RegExp(`^${name}\\.Name$`, 'i')).map(
    (filter, index) => `Name=${filter};Values=${values[index] ?? '$'};`,
  );
  const own = valuesOf(new RegExp(`^${name}$`)).map((text) => expanded(text, assignments, steps + 1) ?? text);
  return [...own, ...members].length === 0 ? undefined : [...own, ...members].join(' ');
}

type Filter = Pick<LookupFilter, 'name' | 'values'>;

function filtersOfText(text: string): readonly Filter[] {
  if (/^\s*[[{]/.test(text) && !/^\s*\[?\{?\s*Name=/i.test(text)) return filtersOfJson(parseJson(text));
  const shorthand = [
    ...text.matchAll(
      /\bName["']?\s*=\s*["']?([^\s,;"'}]+)["']?\s*[,;]?\s*(?:["']?Values?["']?\s*=\s*([^;}]*?)(?=\s+\bName\s*=|[;}]|$))?/gi,
    ),
  ];
  if (shorthand.length > 0) return shorthand.map(([, name = '', values]) => filterOf(name, valuesOf(values)));
  const reversed = /^Values?=(.*?),Name=([\w:-]+)$/i.exec(text.trim());
  if (reversed?.[2]) return [filterOf(reversed[2], valuesOf(reversed[1]))];
  const old = /^([a-z][\w:-]+)=(.*)$/s.exec(text.trim());
  return old?.[1] ? [filterOf(old[1], valuesOf(old[2]))] : [];
}

function filterOf(name: string, values: readonly string[] | undefined): Filter {
  return { name, values };
}

/** Undefined where they are filled in. */
function valuesOf(written: string | undefined): readonly string[] | undefined {
  const values = (written ?? '')
    .replace(/^[[{@(\s]+|[\])}\s]+$/g, '')
    .split(',')
    .map((value) => value.trim().replace(/^["']+|["']+$/g, ''))
    .filter((value) => value !== '');
  return values.length === 0 || values.some((value) => /[$`]|%\w+%/.test(value)) ? undefined : values;
}

function filtersOfJson(node: CodeNode): readonly Filter[] {
  const name = entryOf(node, 'Name')?.value;
  if (name?.kind !== 'text') return childrenOf(node).flatMap(filtersOfJson);
  const values = entryOf(node, 'Values')?.value;
  const texts = (values?.kind === 'list' ? values.items : values ? [values] : []).flatMap((item) =>
    item.kind === 'text' ? [item.value] : [],
  );
  return [filterOf(name.value, texts.length === 0 || texts.some((text) => /[$`]/.test(text)) ? undefined : texts)];
}
