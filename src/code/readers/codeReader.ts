import { maxParsed, withinBound } from '../bounds.ts';
import { findImageParameters } from '../imageParameters.ts';
import { type CallLookup, callLookup } from '../lookups/callLookups.ts';
import { wordListLookups } from '../lookups/wordListLookups.ts';
import { once } from '../oncePer.ts';
import type { Reader, Reading, RegionClue, RegionStatement, SourceText } from '../reading.ts';
import { arnHints } from '../regions/arnClues.ts';
import { codeClues } from '../regions/codeClues.ts';
import { decidingClues } from '../regions/decidingClues.ts';
import { clientStatements, fileClientClue, stackStatements } from '../regions/fileClients.ts';
import { elementClues, hostClues } from '../regions/fileRegion.ts';
import { nameClue, trailingCommentClues, zoneClues } from '../regions/hintClues.ts';
import { pathClue } from '../regions/pathClue.ts';
import { textClues } from '../regions/textClues.ts';
import { computedRegion } from '../regions/valueClue.ts';
import type { TextSpan } from '../textSpan.ts';
import { instanceTypeBeside } from '../tree/besideNodes.ts';
import { type CodeNode, lastNameOf, nodesAround } from '../tree/codeTree.ts';
import { Definitions } from '../tree/definitions.ts';
import { boundedClues } from './boundedClues.ts';
import { docExamples } from './docExamples.ts';
import { embeddedTexts } from './embeddedTexts.ts';

const maxBrackets = 1_000;

/** Makes a reader of a programming language from what makes its tree. */
export function codeReader(parse: (source: SourceText) => CodeNode): Reader {
  return (source) => {
    const { text, path } = source;
    const read = { ...source, text: withinBound(text, maxParsed.program) };
    const root = isTooDeep(read.text) ? emptyTree : parse(read);
    const definitions = new Definitions(root);
    const examples = docExamples(read.text);
    const documented = examples === undefined ? undefined : new Definitions(parse({ ...source, text: examples }));
    const fileClues = once((): readonly RegionClue[] => [
      ...fileClientClue(definitions),
      ...(/aws-cdk|aws_cdk|constructs|CDK/.test(text) ? [namedStack] : []),
      { kind: 'named', name: 'value:config.aws:region', from: 'default' },
      ...hostClues(text),
      ...elementClues(text),
      ...pathClue(path),
    ]);
    const clues = boundedClues({ text, path }, (span) => decidingClues(cluesAt(span)));
    function* cluesAt(span: TextSpan): Generator<RegionClue, void> {
      const around = nodesAround(root, span.start);
      if (!isWhole(around.at(-1), span)) yield* textClues(text, span);
      yield* codeClues(around, span.start, definitions);
      yield* fileClues();
      yield* zoneClues(around);
      yield* arnHints(around);
      for (const node of around.toReversed()) {
        if (node.kind === 'entry') yield* nameClue(node.labels[0] ?? lastNameOf(node.key), node.keySpan);
      }
      yield* trailingCommentClues(text, span);
    }
    const placed = (span: TextSpan) => ({
      clues: clues(span),
      instanceType: instanceTypeBeside(nodesAround(root, span.start)),
    });
    const statements: readonly RegionStatement[] = [
      { name: computedRegion, regions: [], refersTo: undefined, span: nowhere },
      ...stackStatements(definitions),
      ...clientStatements(definitions),
    ];
    return {
      ids: source.ids.map((found) => ({ found, ...placed(found.span) })),
      lookups: [definitions, ...(documented ? [documented] : [])]
        .flatMap((known) => lookupsIn(text, known))
        .map((lookup) => ({ ...lookup, clues: clues(lookup.whole) })),
      parameters: findImageParameters(text).map((found) => ({ ...found, ...placed(found.span) })),
      statements,
      embedded: embeddedTexts(source, root, ({ inner }) => [...cluesAt(inner)]),
    } satisfies Reading;
  };
}

function lookupsIn(text: string, definitions: Definitions): readonly CallLookup[] {
  return [
    ...definitions.calls.flatMap((found) => {
      const { call } = found;
      const lookup = callLookup(call, {
        text,
        definitions,
        get around() {
          return found.around;
        },
      });
      return [...(lookup ? [lookup] : []), ...wordListLookups(call.args, call.span, text)];
    }),
    ...definitions.lists.flatMap(({ items, span }) => wordListLookups(items, span, text)),
  ];
}

/** Brackets in brackets beyond what anybody writes, of which parsers take minutes. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x28 || code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x29 || code === 0x5d || code === 0x7d) depth = Math.max(0, depth - 1);
    if (depth > maxBrackets) return true;
  }
  return false;
}

/** Whether a reference is a value or a key by itself, whose line says less than what it belongs to. */
function isWhole(node: CodeNode | undefined, { start, end }: TextSpan): boolean {
  if (node?.kind === 'entry') return node.keySpan.start <= start && end <= node.keySpan.end;
  return node?.kind === 'text' && node.inner.start === start && node.inner.end === end;
}

const nowhere: TextSpan = { start: 0, end: 0 };
const emptyTree: CodeNode = { kind: 'other', span: nowhere, children: [] };
const namedStack: RegionClue = { kind: 'named', name: 'stack:*', from: 'block' };
