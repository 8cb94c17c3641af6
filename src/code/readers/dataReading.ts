import { withinBound } from '../bounds.ts';
import { dataLookups } from '../lookups/dataLookups.ts';
import type { Reader, Reading, SourceText } from '../reading.ts';
import { stackConditionClues, stackConditions } from '../regions/stackConditions.ts';
import { packerFilters } from '../terraform/lookups.ts';
import type { CodeNode } from '../tree/codeTree.ts';
import { dataParts } from './dataParts.ts';
import { playClues, providerClues, valueStatements, variableNamed } from './dataVariables.ts';
import { readTree } from './treeReading.ts';

/** Makes a reader of configuration from what makes a tree of so much of it. */
export function dataReader(most: number, parse: (text: string) => CodeNode): Reader {
  return (source) => {
    const read = withinBound(source.text, most);
    return readData(source, parse(read), read.length);
  };
}

/**
 * Reads a tree of configuration, whatever tool it is for.
 *
 * @param end how far the text was read for the tree
 */
export function readData(source: SourceText, root: CodeNode, end: number): Reading {
  const { text, path } = source;
  return readTree(source, {
    root,
    end,
    nameOf: variableNamed,
    toolClues: (around) => [...stackConditionClues(around), ...providerClues(around), ...playClues(path)],
    lookups: [...packerFilters(text, root), ...dataLookups(text, root)],
    statements: [...valueStatements(root), ...stackConditions(root)],
    parts: dataParts(text, root),
  });
}
