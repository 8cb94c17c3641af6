import type { ToolCode } from '../../code/insertion/codePlace.ts';
import type { LatestParameter } from '../../core/latestParameter.ts';
import {
  type ParameterSnippetKind,
  renderParameterSnippet,
  renderParameterSnippetInJson,
} from '../../core/parameterSnippets.ts';

/** The code that reads public parameters. */
export function parameterCode({ id, tool }: ParameterSnippetKind, parameters: readonly LatestParameter[]): ToolCode {
  return {
    tool,
    text: renderParameterSnippet(id, parameters),
    json: renderParameterSnippetInJson(id, parameters),
  };
}
