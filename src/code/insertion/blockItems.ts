import type { TextSpan } from '../textSpan.ts';
import { isImageKey } from './imageKeys.ts';
import { lineAt, linesAbove } from './lines.ts';
import type { Insertion } from './placedBlock.ts';

const scalar = String.raw`(?:"[^"]*"|'[^']*'|[^\s"'\[{!&*|>:#-](?:[^\s:#]|\s+(?=[^\s#])|:(?!\s|$)|(?<!\s)#)*?)`;
const itemLine = new RegExp(String.raw`^(\s*(?:- )*- )(${scalar})\s*(?:\s#.*)?$`);

/** Ids as items of a block list in YAML; undefined where the place is in none. */
export function blockItems(
  ids: readonly string[],
  { text, span }: { readonly text: string; readonly span: TextSpan },
): Insertion | undefined {
  const own = lineAt(text, span.start);
  const before = own.text.slice(0, span.start - own.start);
  const after = text.slice(span.end, lineAt(text, span.end).end);
  if (/^\s+(?:#.*)?$|^$/.test(after) === false) return undefined;
  const dash = /^\s*(?:- )*-( ?)$/.exec(before);
  if (dash) {
    const lead = before.trimEnd();
    return { span, newText: `${dash[1] ? '' : ' '}${ids.join(`\n${blanked(lead)} `)}` };
  }
  const [, lead = '', written = ''] = itemLine.exec(before) ?? [];
  if (lead !== '' && ids.length > 1 && !/^ami\b/i.test(written)) {
    return { span, newText: lines(ids, blanked(lead), quoteOf(written)).replace(/^/, '\n') };
  }
  if (before.trim() !== '') return undefined;
  const items = itemsBelow(text, own.start, before, ids.length);
  return items && { span: { start: own.start, end: own.end }, newText: lines(ids, items.lead, items.quote) };
}

/** The dashes of outer lists stand in an item's first line alone. */
function blanked(lead: string): string {
  return lead
    .trimEnd()
    .replace(/-(?=.*-)/g, ' ')
    .replace(/$/, lead.endsWith(' ') ? ' ' : '');
}

function lines(ids: readonly string[], lead: string, quote: string): string {
  return ids.map((id) => `${lead}${quote}${id}${quote}`).join('\n');
}

function quoteOf(written: string): string {
  return /^["']/.exec(written)?.[0] ?? '';
}

/** How the items begin in an empty line below another item, or below the key of a list. */
function itemsBelow(
  text: string,
  offset: number,
  own: string,
  count: number,
): { readonly lead: string; readonly quote: string } | undefined {
  const [above] = linesAbove(text, offset);
  if (!above) return undefined;
  const item = itemLine.exec(above.text);
  if (item) return { lead: blanked(item[1] ?? ''), quote: quoteOf(item[2] ?? '') };
  const [, indent = '', name] = /^(\s*(?:- )?)["']?([\w.-]+)["']?:\s*(?:#.*)?$/.exec(above.text) ?? [];
  const isList = name !== undefined && (count > 1 || (/s$/i.test(name) && isImageKey(name)));
  const column = indent.length;
  const width = own.length >= column && own.length > 0 ? own.length : column + 2;
  return isList ? { lead: `${' '.repeat(width)}- `, quote: '' } : undefined;
}
