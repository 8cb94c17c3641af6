import { dataLookups } from '../lookups/dataLookups.ts';
import { maxParsed } from '../mentions.ts';
import type { Reading, SourceText } from '../reading.ts';
import { packerFilters } from '../terraform/lookups.ts';
import type { CodeNode } from '../tree/codeTree.ts';
import { dataParts } from './dataParts.ts';
import { playClues, providerClues, valueStatements, variableNamed } from './dataVariables.ts';
import { readTree } from './treeReading.ts';

/** The tree of a text, or an empty one where it is too large for one. */
export function treeOf(text: string, parse: (text: string) => CodeNode): CodeNode {
  return text.length > maxParsed ? { kind: 'other', span: { start: 0, end: 0 }, children: [] } : parse(text);
}

/** Reads a tree of configuration, whatever tool it is for. */
export function readData(source: SourceText, root: CodeNode): Reading {
  const { text, path } = source;
  return readTree(source, {
    root,
    nameOf: variableNamed,
    toolClues: (around) => [...providerClues(around), ...playClues(path)],
    lookups: [...packerFilters(text, root), ...dataLookups(text, root)],
    statements: valueStatements(root),
    parts: dataParts(text, root),
  });
}
