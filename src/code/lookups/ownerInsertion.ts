import type { OwnerInsertion } from '../reference.ts';
import type { CallNode, CodeNode } from '../tree/codeTree.ts';
import type { CallArguments } from './callArguments.ts';
import type { LookupSource } from './lookupSource.ts';

/** Where an owner goes in: into the object of arguments, or behind the last named argument. */
export function ownerInsertion(
  call: CallNode,
  args: CallArguments,
  { text }: LookupSource,
): OwnerInsertion | undefined {
  const last = call.named.at(-1) ?? (call.args.length > 0 ? undefined : call);
  const [map] = args.maps;
  if (call.named.length > 0 && last) return namedArgument(call, text);
  return map ? intoMap(map, call, text) : undefined;
}

/** `owners=["…"]` of Python, `owners: ["…"]` of Ruby, Kotlin and Swift. */
function namedArgument(call: CallNode, text: string): OwnerInsertion | undefined {
  const last = [...call.args, ...call.named].reduce((a, b) => (a.span.end > b.span.end ? a : b));
  const [example] = call.named;
  if (!example) return undefined;
  const mark = /^["']?(\s*(?:=>|:|=)\s*)/.exec(text.slice(example.keySpan.end, example.value.span.start))?.[1] ?? '';
  const key = casedLike(example.key, 'owners');
  const separator = /,(\s*)\S*$/.exec(text.slice(0, last.span.start).slice(-200))?.[1] ?? ' ';
  if (/[^\s=:>]/.test(mark) || mark === '') return undefined;
  return {
    offset: last.span.end,
    before: `,${call.named.length + call.args.length > 1 ? separator : ' '}${key}${mark}["`,
    after: '"]',
  };
}

function intoMap(map: CodeNode, call: CallNode, text: string): OwnerInsertion | undefined {
  if (map.kind !== 'map') return undefined;
  const [example] = map.entries;
  if (!example || example.key === '...') return undefined;
  const space = /^\s*/.exec(text.slice(map.span.start + 1))?.[0] ?? '';
  const written = text.slice(example.span.start, example.value.span.start);
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const mark = /^["']?\s*(=>|:|=)/.exec(text.slice(example.keySpan.end, example.value.span.start))?.[1] ?? '';
  const key = `${quote}${casedLike(example.key, 'owners')}${quote}`;
  const list = listLike(call, mark, text);
  if (!list) return undefined;
  const gap = mark === ':' ? ': ' : ` ${mark} `;
  return {
    offset: map.span.start + 1,
    before: `${space}${key}${gap}${list.before}`,
    after: `${list.after},${space === '' ? ' ' : ''}`,
  };
}

/** How a list of one text is written, by how the other lists beside it are. */
function listLike(call: CallNode, mark: string, text: string): { before: string; after: string } | undefined {
  const whole = text.slice(call.span.start, call.span.end);
  if (/^&/.test(call.callee) || /\[\](?:\*?string|[\w.]+)\{/.test(whole)) {
    if (/\[\]\*string\{/.test(whole)) {
      return /jsii\./.test(whole)
        ? { before: 'jsii.Strings("', after: '")' }
        : { before: '[]*string{aws.String("', after: '")}' };
    }
    if (/jsii\./.test(whole)) return { before: 'jsii.Strings("', after: '")' };
    return { before: '[]string{"', after: '"}' };
  }
  if (mark === '=')
    return /new\s+[\w<>]*\[\]/.test(whole) ? { before: 'new[] { "', after: '" }' } : { before: '{ "', after: '" }' };
  if (mark === ':' || mark === '=>') {
    const quote = whole.includes("'") || !whole.includes('"') ? "'" : '"';
    return { before: `[${quote}`, after: `${quote}]` };
  }
  return undefined;
}

/** `Owners` beside `Filters`, `owners` beside `filters`. */
function casedLike(example: string, key: string): string {
  return /^[A-Z]/.test(example) ? key.charAt(0).toUpperCase() + key.slice(1) : key;
}
