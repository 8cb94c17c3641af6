import type { CodeInJson } from '../../core/snippets/codeInJson.ts';
import type { BlockPlace, Insertion } from './placedBlock.ts';

/** Code of a tool, as `renderSnippet` and `renderParameterSnippet` write it. */
export interface ToolCode {
  readonly tool: string;
  readonly text: string;
  /** The same for files of JSON; undefined where the tool reads none. */
  readonly json: CodeInJson | undefined;
}

export interface CodePlace extends BlockPlace {
  readonly path: string;
  /** Of several cursors: as many things as there are of them go one to each. */
  readonly cursor?: { readonly index: number; readonly count: number };
}

/** What is changed for code. What the language does not allow at the place itself is put where it does. */
export interface PlacedCode {
  /** The code; undefined where the text has the same already. */
  readonly code: Insertion | undefined;
  /** What refers to it at the place, where a value is missing, or an id stands. */
  readonly reference: Insertion | undefined;
  /** Where the block begins in which the names of the code hold, if not at the code: its cursors share the code. */
  readonly scope?: number;
}
