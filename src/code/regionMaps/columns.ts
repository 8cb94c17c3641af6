/**
 * Lines of a map with their separators in one column, and with the comments behind them, where an earlier version of the
 * lines had them so.
 */
export function alignedAs(before: string, after: string): string {
  // The lines in which the map begins and ends belong to other code as well.
  const [old, fresh] = [before, after].map((text) => text.split('\n'));
  if (!old || !fresh || old.length < 3 || fresh.length < 3 || /<<[-~]?\w/.test(after)) return after;
  const [oldInner, freshInner] = [old, fresh].map((lines) => lines.slice(1, -1));
  const align = alignmentOf(oldInner ?? []);
  return align ? [fresh[0], ...align(freshInner ?? []), fresh.at(-1)].join('\n') : after;
}

type Align = (lines: readonly string[]) => readonly string[];

function alignmentOf(lines: readonly string[]): Align | undefined {
  // Colons first: lines without an equal sign are formatted HCL in any case.
  const found = [colonAlignment(lines, true), colonAlignment(lines, false), formattedHcl, separatedHcl];
  return found.find((align) => align !== undefined && isSame(align(lines), lines));
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.every((line, index) => line === b[index]);
}

interface Cells {
  /** Up to the separator, without blanks before it. */
  readonly lead: string;
  /** From the separator on, up to the comment, without blanks before that. */
  readonly assign: string;
  readonly comment: string;
}

/** A line whose value ends on it; undefined for others. */
function cellsOf(line: string, separator: '=' | ':'): Cells | undefined {
  const { separatorAt, commentAt, brackets } = marksOf(line, separator);
  if (separatorAt === undefined || brackets !== 0 || line.slice(0, separatorAt).trim() === '') return undefined;
  const assign = line.slice(separatorAt, commentAt).trimEnd();
  if (assign.length < 2) return undefined;
  return { lead: line.slice(0, separatorAt).trimEnd(), assign, comment: line.slice(commentAt).trimEnd() };
}

function marksOf(line: string, separator: '=' | ':') {
  let separatorAt: number | undefined;
  let brackets = 0;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (quote !== '') {
      if (sign === '\\') at += 1;
      else if (sign === quote) quote = '';
    } else if (`"'\``.includes(sign)) quote = sign;
    else if (sign === '#' || (sign === '/' && '/*'.includes(line[at + 1] ?? ' '))) {
      return { separatorAt, commentAt: at, brackets };
    } else if (sign === separator && separatorAt === undefined && !/[=<>!]/.test(line[at - 1] ?? '')) {
      if (!/[=>]/.test(line[at + 1] ?? '')) separatorAt = at;
    } else if (separatorAt !== undefined) {
      if ('{[('.includes(sign)) brackets += 1;
      if ('}])'.includes(sign)) brackets -= 1;
    }
  }
  return { separatorAt, commentAt: line.length, brackets };
}

interface HclLine {
  code: string;
  /** With the blanks before it. */
  comment: string;
}

/** As `terraform fmt` does: lines one after the other have their equal signs in a column, and their comments. */
function formattedHcl(lines: readonly string[]): readonly string[] {
  const rows = separatedRows(lines);
  for (const chain of chainsOf(rows, ({ comment }) => comment.trim() !== '')) {
    const column = Math.max(...chain.map(({ code }) => code.length)) + 1;
    for (const row of chain)
      row.comment = row.comment.trimStart().padStart(row.comment.trimStart().length + column - row.code.length);
  }
  return rows.map(({ code, comment }) => code + comment);
}

/** The equal signs alone. */
function separatedHcl(lines: readonly string[]): readonly string[] {
  return separatedRows(lines).map(({ code, comment }) => code + comment);
}

function separatedRows(lines: readonly string[]): readonly HclLine[] {
  const rows = lines.map((line) => {
    const code = line.slice(0, marksOf(line, '=').commentAt).trimEnd();
    // A line that is a comment alone, or empty, ends a chain.
    const isCode = code !== '';
    const row: HclLine = { code: isCode ? code : line, comment: isCode ? line.slice(code.length) : '' };
    return { row, cells: cellsOf(line, '=') };
  });
  for (const chain of chainsOf(rows, ({ cells }) => cells !== undefined)) {
    const column = Math.max(...chain.map(({ cells }) => cells?.lead.length ?? 0)) + 1;
    for (const { row, cells } of chain) row.code = (cells?.lead ?? '').padEnd(column) + (cells?.assign ?? '');
  }
  return rows.map(({ row }) => row);
}

function chainsOf<T>(rows: readonly T[], isIn: (row: T) => boolean): readonly (readonly T[])[] {
  const chains: T[][] = [];
  let open: T[] | undefined;
  for (const row of rows) {
    if (!isIn(row)) open = undefined;
    else if (open) open.push(row);
    else {
      open = [row];
      chains.push(open);
    }
  }
  return chains;
}

/** Undefined where keys of different lengths do not have the colons, or the values behind them, in one column. */
function colonAlignment(lines: readonly string[], isBefore: boolean): Align | undefined {
  const cells = lines.flatMap((line) => cellsOf(line, ':') ?? []);
  const lengths = new Set(cells.map(({ lead }) => lead.length));
  const columns = new Set(
    lines.flatMap((line) => {
      const { separatorAt } = marksOf(line, ':');
      if (!cellsOf(line, ':') || separatorAt === undefined) return [];
      const blanks = /^[ \t]*/.exec(line.slice(separatorAt + 1))?.[0].length ?? 0;
      return isBefore ? separatorAt : separatorAt + 1 + blanks;
    }),
  );
  const [column = 0, ...others] = columns;
  if (lengths.size < 2 || others.length > 0) return undefined;
  return (all) => {
    const longest = Math.max(...all.map((line) => cellsOf(line, ':')?.lead.length ?? 0));
    const place = Math.max(column, longest + (isBefore ? 1 : 2));
    return all.map((line) => {
      const row = cellsOf(line, ':');
      if (!row) return line;
      const { commentAt } = marksOf(line, ':');
      const tail = line.slice(line.slice(0, commentAt).trimEnd().length);
      return isBefore
        ? row.lead.padEnd(place) + row.assign + tail
        : `${row.lead}:`.padEnd(place) + row.assign.slice(1).trimStart() + tail;
    });
  };
}
