import type { CodeNode } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';

/** Where a call that may be a lookup stands. */
export interface LookupSource {
  readonly text: string;
  readonly definitions: Definitions;
  /** The nodes around the call, the outermost first. */
  readonly around: readonly CodeNode[];
}
